import type { Answer } from '../answer/answer';
import { changeableValue, type GrowingItem } from '../answer/growingItem';
import { idKey } from '../answer/idKey';
import { fullText, type Json, type JsonObject, listIn, type Maybe, numberIn, objectIn } from '../json/json';
import { type PathStep, valueAtPath } from '../json/jsonPath';
import { jsonStart } from '../json/jsonStart';
import { mergeJson } from '../json/mergeJson';
import { MAX_KEYS } from '../model/limits';

/** An operation of GraphQL. */
export interface Operation {
  /** Its id in single-connection mode; else empty. */
  id: string;
  /** Result that increments go on with; undefined if none is open. */
  document: GrowingItem | undefined;
  /** Places of the parts that are still to come, by the `idKey` of their id. */
  pending: Map<string, PathStep[]>;
}

/** Maximum number of steps in a path, and number of them that count as one path of an event. */
const [MAX_STEPS, STEPS_A_PATH] = [200, 100];

/**
 * Reads a payload: a result, or an increment of the one that is open. That knows three dialects: `pending` and ids; lists of
 * `incremental` with paths (2022); and a payload that has a path itself.
 */
export function addPayload(answer: Answer, operation: Operation, payload: JsonObject): void {
  const path = pathIn(payload['path']);
  const isPart = path !== undefined || payload['incremental'] !== undefined || payload['completed'] !== undefined;
  if (path && operation.document) addIncrement(answer, operation, operation.document, payload);
  else if (payload['data'] !== undefined) begin(answer, operation, payload['data']);
  notePending(answer, operation, payload);
  const { document } = operation;
  for (const one of listIn(payload['incremental'])) {
    const increment = objectIn(one);
    if (increment && document) addIncrement(answer, operation, document, increment);
    else answer.problem('patch');
  }
  for (const one of listIn(payload['completed'])) completePart(answer, operation, objectIn(one) ?? {});
  if (!path) addErrors(answer, payload['errors'], isPart ? 'fragment' : 'error');
  if (payload['hasNext'] !== true && document) operation.document = undefined;
}

/** Begins a result; one of a subscription is over at once. */
function begin(answer: Answer, operation: Operation, data: Json): void {
  const document = answer.newItem('document');
  if (operation.id !== '') answer.identify(document, operation.id);
  operation.document = document;
  if (answer.setValue(document, data)) answer.tell(document, jsonStart(data), true);
}

function notePending(answer: Answer, { pending, document }: Operation, payload: JsonObject): void {
  for (const one of listIn(payload['pending'])) {
    const [id, path] = [idIn(objectIn(one)?.['id']), pathIn(objectIn(one)?.['path'])];
    if (id === undefined || path === undefined || !document) answer.problem('patch');
    // Its names may be as long as the event.
    else if (pending.size < MAX_KEYS && answer.pay(document, path)) pending.set(idKey(id), path);
  }
}

function completePart(answer: Answer, { pending }: Operation, part: JsonObject): void {
  pending.delete(idKey(idIn(part['id']) ?? ''));
  const errors = listIn(part['errors']);
  if (errors.length > 0) addErrors(answer, part['errors'], 'fragment');
}

/** Merges data at its place, or adds items to the list there. */
function addIncrement(answer: Answer, { pending }: Operation, document: GrowingItem, part: JsonObject): void {
  const id = idIn(part['id']);
  const base = id === undefined ? pathIn(part['path']) : pending.get(idKey(id));
  const below = pathIn(part['subPath']) ?? [];
  // A path of two hundred steps may be named by an id, in each of forty thousand parts.
  if (!answer.takePath(((base?.length ?? 0) + below.length) / STEPS_A_PATH)) return;
  const path = base && [...base, ...below];
  const { data, items } = { data: part['data'], items: part['items'] };
  answer.see(document);
  addErrors(answer, part['errors'], 'fragment');
  // A part that failed has null in place of its data.
  if ((data ?? items ?? null) === null) return;
  const isMade =
    path !== undefined &&
    path.length <= MAX_STEPS &&
    answer.pay(document, data ?? items ?? null) &&
    (Array.isArray(items) ? addItems(document, path, items, id === undefined) : mergeAt(document, path, data));
  if (isMade) answer.tell(document, jsonStart(data ?? items ?? null));
  else answer.problem('patch');
}

function mergeAt(document: GrowingItem, path: PathStep[], data: Maybe): boolean {
  const target = valueAtPath(changeableValue(document), path);
  if (!objectIn(target) || !objectIn(data)) return false;
  mergeJson(target ?? null, data ?? null);
  return true;
}

/** @param hasIndex whether the path ends in the index of the first item */
function addItems(document: GrowingItem, path: PathStep[], items: Json[], hasIndex: boolean): boolean {
  const index = hasIndex ? path.at(-1) : undefined;
  const at = typeof index === 'number' ? path.slice(0, -1) : path;
  const list = valueAtPath(changeableValue(document), at);
  if (!Array.isArray(list)) return false;
  const from = typeof index === 'number' ? index : list.length;
  if (from < 0 || from > list.length) return false;
  for (const [offset, item] of items.entries()) list[from + offset] = item;
  return true;
}

function addErrors(answer: Answer, errors: Maybe, problem: 'error' | 'fragment'): void {
  for (const one of listIn(errors).slice(0, 100)) {
    const error = objectIn(one);
    answer.error(fullText(error?.['message']) ?? '', objectIn(error?.['extensions'])?.['code'], problem);
  }
}

/** Returns an id as text: examples have numbers, too. */
function idIn(value: Maybe): string | undefined {
  return typeof value === 'number' ? String(value) : fullText(value);
}

function pathIn(value: Maybe): PathStep[] | undefined {
  if (!Array.isArray(value) || value.length > MAX_STEPS) return undefined;
  return value.map((step) => numberIn(step) ?? String(step));
}
