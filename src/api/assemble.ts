import { readJsonPath } from '../analysis/protocols/json/jsonPath';
import { isAssembled, type ProtocolId } from '../analysis/protocols/model/protocol';
import type { StreamResult } from '../analysis/protocols/model/result';
import { ResultReader } from '../analysis/protocols/resultReader';
import { ownOptions, shownValue } from './options/checkedOption';

/** An event to assemble, such as those that `readEventStream` gives. */
export interface EventToAssemble {
  /** Data; those of JSON lines are a line each. */
  data: string;
  /** Type. Default: `message`. */
  event?: string | undefined;
  /** Id that its block sets. Default: none. */
  id?: string | null | undefined;
  /** Time of its arrival, in milliseconds since 1970. Default: that of the event before it. */
  time?: number | undefined;
  /** Number of bytes left out of its data. Default: 0. */
  omitted?: number | undefined;
  /**
   * Whether the stream ended before its blank line, so that clients drop it: it counts all the same, and is noted as a problem.
   * `readEventStream` gives no such event. Default: false.
   */
  isOpen?: boolean | undefined;
}

/** Options of `assemble`. */
export interface AssembleOptions {
  /** Protocol, such as `openai-chat`. Default: the one that is recognised by the events. */
  protocol?: ProtocolId | undefined;
  /** JSON path such as `$.choices[0].text`, of names and indexes, for streams of no known protocol. Default: none. */
  path?: string | undefined;
  /** Whether values at the path are added up; else the last one counts. Default: true. */
  append?: boolean | undefined;
  /** Headers of the response, which help to recognise its protocol. Default: none. */
  headers?: readonly (readonly [name: string, value: string])[] | undefined;
  /** Time of the request, in milliseconds since 1970, from which times count. Default: that of the first event. */
  requestedAt?: number | undefined;
}

/**
 * Assembles what a stream's events say: texts, reasoning, tool calls, documents, errors and token counts, by the protocol
 * that they follow. Events are numbered from 1. Returns a result for each answer in the stream; none if no protocol is recognised,
 * or if it is only named. A stream that broke off has a result that isn't complete.
 * @throws {RangeError} if the protocol or the path is none @throws {TypeError} if an event or an option is of a wrong kind
 */
export function assemble(events: Iterable<EventToAssemble>, options: AssembleOptions = {}): StreamResult[] {
  const { headers, protocol, requestedAt: since, ...path } = ownOptions(options);
  const reader = new ResultReader({
    ...{ head: { headers: checkedHeaders(headers) }, protocol: checkedProtocol(protocol) },
    path: pathOf(path),
  });
  let { requestedAt, number, at } = { requestedAt: checkedTime('requestedAt', since), number: 0, at: 0 };
  for (const given of checkedList(events)) {
    number += 1;
    const { data, event, id, time, omitted, isOpen } = checkedEvent(given, number);
    requestedAt ??= time;
    if (time !== undefined && requestedAt !== undefined) at = time - requestedAt;
    reader.add({ number, at, event, data, id, omitted, isOpen });
  }
  reader.end();
  return reader.results();
}

function checkedList(events: Iterable<EventToAssemble>): Iterable<EventToAssemble> {
  if (typeof events === 'object' && events !== null && Symbol.iterator in events) return events;
  throw new TypeError('The events are a list, such as an array. Collect those of a reading in one first.');
}

/** Returns an event as it is now: it is read once. */
function checkedEvent(given: EventToAssemble, number: number): EventToAssemble & { event: string } {
  const { data, event = 'message', id, time, omitted, isOpen }: EventToAssemble = Object(given);
  for (const [name, value] of Object.entries({ data, event, id: id ?? '' }))
    if (typeof value !== 'string')
      throw new TypeError(`The ${name} of event ${number} is a string, not ${shownValue(value)}.`);
  checkedTime(`The time of event ${number}`, time);
  if (!Number.isFinite(omitted ?? 0))
    throw new TypeError(`omitted of event ${number} is a number of bytes, not ${shownValue(omitted)}.`);
  checkBoolean(`isOpen of event ${number}`, isOpen ?? false);
  return { data, event, id, time, omitted, isOpen };
}

function checkBoolean(name: string, value: unknown): void {
  if (typeof value !== 'boolean') throw new TypeError(`${name} takes true or false, not ${shownValue(value)}.`);
}

function checkedTime(name: string, time: number | undefined): number | undefined {
  if (time === undefined || Number.isFinite(time)) return time;
  throw new TypeError(`${name} takes milliseconds since 1970, not ${shownValue(time)}.`);
}

function checkedHeaders(headers: AssembleOptions['headers']): AssembleOptions['headers'] {
  if (headers === undefined) return undefined;
  const isPair = (pair: unknown) => Array.isArray(pair) && [pair[0], pair[1]].every((text) => typeof text === 'string');
  if (Array.isArray(headers) && headers.every(isPair)) return headers;
  throw new TypeError('headers takes a list of pairs: [name, value].');
}

function checkedProtocol(protocol: ProtocolId | undefined): ProtocolId | undefined {
  if (protocol === undefined) return undefined;
  // `path` is told by its own option.
  if (typeof protocol === 'string' && isAssembled(protocol) && protocol !== 'path') return protocol;
  throw new RangeError(`The protocol ${shownValue(protocol)} is none of those whose results are assembled.`);
}

function pathOf({ path, append = true }: AssembleOptions) {
  checkBoolean('append', append);
  if (path === undefined) return undefined;
  const steps = typeof path === 'string' ? readJsonPath(path) : undefined;
  if (!steps)
    throw new RangeError(
      `The JSON path ${shownValue(path)} isn’t one of names and indexes, such as $.choices[0].text.`,
    );
  return { steps, isAppended: append };
}
