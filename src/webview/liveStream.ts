/** What a stream is doing. `reconnecting` comes with the seconds until the next attempt. */
export type StreamState = { name: 'connecting' } | { name: 'live' } | { name: 'reconnecting'; seconds: number };

export interface LiveStreamHandlers {
  onState(state: StreamState): void;
  onData(data: string): void;
}

const MAX_DELAY_SECONDS = 30;

/**
 * An EventSource that goes on connecting until it is closed. The browser's own reconnection can't be relied on:
 * any answer but 200 ends an EventSource for good (WHATWG HTML §9.2.3), and its delay can't be read.
 */
export class LiveStream {
  readonly #url: string;
  readonly #handlers: LiveStreamHandlers;
  #source: EventSource | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #delaySeconds = 1;

  constructor(url: string, handlers: LiveStreamHandlers) {
    this.#url = url;
    this.#handlers = handlers;
    handlers.onState({ name: 'connecting' });
    this.#connect();
  }

  /** Leaves the server; nothing is reported after this. */
  close(): void {
    this.#source?.close();
    clearTimeout(this.#timer);
  }

  #connect(): void {
    const source = new EventSource(this.#url);
    this.#source = source;
    source.onopen = () => {
      this.#delaySeconds = 1;
      this.#handlers.onState({ name: 'live' });
    };
    source.onmessage = ({ data }: MessageEvent<string>) => this.#handlers.onData(data);
    source.onerror = () => {
      source.close();
      this.#retry();
    };
  }

  #retry(): void {
    const seconds = this.#delaySeconds;
    this.#delaySeconds = Math.min(seconds * 2, MAX_DELAY_SECONDS);
    this.#handlers.onState({ name: 'reconnecting', seconds });
    this.#timer = setTimeout(() => this.#connect(), seconds * 1000);
  }
}
