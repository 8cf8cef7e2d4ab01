import { History } from '../../../src/client/history/history';
import { EventStreamParser, type IncomingEvent } from '../../../src/stream/parse';

/** Feeds the stream to the history as a subscription does, each event a second after the previous one. */
export function record(history: History, stream: string): void {
  const onEvent = (event: IncomingEvent) => history.addEvent(event, (history.count + 1) * 1000);
  const parser = new EventStreamParser(onEvent, { start: history.bytes.size });
  history.addBytes(Buffer.from(stream));
  parser.feed(Buffer.from(stream));
}

export function historyOf(stream: string, limits = {}): History {
  const history = new History(limits);
  record(history, stream);
  return history;
}
