// Messages between extension and webview about the counter.

/** Messages from the extension to the counter's page. */
export type ToCounterPage =
  /** Response to a `ping`. */
  | { type: 'pong' }
  | { type: 'starting' }
  /**
   * `address` is the URL for users on the server's machine, `streamUrl` the panel's own stream as this page reaches it, to
   * which the page appends the number of the attempt: `firstAttempt` is higher each time this is sent. `note` explains a
   * port other than the set one, if another panel has that.
   */
  | { type: 'running'; address: string; note?: string | undefined; streamUrl: string; firstAttempt: number }
  | { type: 'connections'; count: number }
  /** Event of the stream that the extension host reads for the page. */
  | { type: 'relay'; event: RelayEvent }
  /** Text was copied to the clipboard for a button. @param note for the user, in their language */
  | { type: 'copied'; note: string }
  /** With a reason if the server could not start. */
  | { type: 'stopped'; reason?: string }
  /** The extension ends, and with it the server; if it starts again, the page will be rebuilt. */
  | { type: 'ended' };

/** Event as of an EventSource; an error is the end of the stream, with a reason if the server refused it. */
export type RelayEvent = { name: 'open' } | { name: 'message'; data: string } | { name: 'error'; reason?: string };

/** Messages from the counter's page to the extension. */
export type FromCounterPage =
  /** Asks whether the extension host is alive. */
  | { type: 'ping' }
  /** `page` is the nonce of the HTML that sends this; `origin` is the `Origin` of its requests. */
  | { type: 'ready'; page: string; origin: string }
  | { type: 'command'; command: CounterCommand }
  /** The page could not reach the stream, whose address may have changed. */
  | { type: 'lost' }
  /** Asks the extension host to read the stream for the page, as the attempt of that number; without one, to stop. */
  | { type: 'relay'; attempt?: number };

/** Commands (`sseCounter.…`) that have a button on the page. */
export type CounterCommand = 'start' | 'copyUrl' | 'copyCurl' | 'runCurl' | 'openInBrowser' | 'inspect';

/** State of the page that VS Code keeps while the window is reloaded. */
export interface CounterPageState {
  stopped: boolean;
}

/**
 * Texts of the page's script, in the user's language; `{0}` stands for a number. The countdown isn't announced every second.
 */
export interface CounterStrings {
  connecting: string;
  live: string;
  relayed: string;
  /** Shown while the extension host doesn't respond. */
  late: string;
  reconnecting: string;
  countdown: string;
  refused: string;
  reconnect: string;
  retry: string;
  stopped: string;
  oneConnection: string;
  connections: string;
  counted: string;
}
