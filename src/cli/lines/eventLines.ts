import type { Reconnect, StreamEvent } from '../../api/reading/streamEvent';
import { visible } from '../../stream/visible';
import { withEscapes } from '../../text/foreignText';

/** Maximum length of a field on a terminal, in UTF-16 code units: `visible` takes a millisecond or two for it. */
const MAX_SHOWN = 5000;

/**
 * Returns an event as a line for people: local time, type, id and data, with tabs between them. An event is always a line: line ends
 * of its data become ␊, tabs in its type and id ␉. On a terminal other control characters are made visible, too, and long data is shortened.
 */
export function eventLine({ time, event, id, data }: StreamEvent, isTerminal: boolean): string {
  const texts = [event.replaceAll('\t', '␉'), (id ?? '').replaceAll('\t', '␉'), data.replaceAll('\n', '␊')];
  return [timeOfDay(time), ...(isTerminal ? texts.map(onTerminal) : texts)].join('\t');
}

/** Returns a row for programs; on a terminal, characters that could steer it are escaped, which JSON need not do. */
export function jsonLine(row: object, isTerminal: boolean): string {
  const json = JSON.stringify(row);
  return isTerminal ? withEscapes(json) : json;
}

/** Maximum length of a repeated `lastEventId` as JSON, in UTF-16 code units: no request can carry more. */
const MAX_REPEATED = 8000;

/** Returns an event as a row for programs. A large `lastEventId` is null: each event repeats it, a few bytes may cost megabytes. */
export function eventRow({ time, event, data, id, lastEventId, size, omitted }: StreamEvent): object {
  return {
    time,
    event,
    data,
    id,
    lastEventId: repeated(lastEventId),
    size,
    ...(omitted === undefined ? {} : { omitted }),
  };
}

/** Returns a reconnect as a row for programs, with its `lastEventId` as in an event's. */
export function reconnectRow(reconnect: Reconnect): object {
  return { reconnect: { ...reconnect, lastEventId: repeated(reconnect.lastEventId) } };
}

function repeated(lastEventId: string): string | null {
  if (lastEventId.length > MAX_REPEATED) return null;
  // Its quotes aren't counted; an escape has up to six.
  return JSON.stringify(lastEventId).length - 2 <= MAX_REPEATED ? lastEventId : null;
}

function onTerminal(text: string): string {
  const part = text.slice(0, MAX_SHOWN).replace(/[\ud800-\udbff]$/, '');
  // A line end is shown as ␊, and ends the line.
  const shown = visible(Buffer.from(part)).replaceAll('\n', '');
  return part.length < text.length ? `${shown}…` : shown;
}

function timeOfDay(time: number): string {
  const offset = new Date(time).getTimezoneOffset() * 60_000;
  return new Date(time - offset).toISOString().slice('2027-01-01T'.length, -1);
}
