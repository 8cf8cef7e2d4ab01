import type { AnyNode, Expression } from 'acorn';
import { parsedUrl } from './parsedUrl';
import type { ScriptText } from './scriptExpression';

/** A statement that changes what a constant stands for: a call of a method of it, or something that is put into it. */
export interface ScriptChange {
  /** What leads from the constant to what is changed: `searchParams`. */
  path: string[];
  /** A method; none: the last name of the path is set. */
  method?: string;
  given: Expression[];
  node: AnyNode;
}

/** Maximum number of changes of one constant: with more, its value isn't known. */
export const MAX_CHANGES = 200;
const METHODS = /^(?:append|set|delete)$/;

/** A name, where something is called or set behind it. */
const CHANGED = /(?<![\w$.])([A-Za-z_$][\w$]*)(?=(?:\s*(?:\.\s*[\w$]+|\[[^\]\n]{1,100}\])){1,5}\s*(?:\(|=(?![=>])))/g;

/** Returns where changes of constants may begin, by the names of these: of each the first, and one more than there may be. */
export function changePlaces(text: string, constants: ReadonlyMap<string, unknown>): ReadonlyMap<string, number[]> {
  const found = new Map<string, number[]>();
  for (const { 1: name = '', index } of text.matchAll(CHANGED)) {
    if (!constants.has(name)) continue;
    const places = found.get(name) ?? [];
    if (places.length <= MAX_CHANGES) places.push(index);
    found.set(name, places);
  }
  return found;
}

/** Returns the change that begins there; undefined where there is none, or no expression. @throws {CurlError} as the script */
export function changeAt(script: ScriptText, index: number): ScriptChange | undefined {
  const node = parsed(script, index);
  if (node?.type === 'AssignmentExpression') {
    // Of what isn't a name, it isn't known what it sets.
    return { path: pathOf(node.left) ?? [], given: [node.right], node };
  }
  if (node?.type !== 'CallExpression') return undefined;
  const path = pathOf(node.callee);
  const method = path?.pop();
  const given = node.arguments.filter((argument) => argument.type !== 'SpreadElement');
  return path && method !== undefined && METHODS.test(method) ? { path, method, given, node } : undefined;
}

function parsed(script: ScriptText, index: number): AnyNode | undefined {
  try {
    return script.expressionAt(index);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Returns the names behind the constant's own: `searchParams`, `append`. */
function pathOf(node: AnyNode): string[] | undefined {
  const path: string[] = [];
  let at = node;
  for (; at.type === 'MemberExpression'; at = at.object) {
    const { property, computed } = at;
    if (property.type === 'Identifier' && !computed) path.push(property.name);
    else if (property.type === 'Literal') path.push(String(property.value));
    else return undefined;
  }
  return at.type === 'Identifier' ? path.reverse() : undefined;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof URLSearchParams);
}

/** Returns the value with the change; undefined where it isn't known how. @param given their values */
export function changed(value: unknown, { path, method }: ScriptChange, given: unknown[]): unknown {
  const [first, ...others] = path;
  const [name, text] = given.map(String);
  if (method === undefined && first !== undefined && others.length === 0 && isRecord(value))
    return { ...value, [first]: given[0] };
  if (method === undefined || name === undefined) return undefined;
  if (value instanceof URLSearchParams && first === undefined) return changedQuery(value, method, name, text);
  if (typeof value === 'string' && path.join('.') === 'searchParams' && parsedUrl(value)) {
    const url = new URL(value);
    url.search = changedQuery(url.searchParams, method, name, text).toString();
    return url.href;
  }
  // Headers.
  if (first !== undefined || !(Array.isArray(value) || isRecord(value))) return undefined;
  const pairs: unknown[][] = Array.isArray(value) ? value : Object.entries(value);
  const kept = pairs.filter(([other]) => method === 'append' || String(other).toLowerCase() !== name.toLowerCase());
  return method === 'delete' ? kept : [...kept, [name, text ?? '']];
}

/** Makes the list anew: Node moves all that is behind for each that it takes out. */
function changedQuery(query: URLSearchParams, method: string, name: string, text = ''): URLSearchParams {
  const pairs = [...query];
  const first = pairs.findIndex(([other]) => other === name);
  const isKept = (at: number) => method === 'append' || (method === 'set' && at === first);
  const kept = pairs.filter(([other], at) => other !== name || isKept(at));
  if (method === 'append' || (method === 'set' && first < 0)) kept.push([name, text]);
  else if (method === 'set') kept[first] = [name, text];
  return new URLSearchParams(kept);
}
