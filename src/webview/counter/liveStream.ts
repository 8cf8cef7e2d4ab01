/** What a stream is doing. */
export type StreamState =
  | { name: 'connecting' }
  | { name: 'live' }
  /** Live, by way of the extension host. */
  | { name: 'relayed' }
  /** With the seconds until the next attempt. */
  | { name: 'reconnecting'; seconds: number }
  /** The server said no: another attempt is for the user to ask for. */
  | { name: 'refused'; reason: string };

/** What a way to the stream reports. */
export interface WayHandlers {
  onOpen(): void;
  onData(data: string): void;
  /** The stream is over; with a reason when the server refused it in words. */
  onError(reason?: string): void;
}

/**
 * Begins to read the stream; returns what ends that, after which nothing is reported.
 * @param attempt higher each time, so that the server knows the newest, in whatever order they arrive
 */
export type OpenWay = (attempt: number, handlers: WayHandlers) => () => void;

export interface LiveStreamOptions {
  /** The number of the first attempt. */
  firstAttempt: number;
  /** The longest time between two events, in milliseconds. */
  interval: number;
  /** The way by the extension host, for a page that the server can't be reached from. */
  relay: OpenWay;
  /**
   * Asks whether the extension host is there, and goes on once it has answered: that of one that has ended may be another
   * program's port by now, which is not to be asked. Returns what waits no longer.
   */
  confirm(goOn: () => void): () => void;
  onState(state: StreamState): void;
  onData(data: string): void;
  /** The server was not reached directly. */
  onLost(): void;
}

const MAX_DELAY_SECONDS = 30;
/** How long a stream may take to open, and an event to be late, in milliseconds. */
const PATIENCE = 4000;
/** So many failures one after the other, and the server is looked for by the other way. */
const MAX_FAILURES = 3;

/**
 * A stream that goes on connecting until it is closed. The browser's own reconnection can't be relied on: any answer but
 * 200 ends an EventSource for good (WHATWG HTML §9.2.3), and its delay can't be read. Nor can its silence: a proxy that
 * holds the stream back lets it neither open nor fail.
 */
export class LiveStream {
  readonly #direct: OpenWay;
  readonly #options: LiveStreamOptions;
  #closeWay: (() => void) | undefined;
  #stopWaiting: (() => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #delaySeconds = 1;
  #failures = 0;
  #attempt: number;

  /** @param url the stream; the number of the attempt is appended to it, behind a dot */
  constructor(url: string, options: LiveStreamOptions) {
    this.#direct = (attempt, handlers) => openEventSource(`${url}.${attempt}`, handlers);
    this.#options = options;
    this.#attempt = options.firstAttempt;
    // The extension host has said just now that the server runs.
    this.#connect();
  }

  /** Tries at once, and directly, whatever it was doing. */
  reconnect(): void {
    this.close();
    this.#delaySeconds = 1;
    this.#failures = 0;
    this.#confirm();
  }

  /** Leaves the server; nothing is reported after this. */
  close(): void {
    clearTimeout(this.#timer);
    this.#stopWaiting?.();
    this.#closeWay?.();
    this.#closeWay = undefined;
  }

  #confirm(): void {
    this.#stopWaiting = this.#options.confirm(() => this.#connect());
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

  #open(way: OpenWay, name: 'live' | 'relayed', onFailure: (isSilent: boolean, reason?: string) => void): void {
    const fail = (isSilent: boolean, reason?: string) => {
      this.close();
      onFailure(isSilent, reason);
    };
    const watch = (patience: number) => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => fail(true), patience);
    };
    this.#options.onState({ name: 'connecting' });
    watch(PATIENCE);
    this.#closeWay = way(this.#attempt++, {
      onOpen: () => {
        watch(this.#options.interval + PATIENCE);
        this.#options.onState({ name });
      },
      onData: (data) => {
        watch(this.#options.interval + PATIENCE);
        // Not before: a proxy may open the stream, and then cut it.
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

function openEventSource(url: string, { onOpen, onData, onError }: WayHandlers): () => void {
  const source = new EventSource(url);
  source.onopen = onOpen;
  source.onmessage = ({ data }: MessageEvent<string>) => onData(data);
  source.onerror = () => onError();
  return () => source.close();
}
