/** State of a stream. */
export type StreamState =
  | { name: 'connecting' }
  | { name: 'live' }
  /** Live, but relayed by the extension host. */
  | { name: 'relayed' }
  /** With the seconds until the next attempt. */
  | { name: 'reconnecting'; seconds: number }
  /** Refused by the server: only the user makes another attempt. */
  | { name: 'refused'; reason: string };

/** Handlers for the events of a way to the stream. */
export interface TransportHandlers {
  onOpen(): void;
  onData(data: string): void;
  /** Called when the stream is over, with a reason if the server gave one for refusing it. */
  onError(reason?: string): void;
}

/**
 * Opens the stream. Returns a function that closes it, after which nothing is reported.
 * @param attempt higher each time, so that the server can tell the newest, in whatever order they arrive
 */
export type OpenTransport = (attempt: number, handlers: TransportHandlers) => () => void;

export interface LiveStreamOptions {
  /** Number of the first attempt. */
  firstAttempt: number;
  /** Maximum time between two events, in milliseconds. */
  interval: number;
  /** Way through the extension host, for a page that can't reach the server. */
  relay: OpenTransport;
  /**
   * Pings the extension host, and calls `goOn` at its response: the port of a host that has ended may belong to another
   * program by now, which must not be contacted. Returns a function that cancels.
   */
  confirm(goOn: () => void): () => void;
  onState(state: StreamState): void;
  onData(data: string): void;
  /** Called when the server could not be reached directly. */
  onLost(): void;
}

const MAX_DELAY_SECONDS = 30;
/** Timeout for the opening of a stream, and for a late event, in milliseconds. */
const TIMEOUT = 4000;
/** Number of consecutive failures after which the stream is relayed. */
const MAX_FAILURES = 3;

/**
 * A stream that keeps reconnecting until it is closed. The browser's own reconnection isn't sufficient: any response other
 * than 200 ends an EventSource for good (WHATWG HTML §9.2.3), and its delay can't be read. A timeout is needed, too: a proxy
 * that buffers the stream lets it neither open nor fail.
 */
export class LiveStream {
  readonly #direct: OpenTransport;
  readonly #options: LiveStreamOptions;
  #closeTransport: (() => void) | undefined;
  #cancelPing: (() => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #delaySeconds = 1;
  #failures = 0;
  #attempt: number;

  /** @param url of the stream; a dot and the number of the attempt are appended to it */
  constructor(url: string, options: LiveStreamOptions) {
    this.#direct = (attempt, handlers) => openEventSource(`${url}.${attempt}`, handlers);
    this.#options = options;
    this.#attempt = options.firstAttempt;
    // Without a ping, because the extension host has just sent that the server runs.
    this.#connect();
  }

  /** Connects at once, and directly, whatever the state. */
  reconnect(): void {
    this.close();
    this.#delaySeconds = 1;
    this.#failures = 0;
    this.#confirm();
  }

  /** Closes the stream; nothing is reported after this. */
  close(): void {
    clearTimeout(this.#timer);
    this.#cancelPing?.();
    this.#closeTransport?.();
    this.#closeTransport = undefined;
  }

  #confirm(): void {
    this.#cancelPing = this.#options.confirm(() => this.#connect());
  }

  #connect(): void {
    this.#open(this.#direct, 'live', (isSilent) => {
      this.#options.onLost();
      this.#failures += 1;
      if (isSilent || this.#failures >= MAX_FAILURES) this.#connectByRelay();
      else this.#retry();
    });
  }

  #connectByRelay(): void {
    this.#open(this.#options.relay, 'relayed', (_isSilent, reason) => {
      if (reason === undefined) this.#retry();
      else this.#options.onState({ name: 'refused', reason });
    });
  }

  #open(
    transport: OpenTransport,
    name: 'live' | 'relayed',
    onFailure: (isSilent: boolean, reason?: string) => void,
  ): void {
    const fail = (isSilent: boolean, reason?: string) => {
      this.close();
      onFailure(isSilent, reason);
    };
    const watch = (timeout: number) => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => fail(true), timeout);
    };
    this.#options.onState({ name: 'connecting' });
    watch(TIMEOUT);
    this.#closeTransport = transport(this.#attempt++, {
      onOpen: () => {
        watch(this.#options.interval + TIMEOUT);
        this.#options.onState({ name });
      },
      onData: (data) => {
        watch(this.#options.interval + TIMEOUT);
        // Not in `onOpen`, because a proxy may open the stream and then cut it.
        this.#delaySeconds = 1;
        if (name === 'live') this.#failures = 0;
        this.#options.onData(data);
      },
      onError: (reason) => fail(false, reason),
    });
  }

  #retry(): void {
    const seconds = this.#delaySeconds;
    this.#delaySeconds = Math.min(seconds * 2, MAX_DELAY_SECONDS);
    this.#options.onState({ name: 'reconnecting', seconds });
    this.#timer = setTimeout(() => this.#confirm(), seconds * 1000);
  }
}

function openEventSource(url: string, { onOpen, onData, onError }: TransportHandlers): () => void {
  const source = new EventSource(url);
  source.onopen = onOpen;
  source.onmessage = ({ data }: MessageEvent<string>) => onData(data);
  source.onerror = () => onError();
  return () => source.close();
}
