import { encodeEvent } from '../../../stream/encode';
import { mapKey } from '../../../text/numericStrings';
import type { Blocks } from '../../source';
import type { EntryId } from './entryId';

/** Maximum size of the fields of an entry that is sent, in bytes: that of a publication, with its names and type. */
export const MAX_ENTRY = 1024 * 1024 + 4096;
/** Maximum number of fields of an entry that is sent: they may be empty, and each is a member of its JSON. */
export const MAX_FIELDS = 10_000;

/** An entry of a Redis stream. */
export interface Entry {
  id: EntryId;
  /** Names and values, in turn: a name may come several times. */
  fields: readonly string[];
  /** Its size in bytes, and its number of names and values, where they are so many that none were kept. */
  large?: { size: number; count: number };
}

/** An entry as it is sent. */
export interface EncodedEntry extends Blocks {
  id: EntryId;
  /** The event's type; undefined for `message`. */
  type: string | undefined;
}

/** An event as the fields of an entry. */
export interface EntryEvent {
  data: string | undefined;
  event?: string | undefined;
  /** The client's reconnection time, in milliseconds. */
  retry?: number | undefined;
}

/** Returns the fields of an event's entry, in turn with their names. */
export function fieldsOf({ data, event, retry }: EntryEvent): string[] {
  return [
    ...(event === undefined ? [] : ['event', event]),
    ...(retry === undefined ? [] : ['retry', String(retry)]),
    ...(data === undefined ? [] : ['data', data]),
  ];
}

/** Returns an entry as it is sent: each has an id, so that clients can resume behind it. */
export function encodeEntry({ id, fields, large }: Entry): EncodedEntry {
  const size = large?.size ?? fields.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  const count = large?.count ?? fields.length;
  if (size > MAX_ENTRY) {
    const data = `The entry ${id} has ${size} bytes; at most ${MAX_ENTRY} of an entry are sent.`;
    return encoded(id, { data, event: 'omitted' });
  }
  if (count > 2 * MAX_FIELDS) {
    const data = `The entry ${id} has ${count / 2} fields; at most ${MAX_FIELDS} of an entry are sent.`;
    return encoded(id, { data, event: 'omitted' });
  }
  return encoded(id, eventOf(fields) ?? { data: JSON.stringify(byName(fields)) });
}

/** Returns the event in an entry of ours; undefined for one of another application. */
function eventOf(fields: readonly string[]): EntryEvent | undefined {
  const event: EntryEvent = { data: undefined };
  for (let at = 0; at < fields.length; at += 2) {
    const [name, value = ''] = fields.slice(at, at + 2);
    if (name === 'data' && event.data === undefined) event.data = value;
    else if (name === 'event' && event.event === undefined && !/[\r\n]/.test(value)) event.event = value;
    else if (name === 'retry' && event.retry === undefined && /^\d{1,10}$/.test(value)) event.retry = Number(value);
    else return undefined;
  }
  return event;
}

/** Returns fields by their names; those that come several times as lists. */
function byName(fields: readonly string[]): object {
  const members = new Map<string, [name: string, value: string | string[]]>();
  for (let at = 0; at < fields.length; at += 2) {
    const [name = '', value = ''] = fields.slice(at, at + 2);
    const member = members.get(mapKey(name));
    // A list is added to in place: to copy it with each value takes minutes for one name with thousands.
    if (!member) members.set(mapKey(name), [name, value]);
    else if (Array.isArray(member[1])) member[1].push(value);
    else member[1] = [member[1], value];
  }
  return Object.fromEntries(members.values());
}

function encoded(id: EntryId, { data, event, retry }: EntryEvent): EncodedEntry {
  const type = event === undefined || event === '' ? undefined : event;
  const first = retry === undefined ? '' : `retry: ${retry}\n`;
  // Without data, an id is noted by clients all the same, and no event is dispatched.
  const rest = data === undefined ? `id: ${id}\n\n` : encodeEvent({ data, event: type, id });
  return { id, type, bytes: Buffer.from(first + rest), events: data === undefined ? 0 : 1 };
}
