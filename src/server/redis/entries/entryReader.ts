import { EventStreamParser } from '../../../stream/parse';
import type { EntryEvent } from './entry';

/** Reads the bytes of an event stream to events for entries. Ids are left out, since Redis gives them. */
export class EntryReader {
  readonly #parser: EventStreamParser;
  #events: EntryEvent[] = [];
  /** The reconnection time that was set behind the last event. */
  #retry: number | undefined;

  /** @param continues whether it begins in the middle of a stream: a byte order mark is then part of its line */
  constructor(continues: boolean) {
    const onEvent = ({ data, event }: { data: string; event: string }) => {
      this.#events.push({ data, event: event === 'message' ? undefined : event, retry: this.#retry });
      this.#retry = undefined;
    };
    const onRetry = (milliseconds: number) => {
      this.#retry = milliseconds;
    };
    this.#parser = new EventStreamParser(onEvent, { continues, onRetry });
  }

  feed(bytes: Uint8Array): void {
    this.#parser.feed(bytes);
  }

  /** Returns the events that have ended since the last call. */
  take(): EntryEvent[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }

  /** Returns the same, with the reconnection time that no event follows. */
  takeAll(): EntryEvent[] {
    const rest = this.#retry === undefined ? [] : [{ data: undefined, retry: this.#retry }];
    return [...this.take(), ...rest];
  }
}
