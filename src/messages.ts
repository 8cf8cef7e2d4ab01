// What editor/ and webview/ say to each other.

/** From the extension to the counter's page. */
export type ToCounterPage =
  | { type: 'starting' }
  /** `address` is what a person uses beside the server, `streamUrl` the same stream as this page reaches it. */
  | { type: 'running'; address: string; streamUrl: string }
  | { type: 'connections'; count: number }
  /** With a reason when the server could not start. */
  | { type: 'stopped'; reason?: string };

/** From the counter's page to the extension. */
export type FromCounterPage =
  /** `page` is the nonce of the HTML that speaks; `origin` is what its requests carry as `Origin`. */
  { type: 'ready'; page: string; origin: string } | { type: 'command'; command: CounterCommand };

/** The commands (`sseCounter.…`) that have a button on the page. */
export type CounterCommand = 'start' | 'copyUrl' | 'copyCurl' | 'runCurl' | 'openInBrowser';

/** What the page's script shows, in the user's language; `{0}` stands for a number. */
export interface CounterStrings {
  connecting: string;
  live: string;
  reconnecting: string;
  stopped: string;
  oneConnection: string;
  connections: string;
}
