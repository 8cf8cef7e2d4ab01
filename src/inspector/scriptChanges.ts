import type { AnyNode, Expression } from 'acorn';
import { CurlError } from './curlError';
import { parsedUrl } from './parsedUrl';
import { expressionAt } from './scriptExpression';

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
/** Maximum length of what is looked for changes in, in characters: each may go on to the text's end. */
const MAX_READ = 1024 * 1024;
const METHODS = /^(?:append|set|delete)$/;

/** Returns the changes of a constant in a text, in order. What isn't an expression is left out. */
export function changesOf(name: string, text: string): ScriptChange[] {
  const sign = name.replaceAll('$', '\\$');
  const member = '\\s*(?:\\.\\s*[\\w$]+|\\[[^\\]\\n]{1,100}\\])';
  const pattern = new RegExp(`(?<![\\w$.])${sign}(?:${member}){1,5}\\s*(?:\\(|=(?![=>]))`, 'g');
  let left = MAX_READ;
  return [...text.matchAll(pattern)].slice(0, MAX_CHANGES + 1).flatMap(({ index }) => {
    if (left < 0) throw new CurlError('fetch', name);
    const change = changeAt(text, index);
    left -= (change?.node.end ?? text.length) - index;
    return change ?? [];
  });
}

function changeAt(text: string, index: number): ScriptChange | undefined {
  const node = parsed(text, index);
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

function parsed(text: string, index: number): AnyNode | undefined {
  try {
    return expressionAt(text, index);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Returns the names behind the constant's own: `searchParams`, `append`. */
function pathOf(node: AnyNode): string[] | undefined {
  if (node.type === 'Identifier') return [];
  if (node.type !== 'MemberExpression') return undefined;
  const { object, property, computed } = node;
  const before = pathOf(object);
  const name =
    property.type === 'Identifier' && !computed
      ? property.name
      : property.type === 'Literal'
        ? String(property.value)
        : undefined;
  return before && name !== undefined ? [...before, name] : undefined;
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
    changedQuery(url.searchParams, method, name, text);
    return url.href;
  }
  // Headers.
  if (first !== undefined || !(Array.isArray(value) || isRecord(value))) return undefined;
  const pairs: unknown[][] = Array.isArray(value) ? value : Object.entries(value);
  const kept = pairs.filter(([other]) => method === 'append' || String(other).toLowerCase() !== name.toLowerCase());
  return method === 'delete' ? kept : [...kept, [name, text ?? '']];
}

function changedQuery(query: URLSearchParams, method: string, name: string, text = ''): URLSearchParams {
  if (method === 'append') query.append(name, text);
  else if (method === 'set') query.set(name, text);
  else query.delete(name);
  return query;
}
