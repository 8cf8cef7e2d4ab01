// What editor/ and webview/ say to each other of a file that is served.

/** From the extension to the page. Each takes the place of the one of its type before. */
export type ToMockPage =
  /** The answer to a `ping`. */
  | { type: 'pong' }
  | { type: 'server'; server: ServerState }
  | { type: 'file'; file: FileState }
  | { type: 'play'; play: PlayState }
  /** What VS Code shall keep. */
  | { type: 'keep'; state: MockPageState }
  /** The code for that proxy is on the clipboard. */
  | { type: 'copied'; proxy: ProxyName }
  /** The extension ends, and the server with it; where it begins again, the page will be made anew. */
  | { type: 'ended' };

export type ServerState =
  | { state: 'starting' }
  /**
   * `address` is the stream; `publish` is the command that publishes to it; `note`: why it has another port than is set,
   * where another panel has that.
   */
  | { state: 'serving'; address: string; publish: string; note?: string | undefined }
  /** With a reason when the server could not start. */
  | { state: 'stopped'; reason?: string | undefined };

export interface FileState {
  name: string;
  /** What is played to new connections; none where nothing of the file could be played yet. */
  script?: { events: number; duration: number; method: 'GET' | 'POST' } | undefined;
  /** What is wrong with the file as it was saved last, in the user's language; the one before is played then. */
  problem?: string | undefined;
  /** Whether the problem is an error in the file; else the file can't be read. */
  hasError?: boolean | undefined;
  /** What happened when it was read again, in the user's language. */
  note?: string | undefined;
}

export interface PlayState {
  paused: boolean;
  /** All connections share one timeline; else each begins at the beginning of the file. */
  shared: boolean;
  /** So many requests for a stream are going to be refused. */
  refusals: number;
  /** At most 200, the oldest first. */
  connections: PlayedConnection[];
  /** How many there are in all. */
  connectionCount: number;
  refused: RefusedState;
}

/** Requests that were answered with an error, since the server started or the list was cleared. */
export interface RefusedState {
  count: number;
  /** At most 20, the newest first. */
  last: readonly RefusedRow[];
}

export interface RefusedRow {
  id: number;
  /** When, as `Date.now()` counts. */
  at: number;
  method: string;
  /** Without the query; cut. */
  path: string;
  status: number;
  /** The sentence that the client was told; empty: it was told none. */
  reason: string;
  /** Address and port of the client. */
  remote: string;
  /** The word that a person knows the client by; empty: it doesn't say what it is. */
  client: string;
}

export interface PlayedConnection {
  id: number;
  /** Address and port of the client. */
  remote: string;
  /** The client's own name (User-Agent), cut; empty: it has none. */
  userAgent: string;
  /** The one of the words of it that a person knows the client by. */
  client: string;
  /** How many of the file's events it has got: with a client that resumed, those before count too. */
  event: number;
  /** How many events there are in the file, as it was when the connection was opened. */
  events: number;
  /** When it was opened, as `Date.now()` counts. */
  since: number;
  /** `over`: all is sent, and the stream stays open. */
  state: 'playing' | 'stalled' | 'over';
}

/** From the page to the extension. */
export type FromMockPage =
  /** Asks whether the extension is there. */
  | { type: 'ping' }
  /** `page` is the nonce of the HTML that speaks. */
  | { type: 'ready'; page: string }
  | { type: 'command'; command: MockAction }
  /** Copies the code that has that proxy pass on all that happens. */
  | { type: 'copyCure'; proxy: ProxyName }
  | { type: 'pause'; paused: boolean }
  | { type: 'restart' }
  | { type: 'share'; shared: boolean }
  | { type: 'drop'; id: number }
  | { type: 'dropAll' }
  /** The refused requests needn't be shown any more. */
  | { type: 'clearRefused' }
  /** So many requests for a stream shall be refused with 503; 0: no more. */
  | { type: 'refuse'; times: number };

/** Proxies of dev servers that need code to pass on all that happens. */
export type ProxyName = 'vite' | 'webpack' | 'middleware' | 'httpProxy';

/** What the page's buttons do beside the stream. */
export type MockAction =
  | 'start'
  | 'stop'
  | 'copyUrl'
  | 'copyCurl'
  | 'runCurl'
  | 'openInBrowser'
  | 'inspect'
  | 'copyPublish'
  | 'openFile';

/** What VS Code keeps of the page while the window is reloaded. */
export interface MockPageState {
  /** The file's URI. */
  file: string;
  stopped: boolean;
  shared: boolean;
  /** The port that it had, and what the setting was then; none where it never ran. */
  port?: { port: number; setting: number } | undefined;
}

/** What the page's script shows, in the user's language; `{0}` and `{1}` stand for numbers or quantities. */
export interface MockStrings {
  starting: string;
  serving: string;
  paused: string;
  stopped: string;
  start: string;
  stop: string;
  pause: string;
  resume: string;
  oneEvent: string;
  events: string;
  oneConnection: string;
  connections: string;
  noConnections: string;
  /** Event `{0}` of `{1}`. */
  atEvent: string;
  states: Record<PlayedConnection['state'], string>;
  drop: string;
  /** Drops the client `{0}`. */
  dropOne: string;
  moreConnections: string;
  oneRefusal: string;
  refusals: string;
  noRefusals: string;
  oneRefused: string;
  refused: string;
  moreRefused: string;
  /** Said when the list was cleared. */
  refusedCleared: string;
  copied: string;
  /** The file has an error `{0}`, and the version before is served. */
  stillServing: string;
  /** The file can't be read for the reason `{0}`, and the version before is served. */
  unreadable: string;
}
