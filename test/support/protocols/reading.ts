import type { ProtocolEvent } from '../../../src/analysis/protocols/model/protocolEvent';
import type { StreamResult } from '../../../src/analysis/protocols/model/result';
import { type ResultOptions, ResultReader } from '../../../src/analysis/protocols/resultReader';
import { EventStreamParser, type IncomingEvent } from '../../../src/stream/parse';

/** A result without its timing. */
export type Untimed = Omit<StreamResult, 'timing'>;

/** Returns the stream of an example's lines: `type | data`, with `⏎` between lines of data. */
export function streamOf(lines: readonly string[]): string {
  return lines.map(blockOf).join('');
}

function blockOf(line: string): string {
  const [, type = '', data = ''] = /^([^|]*?) ?\| ?(.*)$/s.exec(line) ?? ['', '', line];
  const fields = data.split('⏎').map((one) => `data: ${one}\n`);
  return `${type === '' ? '' : `event: ${type}\n`}${fields.join('')}\n`;
}

/** Returns the stream of JSON values, each an event without a type. */
export function streamOfJson(...values: unknown[]): string {
  return values.map((value) => `data: ${typeof value === 'string' ? value : JSON.stringify(value)}\n\n`).join('');
}

/** Returns the events of a stream as the parser gives them, numbered from 1, ten milliseconds apart. */
export function eventsOf(stream: string | Uint8Array): ProtocolEvent[] {
  const events: ProtocolEvent[] = [];
  const take = ({ event, data, id, omitted }: IncomingEvent) => {
    const number = events.length + 1;
    events.push({ number, at: 10 * number, event, data, id, omitted });
  };
  new EventStreamParser(take).feed(typeof stream === 'string' ? new TextEncoder().encode(stream) : stream);
  return events;
}

/** Returns the events of JSON lines: each line that is whole. */
export function eventsOfLines(text: string): ProtocolEvent[] {
  const lines = text.split('\n').slice(0, -1);
  return lines.map((data, index) => ({ number: index + 1, at: 10 * (index + 1), event: 'message', data }));
}

/** Reads events to their end. */
export function read(events: readonly ProtocolEvent[], options?: ResultOptions): ResultReader {
  const reader = new ResultReader(options);
  for (const event of events) reader.add(event);
  reader.end();
  return reader;
}

/** Returns the results of a whole stream without their timing. */
export function resultsOf(stream: string | Uint8Array, options?: ResultOptions): Untimed[] {
  return untimed(read(eventsOf(stream), options).results());
}

/** Returns the results of JSON values, each an event. */
export function resultsOfJson(...values: unknown[]): Untimed[] {
  return resultsOf(streamOfJson(...values));
}

export function untimed(results: StreamResult[]): Untimed[] {
  return results.map(({ timing: _, ...rest }) => rest);
}
