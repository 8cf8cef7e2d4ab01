import { MAX_EVENT_SIZE } from '../../stream/limits';
import { EventStreamParser, type IncomingEvent } from '../../stream/parse';
import type { History } from '../history/history';

const BLOCK_END = new TextEncoder().encode('\n\n');

/**
 * Returns the event that a stream ended in, which clients discard as no blank line closes it (WHATWG HTML §9.2.6); undefined
 * if its lines make no event. @param from position of its first line
 */
export function openBlock({ bytes }: Pick<History, 'bytes'>, from: number): IncomingEvent | undefined {
  let event: IncomingEvent | undefined;
  const options = { maxEventSize: MAX_EVENT_SIZE, continues: true };
  const parser = new EventStreamParser((parsed) => {
    event = parsed;
  }, options);
  parser.feed(bytes.slice(from, bytes.size));
  parser.feed(BLOCK_END);
  return event;
}
