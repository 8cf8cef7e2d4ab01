import { copyOf } from './copyOf';
import { isEqual } from './isEqual';
import { type Json, type JsonObject, type Maybe, memberOf, objectIn, setMember, textIn } from './json';

/** Maximum number of names in a pointer: each may lead one level deeper. */
const MAX_NAMES = 200;
/** Maximum depth of a value that is moved or copied, which may get that much deeper. */
const MAX_DEPTH = 700;
/** Maximum number of operations in a patch, and length of a list in which elements make room for others. */
const [MAX_OPERATIONS, MAX_LENGTH] = [5000, 100_000];
/** Maximum number of elements of lists that move up or down in a patch, as others are put in before them or taken out. */
const MAX_MOVED = 10_000_000;
/** Maximum number of names in all pointers of a patch. */
const MAX_ALL_NAMES = 50_000;

/** Room that the operations of a patch have together: how many elements of lists they may move, and names they may have. */
interface Room {
  moves: number;
  names: number;
}

/**
 * Applies a JSON Patch (RFC 6902), on the document itself.
 * @param pay is called with each value that is walked over, and says whether the budget has room for that
 * @returns the document, and whether all operations were made; behind one that fails, none is
 */
export function patched(
  document: Json,
  operations: readonly Json[],
  pay: (value: Json) => boolean,
): { document: Json; isWhole: boolean } {
  // The document is a member of this root, so that even the whole of it can be replaced.
  const root: JsonObject = { '': document };
  const room = { moves: MAX_MOVED, names: MAX_ALL_NAMES };
  const isWhole =
    operations.length <= MAX_OPERATIONS &&
    operations.every((one) => {
      const operation = objectIn(one);
      return operation !== undefined && apply(root, operation, pay, room);
    });
  return { document: root[''] ?? null, isWhole };
}

function apply(root: JsonObject, operation: JsonObject, pay: (value: Json) => boolean, room: Room): boolean {
  const path = namesOf(operation['path']);
  const from = namesOf(operation['from']);
  room.names -= (path?.length ?? 0) + (from?.length ?? 0);
  if (path === undefined || room.names < 0) return false;
  const value = memberOf(operation, 'value');
  switch (operation['op']) {
    case 'add':
      return value !== undefined && insert(root, room, path, value);
    case 'replace':
      return value !== undefined && replace(root, path, value);
    case 'remove':
      return remove(root, room, path);
    case 'move': {
      // A value can't be moved into itself.
      if (from === undefined || from.every((name, index) => path[index] === name)) return isSame(from, path);
      const found = find(root, from);
      if (found === undefined || !pay(found) || isDeeper(found, MAX_DEPTH - path.length)) return false;
      if (!remove(root, room, from)) return false;
      if (insert(root, room, path, found)) return true;
      // As an operation that fails leaves the document as it was.
      insert(root, { ...room, moves: MAX_MOVED }, from, found);
      return false;
    }
    case 'copy': {
      const found = from && find(root, from);
      if (found === undefined || !pay(found) || isDeeper(found, MAX_DEPTH - path.length)) return false;
      return insert(root, room, path, copyOf(found));
    }
    case 'test': {
      const found = find(root, path);
      return value !== undefined && found !== undefined && pay(found) && isEqual(found, value);
    }
    default:
      return false;
  }
}

function isSame(from: readonly string[] | undefined, path: readonly string[]): boolean {
  return from !== undefined && from.length === path.length;
}

/** Returns the names of a JSON Pointer (RFC 6901), the first of which is that of the document in its root. */
function namesOf(pointer: Maybe): string[] | undefined {
  const text = textIn(pointer);
  if (text === undefined || (text !== '' && !text.startsWith('/'))) return undefined;
  const names = text.split('/', MAX_NAMES + 1);
  if (names.length > MAX_NAMES) return undefined;
  return text.includes('~') ? names.map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~')) : names;
}

function find(root: JsonObject, names: readonly string[]): Maybe {
  let found: Maybe = root;
  for (const name of names) found = Array.isArray(found) ? found[indexIn(found, name)] : memberOf(found, name);
  return found;
}

/** Returns the index that a name stands for; -1 if it stands for none. */
function indexIn(list: readonly Json[], name: string): number {
  if (name === '-') return list.length;
  return /^(?:0|[1-9]\d{0,8})$/.test(name) && Number(name) <= list.length ? Number(name) : -1;
}

function insert(root: JsonObject, room: Room, names: readonly string[], value: Json): boolean {
  const [parent, name = ''] = [find(root, names.slice(0, -1)), names.at(-1)];
  if (Array.isArray(parent)) {
    const index = indexIn(parent, name);
    if (index < 0 || !mayMove(room, parent.length, index)) return false;
    parent.splice(index, 0, value);
    return true;
  }
  const object = objectIn(parent);
  if (object) setMember(object, name, value);
  return object !== undefined;
}

function replace(root: JsonObject, names: readonly string[], value: Json): boolean {
  const [parent, name = ''] = [find(root, names.slice(0, -1)), names.at(-1)];
  if (find(root, names) === undefined) return false;
  if (Array.isArray(parent)) parent[indexIn(parent, name)] = value;
  else setMember(parent as JsonObject, name, value);
  return true;
}

/** Removes a value. @returns whether there is one */
function remove(root: JsonObject, room: Room, names: readonly string[]): boolean {
  const [parent, name = ''] = [find(root, names.slice(0, -1)), names.at(-1)];
  if (names.length === 1 || find(root, names) === undefined) return false;
  if (Array.isArray(parent)) {
    const index = indexIn(parent, name);
    if (!mayMove(room, parent.length, index)) return false;
    parent.splice(index, 1);
  } else delete (parent as JsonObject)[name];
  return true;
}

/** Whether the elements of a list from an index on may make room, or fill it. */
function mayMove(room: Room, length: number, index: number): boolean {
  if (index < length && length > MAX_LENGTH) return false;
  room.moves -= length - index;
  return room.moves >= 0;
}

/** Whether a value is nested deeper than that. */
function isDeeper(value: Json, levels: number): boolean {
  if (levels < 0) return true;
  return typeof value === 'object' && value !== null && Object.values(value).some((one) => isDeeper(one, levels - 1));
}
