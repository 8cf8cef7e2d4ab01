/** A number as it stands in the text: 12345678901234567890 is not what JavaScript makes of it. */
class Numeral {
  constructor(readonly source: string) {}
}

export type Json = string | boolean | null | Numeral | Json[] | { [key: string]: Json };

/** TypeScript's library doesn't know the third parameter yet (ECMAScript, "JSON.parse source text access"). */
type Reviver = (key: string, value: unknown, context: { source?: string }) => unknown;

/** Objects and arrays to this depth are open at first. */
const OPEN_DEPTH = 5;
/** Of a longer text, only the first level is. */
const LONG = 20_000;
/** Longer ones aren't; and an array's or object's members are shown in folds of so many. */
const MANY = 100;

/** The JSON object or array that the text is, if it is one. A value of another kind is no more than its text. */
export function parseJson(text: string): Json | undefined {
  if (!/^\s*[{[]/.test(text)) return undefined;
  const revive: Reviver = (_, value, { source }) =>
    typeof value === 'number' ? new Numeral(source ?? String(value)) : value;
  try {
    return JSON.parse(text, revive as (key: string, value: unknown) => unknown) as Json;
  } catch {
    return undefined;
  }
}

/**
 * JSON, pretty, whose objects and arrays can be folded. What is folded is made when it is opened.
 * @param size of its text, in characters: of a long one, all of it at once would be too much
 */
export function jsonTree(json: Json, size: number): HTMLElement {
  const tree = make('div', 'json');
  tree.append(node(undefined, json, size > LONG ? 1 : OPEN_DEPTH, ''));
  return tree;
}

/** @param open so many levels are @param comma what stands behind the value, where another follows */
function node(key: string | undefined, json: Json, open: number, comma: string): HTMLElement {
  const name = key === undefined ? [] : [make('span', 'key', JSON.stringify(key)), ': '];
  if (json === null || typeof json !== 'object' || json instanceof Numeral) {
    const line = make('div', 'leaf');
    line.append(...name, scalar(json), comma);
    return line;
  }
  const isArray = Array.isArray(json);
  const members = isArray ? json.map((value): Member => [undefined, value]) : Object.entries(json);
  const [begin, end] = isArray ? ['[', ']'] : ['{', '}'];
  if (members.length === 0) {
    const line = make('div', 'leaf');
    line.append(...name, begin, end, comma);
    return line;
  }
  const summary = make('summary');
  summary.append(...name, begin, make('span', 'folded', `… ${members.length} ${end}${comma}`));
  return fold(summary, open > 0 && members.length <= MANY, () => [
    ...list(members, open - 1),
    make('div', 'end', end + comma),
  ]);
}

type Member = [key: string | undefined, value: Json];

/** All members of a short list; of a long one, folds with so many each. */
function list(members: Member[], open: number): HTMLElement[] {
  const show = (from: number, to: number) =>
    members
      .slice(from, to)
      .map(([key, value], offset) => node(key, value, open, from + offset < members.length - 1 ? ',' : ''));
  if (members.length <= MANY) return show(0, members.length);
  const size = MANY ** Math.ceil(Math.log(members.length) / Math.log(MANY) - 1);
  const range = (from: number, to: number, step: number): HTMLElement[] => {
    if (step < MANY) return show(from, to);
    const folds: HTMLElement[] = [];
    for (let begin = from; begin < to; begin += step) {
      const end = Math.min(to, begin + step);
      folds.push(fold(make('summary', 'range', `${begin} … ${end - 1}`), false, () => range(begin, end, step / MANY)));
    }
    return folds;
  };
  return range(0, members.length, size);
}

function fold(summary: HTMLElement, open: boolean, content: () => HTMLElement[]): HTMLElement {
  const details = document.createElement('details');
  const fill = () => details.append(...content());
  details.append(summary);
  if (open) fill();
  else details.addEventListener('toggle', fill, { once: true });
  details.open = open;
  return details;
}

function scalar(value: string | boolean | null | Numeral): HTMLElement {
  if (value instanceof Numeral) return make('span', 'number', value.source);
  return make('span', typeof value === 'string' ? 'string' : 'word', JSON.stringify(value));
}

function make(tag: string, className = '', text = ''): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}
