import type { AnyNode, Expression } from 'acorn';
import { parsedUrl } from '../parsedUrl';
import type { ScriptText } from './scriptExpression';

/** A statement that changes the value of a constant: a call of one of its methods, or an assignment to a member. */
export interface ScriptChange {
  /** Path from the constant to what is changed: `searchParams`. */
  path: string[];
  /**
   * Method that is called; undefined if the last name of the path is assigned. If both are missing, the effect isn't
   * known.
   */
  method?: string;
  given: Expression[];
  node: { start: number; end: number };
}

/** An occurrence of a constant where it may be changed. */
export interface ChangePlace {
  index: number;
  /** Whether an operator before it changes it: `delete`, `++`. */
  isChanged: boolean;
}

/** Maximum number of changes of a constant: with more, its value isn't known. */
export const MAX_CHANGES = 200;
const METHODS = /^(?:append|set|delete)$/;
/** Methods that don't change their object. The effect of any other isn't known. */
const READING =
  /^(?:get|has|at|keys|values|entries|map|filter|find|some|every|includes|indexOf|join|slice|concat|toString|toJSON|trim|split|replace|replaceAll|startsWith|endsWith|toLowerCase|toUpperCase)$/;

const STEP = String.raw`(?:\s*(?:[?!]?\.\s*[\w$]+|(?:\?\.)?\[[^\]\n]{1,100}\]))`;
const SIGN = String.raw`(?:(?:\?\.\s*)?[(\x60]|[-+*/%&|^?<>]{0,3}=(?![=>])|\+\+|--)`;
/** A name that is followed by a call or an assignment, or by too many members to see that here. */
const CHANGED = new RegExp(
  String.raw`(?<![\w$.])(?:(?:delete\s{1,20}|(?:\+\+|--)\s{0,20})(?<changed>[A-Za-z_$][\w$]*)|(?<name>[A-Za-z_$][\w$]*)(?=${STEP}{1,9}\s*${SIGN}|${STEP}{10}))`,
  'g',
);

/** Returns the possible changes of each name, in order: at most one more than the maximum. */
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

/** Returns the change that begins there; undefined if there is none. @throws {CurlError} the same as the script */
export function changeAt(script: ScriptText, { index, isChanged }: ChangePlace): ScriptChange | undefined {
  const unknown = { path: [], given: [], node: { start: index, end: index + MAX_SHOWN } };
  const node = isChanged ? undefined : parsed(script, index);
  // In TypeScript, the expression continues after `!`.
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

/** Whether none of the chained calls changes the object. */
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

/** Maximum length shown of a change whose effect isn't known, in characters. */
const MAX_SHOWN = 100;

/** Returns the call or assignment that begins there; undefined if it can't be read. */
function parsed(script: ScriptText, index: number): AnyNode | undefined {
  try {
    return firstOf(script.expressionAt(index));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Returns the first part of an expression: the call in `a.b(), c`. */
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

/** Returns the names after the constant's own: `searchParams`, `append`. */
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

/** Returns the changed value; undefined if the effect isn't known. @param given values of the arguments */
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

/** Returns the query with a change. Builds it anew: in Node, each deletion moves everything after it. */
function changedQuery(query: URLSearchParams, method: string, name: string, text = ''): URLSearchParams {
  const pairs = [...query];
  const first = pairs.findIndex(([other]) => other === name);
  const isKept = (at: number) => method === 'append' || (method === 'set' && at === first);
  const kept = pairs.filter(([other], at) => other !== name || isKept(at));
  if (method === 'append' || (method === 'set' && first < 0)) kept.push([name, text]);
  else if (method === 'set') kept[first] = [name, text];
  return new URLSearchParams(kept);
}
