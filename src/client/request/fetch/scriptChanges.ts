import type { AnyNode, Expression } from 'acorn';
import { parsedUrl } from '../parsedUrl';
import type { ScriptText } from './scriptExpression';

/** A statement that changes what a constant stands for: a call of a method of it, or something that is put into it. */
export interface ScriptChange {
  /** What leads from the constant to what is changed: `searchParams`. */
  path: string[];
  /** A method; none: the last name of the path is set. Where there is neither, it isn't known what it does. */
  method?: string;
  given: Expression[];
  node: { start: number; end: number };
}

/** A name of a constant, where it may be changed. */
export interface ChangePlace {
  index: number;
  /** Whether a sign before it changes it: `delete`, `++`. */
  isChanged: boolean;
}

/** Maximum number of changes of one constant: with more, its value isn't known. */
export const MAX_CHANGES = 200;
const METHODS = /^(?:append|set|delete)$/;
/** Methods that leave what they are called on as it is. What any other does isn't known. */
const READING =
  /^(?:get|has|at|keys|values|entries|map|filter|find|some|every|includes|indexOf|join|slice|concat|toString|toJSON|trim|split|replace|replaceAll|startsWith|endsWith|toLowerCase|toUpperCase)$/;

const STEP = String.raw`(?:\s*(?:[?!]?\.\s*[\w$]+|(?:\?\.)?\[[^\]\n]{1,100}\]))`;
const SIGN = String.raw`(?:(?:\?\.\s*)?[(\x60]|[-+*/%&|^?<>]{0,3}=(?![=>])|\+\+|--)`;
/** A name, where something is called or set behind it; or it is so far that it isn't looked at here. */
const CHANGED = new RegExp(
  String.raw`(?<![\w$.])(?:(?:delete\s{1,20}|(?:\+\+|--)\s{0,20})(?<changed>[A-Za-z_$][\w$]*)|(?<name>[A-Za-z_$][\w$]*)(?=${STEP}{1,9}\s*${SIGN}|${STEP}{10}))`,
  'g',
);

/** Returns where changes may begin of what has a name, by it: of each the first, and one more than there may be. */
export function changePlaces(code: string): ReadonlyMap<string, ChangePlace[]> {
  const found = new Map<string, ChangePlace[]>();
  for (const { index, groups = {} } of code.matchAll(CHANGED)) {
    const { changed, name = changed ?? '' } = groups;
    const places = found.get(name) ?? [];
    if (places.length <= MAX_CHANGES) places.push({ index, isChanged: changed !== undefined });
    found.set(name, places);
  }
  return found;
}

/** Returns the change that begins there; undefined where it is none. @throws {CurlError} as the script */
export function changeAt(script: ScriptText, { index, isChanged }: ChangePlace): ScriptChange | undefined {
  const unknown = { path: [], given: [], node: { start: index, end: index + MAX_SHOWN } };
  const node = isChanged ? undefined : parsed(script, index);
  // By `!`, TypeScript goes on with it.
  if (node?.type === 'MemberExpression' && !/^\s{0,20}!/.test(script.text.slice(node.end, node.end + 30)))
    return undefined;
  if (node?.type === 'AssignmentExpression' && node.operator === '=')
    return { path: pathOf(node.left) ?? [], given: [node.right], node };
  if (node?.type !== 'CallExpression') return unknown;
  if (isReading(node)) return undefined;
  const path = pathOf(node.callee);
  const method = path?.pop() ?? '';
  const given = node.arguments.filter((argument) => argument.type !== 'SpreadElement');
  const isKnown = path && METHODS.test(method) && given.length === node.arguments.length;
  return isKnown ? { path, method, given, node } : unknown;
}

/** Whether all that is called, one on the result of the other, leaves it as it is. */
function isReading(call: AnyNode): boolean {
  let node = call;
  while (node.type === 'CallExpression' || node.type === 'MemberExpression') {
    if (node.type === 'MemberExpression') node = node.object;
    else {
      const { callee } = node;
      const isNamed = callee.type === 'MemberExpression' && callee.property.type === 'Identifier' && !callee.computed;
      if (!isNamed || callee.property.type !== 'Identifier' || !READING.test(callee.property.name)) return false;
      node = callee.object;
    }
  }
  return true;
}

/** Maximum length of what is shown of a change that isn't known. */
const MAX_SHOWN = 100;

/** Returns what is called or set there; undefined where it can't be read. */
function parsed(script: ScriptText, index: number): AnyNode | undefined {
  try {
    return firstOf(script.expressionAt(index));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Returns the part of an expression that begins it: the call in `a.b(), c`. */
function firstOf(expression: AnyNode): AnyNode | undefined {
  let node: AnyNode | undefined = expression;
  for (let next: AnyNode | undefined = node; next !== undefined; ) {
    node = next;
    if (node.type === 'SequenceExpression') next = node.expressions[0];
    else if (node.type === 'ConditionalExpression') next = node.test;
    else if (node.type === 'BinaryExpression' || node.type === 'LogicalExpression') next = node.left;
    else if (node.type === 'ChainExpression') next = node.expression;
    // `a.b().c`
    else if (node.type === 'MemberExpression' && pathOf(node) === undefined) next = node.object;
    else next = undefined;
  }
  return node;
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
  const isOwn = first !== undefined && first !== '__proto__' && others.length === 0;
  if (method === undefined && isOwn && isRecord(value)) return { ...value, [first]: given[0] };
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
