import { type Json, type JsonObject, type Maybe, memberOf, setMember } from './json';

/** Maximum length of a path's text, in UTF-16 code units, and number of its steps. */
export const MAX_PATH = 1000;
const MAX_STEPS = 100;

/** A step of a JSON path: a name, or an index; a negative one counts from the end. */
export type PathStep = string | number;

/**
 * Reads a JSON path (RFC 9535) of names and indexes: `$.choices[0].text`, `a.b`, `$['a b'][-1]`. Returns its steps; undefined
 * if it is anything else, or has more than 1,000 characters or 100 steps.
 */
export function readJsonPath(text: string): PathStep[] | undefined {
  const path = text.trim();
  if (path === '' || path.length > MAX_PATH) return undefined;
  const rest = /^[$.[]/.test(path) ? path.replace(/^\$/, '') : `.${path}`;
  const step = /\.([^\s.[\]'"*$]+)|\[(-?\d{1,9})\]|\['((?:[^'\\]|\\.)*)'\]|\["((?:[^"\\]|\\.)*)"\]/y;
  const steps: PathStep[] = [];
  while (step.lastIndex < rest.length) {
    const found = step.exec(rest);
    if (!found || steps.length === MAX_STEPS) return undefined;
    const [, name, index, single, double] = found;
    steps.push(index === undefined ? (name ?? unescaped(single ?? double ?? '')) : Number(index));
  }
  return steps;
}

/** Returns the value at a path; undefined if there is none. */
export function valueAtPath(value: Maybe, steps: readonly PathStep[]): Maybe {
  let found = value;
  for (const step of steps) {
    if (typeof step === 'string') found = memberOf(found, step);
    else found = Array.isArray(found) ? found.at(step) : undefined;
  }
  return found;
}

/**
 * Sets the value at a path, and makes the objects and arrays that lead to it.
 * @returns whether it could: not if something else is there, or an array would get a hole
 */
export function setAtPath(root: JsonObject, steps: readonly PathStep[], change: (old: Maybe) => Json): boolean {
  let place: Json = root;
  for (const [index, step] of steps.entries()) {
    const old: Maybe = childOf(place, step);
    const next = steps[index + 1];
    const made: Json = next === undefined ? change(old) : (old ?? (typeof next === 'number' ? [] : {}));
    if (Array.isArray(place) && typeof step === 'number') {
      if (step < 0 || step > place.length) return false;
      place[step] = made;
    } else if (typeof place === 'object' && place !== null && !Array.isArray(place) && typeof step === 'string')
      setMember(place, step, made);
    else return false;
    place = made;
  }
  return steps.length > 0;
}

/** Returns the number of steps that lead to nothing yet: `setAtPath` makes what they name. */
export function missingSteps(root: JsonObject, steps: readonly PathStep[]): number {
  let place: Maybe = root;
  for (const [index, step] of steps.entries()) {
    place = place === undefined || place === null ? undefined : childOf(place, step);
    if (place === undefined || place === null) return steps.length - index;
  }
  return 0;
}

function childOf(value: Json, step: PathStep): Maybe {
  if (typeof step === 'string') return memberOf(value, step);
  return Array.isArray(value) ? value[step] : undefined;
}

function unescaped(text: string): string {
  return text.replace(/\\(.)/g, '$1');
}
