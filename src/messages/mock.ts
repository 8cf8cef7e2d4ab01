// Messages between extension and webview about a served file.

/** Messages from the extension to the page. Each replaces the previous one of its type. */
export type ToMockPage =
  /** Response to a `ping`. */
  | { type: 'pong' }
  | { type: 'server'; server: ServerState }
  | { type: 'file'; file: FileState }
  | { type: 'play'; play: PlayState }
  | { type: 'requests'; requests: RequestsState }
  /** State for VS Code to keep. */
  | { type: 'keep'; state: MockPageState }
  /** An event of the page was sent on so many connections; undefined if too much is queued for clients already. */
  | { type: 'published'; connections: number | undefined }
  /** The code for that proxy was copied to the clipboard. */
  | { type: 'copied'; proxy: ProxyName }
  /** The extension ends, and with it the server; if it starts again, the page will be rebuilt. */
  | { type: 'ended' };

export type ServerState =
  | { state: 'starting' }
  /**
   * `address` is the URL of the stream; `publish` is the command that publishes to it; `note` explains a port other than the
   * set one, if another panel has that.
   */
  | { state: 'serving'; address: string; publish: string; note?: string | undefined }
  /** With a reason if the server could not start. */
  | { state: 'stopped'; reason?: string | undefined };

export interface FileState {
  name: string;
  /** Script played to new connections; undefined if the file was never valid so far. */
  script?: { events: number; duration: number; method: 'GET' | 'POST' } | undefined;
  /** Problem of the file as last saved, in the user's language; the previous version is played meanwhile. */
  problem?: string | undefined;
  /** Whether the problem is an error in the file; if not, the file can't be read. */
  hasError?: boolean | undefined;
  /** Note about the last reading of the file, in the user's language. */
  note?: string | undefined;
  /** The streams, if it is a folder. */
  folder?: FolderState | undefined;
}

/** The streams of a served folder. */
export interface FolderState {
  /** Number of streams. */
  count: number;
  /** At most 200, in the order of their files. */
  streams: readonly StreamRow[];
  /** Files that can't be played as last saved, and why, in the user's language; at most 20. */
  problems: readonly { file: string; text: string }[];
  /** Whether headers that files set are left out, in Restricted Mode. */
  leavesHeadersOut: boolean;
}

export interface StreamRow {
  /** Name of the file within the folder. */
  file: string;
  path: string;
  method: 'GET' | 'POST';
  events: number;
}

export interface PlayState {
  paused: boolean;
  /** Whether all connections share one timeline; if not, each starts at the beginning of the file. */
  shared: boolean;
  /** Factor by which new connections are played faster than the file says. */
  speed: number;
  /** Number of requests for a stream that are still going to be refused. */
  refusals: number;
  /** At most 200, oldest first. */
  connections: PlayedConnection[];
  /** Total number of connections. */
  connectionCount: number;
}

/** Requests for the stream, and those that were refused, since the server started or the list was cleared. */
export interface RequestsState {
  count: number;
  /** Number of those that were answered with an error. */
  refusedCount: number;
  /** Whether `rows` has only those. */
  onlyRefused: boolean;
  /** At most 200, newest first. */
  rows: readonly RequestRow[];
}

/** A request. Its texts are cut, with an ellipsis, and secrets in them are masked. */
export interface RequestRow {
  id: number;
  /** Time of the response, as `Date.now()` counts. */
  at: number;
  method: string;
  /** Path and query, up to about 500 characters. */
  target: string;
  /** `Last-Event-ID` that it came with, up to about 500 characters; empty if none. */
  lastEventId: string;
  status: number;
  /** Explanation in the response, up to about 500 characters; empty if there was none. */
  reason: string;
  /** Address and port of the client. */
  remote: string;
  /** Short name of the client for the user; empty if it doesn't identify itself. */
  client: string;
}

export interface PlayedConnection {
  id: number;
  /** Address and port of the client. */
  remote: string;
  /** Path that it was asked for. */
  path: string;
  /** Value of its User-Agent header, cut; empty if it has none. */
  userAgent: string;
  /** Short name of the client for the user, derived from `userAgent`. */
  client: string;
  /** Number of the file's events that it has received; for a client that resumed, including those before. */
  event: number;
  /** Number of events in the file when the connection was opened. */
  events: number;
  /** Time it was opened, as `Date.now()` counts. */
  since: number;
  /** `over`: all has been sent, and the stream stays open. */
  state: 'playing' | 'stalled' | 'over';
}

/** Messages from the page to the extension. */
export type FromMockPage =
  /** Asks whether the extension host is alive. */
  | { type: 'ping' }
  /** `page` is the nonce of the HTML that sends this. */
  | { type: 'ready'; page: string }
  | { type: 'command'; command: MockAction }
  /** Copies the code that makes that proxy pass on everything. */
  | { type: 'copyCure'; proxy: ProxyName }
  | { type: 'pause'; paused: boolean }
  | { type: 'restart' }
  | { type: 'share'; shared: boolean }
  /** Sets the speed of connections that are opened from then on; a shared timeline restarts with it. */
  | { type: 'speed'; speed: number }
  | { type: 'drop'; id: number }
  | { type: 'dropAll' }
  /** Publishes an event on all connections, or on those of a path. An empty type or id is none; neither has a line end. */
  | { type: 'publish'; event: string; id: string; data: string; path?: string | undefined }
  /** Does something with the stream of one of a folder's files. */
  | { type: 'stream'; action: StreamAction; file: string }
  /** Chooses whether only refused requests are shown. */
  | { type: 'filterRequests'; onlyRefused: boolean }
  | { type: 'clearRequests' }
  /** Refuses that many requests for a stream with 503; 0 stops refusing. */
  | { type: 'refuse'; times: number };

/** Proxies of dev servers that need code to pass on everything that happens on a stream. */
export type ProxyName = 'vite' | 'webpack' | 'middleware' | 'httpProxy';

/** Actions of the page's buttons, apart from those that control the stream. */
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

/** Actions of the buttons of a folder's stream. */
export type StreamAction = 'open' | 'copyCurl' | 'inspect';

/** State of the page that VS Code keeps while the window is reloaded. */
export interface MockPageState {
  /** URI of the file, or of the folder. */
  file: string;
  /** Whether it is a folder. Default: false. */
  isFolder?: boolean | undefined;
  stopped: boolean;
  shared: boolean;
  /** Default: 1. */
  speed?: number | undefined;
  /** Port that it had, and the setting at that time; undefined if the server never ran. */
  port?: { port: number; setting: number } | undefined;
}

/** Texts of the page's script, in the user's language; `{0}` and `{1}` stand for numbers or quantities. */
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
  /** Drops the connection of the client `{0}`. */
  dropOne: string;
  moreConnections: string;
  oneRefusal: string;
  refusals: string;
  noRefusals: string;
  oneRequest: string;
  requests: string;
  /** Number of refused requests among them. */
  refused: string;
  noneRefused: string;
  moreRequests: string;
  /** Announced when the list was cleared. */
  requestsCleared: string;
  copied: string;
  /** An event was sent on `{0}` connections. */
  publishedOn: string;
  publishedOnOne: string;
  tooMuchQueued: string;
  /** The file has the error `{0}`, and the previous version is served. */
  stillServing: string;
  /** The file can't be read for the reason `{0}`, and the previous version is served. */
  unreadable: string;
  /** Tooltip of an error that is a link to its place in the file. */
  goToLine: string;
  oneStream: string;
  streams: string;
  noStreams: string;
  allStreams: string;
  moreStreams: string;
  copyCurl: string;
  inspect: string;
  headersLeftOut: string;
}
