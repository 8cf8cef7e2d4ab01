import { LineParser } from './lines/parseLines';
import { EventStreamParser, type IncomingEvent, type ParserOptions } from './parse';
import type { StreamFormat, StreamParser } from './streamParser';

/** Returns a parser of a stream in a format. @param onEvent called with each event */
export function newParser(
  format: StreamFormat,
  onEvent: (event: IncomingEvent) => void,
  options: ParserOptions,
): StreamParser {
  return format === 'lines' ? new LineParser(onEvent, options) : new EventStreamParser(onEvent, options);
}
