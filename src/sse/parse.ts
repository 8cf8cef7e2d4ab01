/** One event of an event stream, as a client dispatches it (WHATWG HTML §9.2.6, "Interpreting an event stream"). */
export interface IncomingEvent {
  /** The lines of its `data` fields, joined by LF. */
  data: string;
  /** The event's type; `message` where the stream doesn't say. */
  event: string;
  /** The last id that the stream has set, by then. */
  lastEventId: string;
}

/** Reads an event stream piece by piece, wherever the pieces are cut. */
export class EventStreamParser {
  readonly #onEvent: (event: IncomingEvent) => void;
  #rest = '';
  #afterCR = false;
  #data: string[] = [];
  #event = '';
  #lastEventId = '';

  constructor(onEvent: (event: IncomingEvent) => void) {
    this.#onEvent = onEvent;
  }

  /** @param chunk the next piece of the stream, decoded, without the byte order mark it may begin with */
  feed(chunk: string): void {
    if (chunk === '') return;
    // The LF of a CRLF that was cut in two: the line has ended already.
    const text = this.#rest + (this.#afterCR && chunk.startsWith('\n') ? chunk.slice(1) : chunk);
    this.#afterCR = chunk.endsWith('\r');
    const lines = text.split(/\r\n|\r|\n/);
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#readLine(line);
  }

  #readLine(line: string): void {
    if (line === '') {
      this.#dispatch();
      return;
    }
    const colon = line.indexOf(':');
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    // A comment is a line without a name; a field of another name is ignored, too.
    if (name === 'data') this.#data.push(value);
    else if (name === 'event') this.#event = value;
    else if (name === 'id' && !value.includes('\0')) this.#lastEventId = value;
  }

  #dispatch(): void {
    const [data, event] = [this.#data, this.#event];
    this.#data = [];
    this.#event = '';
    // An id persists, also that of a block without data, which is no event.
    if (data.length === 0) return;
    this.#onEvent({ data: data.join('\n'), event: event || 'message', lastEventId: this.#lastEventId });
  }
}
