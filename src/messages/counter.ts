// What editor/ and webview/ say to each other of the counter.

/** From the extension to the counter's page. */
export type ToCounterPage =
  /** The answer to a `ping`. */
  | { type: 'pong' }
  | { type: 'starting' }
  /**
   * `address` is what a person uses beside the server, `streamUrl` the panel's own stream as this page reaches it, to
   * which the number of the attempt is appended: `firstAttempt` is higher each time this is said. `note`: why the address
   * has another port than is set, where another panel has that.
   */
  | { type: 'running'; address: string; note?: string | undefined; streamUrl: string; firstAttempt: number }
  | { type: 'connections'; count: number }
  /** What happened on the stream that the extension host reads for the page. */
  | { type: 'relay'; event: RelayEvent }
  /** With a reason when the server could not start. */
  | { type: 'stopped'; reason?: string }
  /** The extension ends, and the server with it; where it begins again, the page will be made anew. */
  | { type: 'ended' };

/** As on an EventSource; an error is the stream's end, with a reason when the server refused it. */
export type RelayEvent = { name: 'open' } | { name: 'message'; data: string } | { name: 'error'; reason?: string };

/** From the counter's page to the extension. */
export type FromCounterPage =
  /** Asks whether the extension is there. */
  | { type: 'ping' }
  /** `page` is the nonce of the HTML that speaks; `origin` is what its requests carry as `Origin`. */
  | { type: 'ready'; page: string; origin: string }
  | { type: 'command'; command: CounterCommand }
  /** The page could not reach the stream: its address may have changed. */
  | { type: 'lost' }
  /** The extension host shall read the stream for the page, as the attempt of that number; without one, no more. */
  | { type: 'relay'; attempt?: number };

/** The commands (`sseCounter.…`) that have a button on the page. */
export type CounterCommand = 'start' | 'copyUrl' | 'copyCurl' | 'runCurl' | 'openInBrowser' | 'inspect';

/** What VS Code keeps of the page while the window is reloaded. */
export interface CounterPageState {
  stopped: boolean;
}

/** What the page's script shows, in the user's language; `{0}` stands for a number. The countdown isn't said at each second. */
export interface CounterStrings {
  connecting: string;
  live: string;
  relayed: string;
  /** The extension host doesn't answer. */
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
