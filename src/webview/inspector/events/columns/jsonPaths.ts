import { MAX_COLUMN_PATH } from '../../../../messages/table';
import { isNested, membersOf, stringAt } from '../../../../text/jsonMembers';
import { isJson } from '../../../../text/jsonSyntax';

/** Maximum nesting depth, and number, of paths that are offered. */
const [MAX_DEPTH, MAX_PATHS] = [4, 50];
/** Names that a path has without quotes. */
const PLAIN = /^[^\s.[\]'"*$\\]+$/;

/**
 * Returns the path of an object's member, or of an array's element; undefined if it would be longer than 200 characters, or
 * the name can't be written in a path.
 * @param path of the object or array; empty for the outermost
 */
export function childPath(path: string | undefined, step: string | number): string | undefined {
  if (path === undefined) return undefined;
  const child = typeof step === 'number' ? `${path}[${step}]` : named(path, step);
  return child !== undefined && child.length <= MAX_COLUMN_PATH ? child : undefined;
}

function named(path: string, name: string): string | undefined {
  if (PLAIN.test(name)) return path === '' ? name : `${path}.${name}`;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a path has no escapes for them.
  return /[\u0000-\u001f]/.test(name) ? undefined : `${path}[${JSON.stringify(name)}]`;
}

/** Returns paths of the values in JSON that are no objects or arrays, in order, at most 50. */
export function leafPaths(texts: readonly string[]): string[] {
  const paths = new Set<string>();
  for (const text of texts) if (/^\s*[{[]/.test(text) && isJson(text)) collect(text, text.search(/\S/), '', 0, paths);
  return [...paths];
}

function collect(text: string, at: number, path: string, depth: number, paths: Set<string>): void {
  const { keys, values } = membersOf(text, at);
  for (const [index, value] of values.entries()) {
    if (paths.size === MAX_PATHS) return;
    const key = keys[index];
    const step = key === undefined ? index : stringAt(text, key);
    const child = childPath(path, step);
    if (child === undefined) continue;
    if (!isNested(text, value)) paths.add(child);
    else if (depth + 1 < MAX_DEPTH) collect(text, value, child, depth + 1, paths);
  }
}
