// What editor/ and webview/ say to each other of a file that is served.

/** From the extension to the page. */
export type ToReplayPage =
  | { type: 'starting' }
  /** `address` is the stream; `publish` the command that publishes to it. */
  | { type: 'running'; address: string; publish: string }
  /** With a reason when the server could not start. */
  | { type: 'stopped'; reason?: string }
  | { type: 'file'; file: ServedFile }
  | { type: 'play'; play: PlayState }
  /** The extension ends, and the server with it; where it begins again, the page will be made anew. */
  | { type: 'ended' }
  /** What VS Code shall keep. */
  | { type: 'keep'; state: ReplayPageState };

/** The file as it is played to new connections. */
export interface ServedFile {
  name: string;
  events: number;
  /** All its pauses, in milliseconds. */
  duration: number;
  method: 'GET' | 'POST';
  /** What is wrong with the file as it was saved last, in the user's language; the one before is played then. */
  problem?: string | undefined;
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
}

export interface PlayedConnection {
  id: number;
  /** Address and port of the client. */
  remote: string;
  /** What the client says that it is (User-Agent), cut; empty: nothing. */
  client: string;
  /** How many of the file's events it has got: with a client that resumed, those before count too. */
  event: number;
  /** When it was opened, as `Date.now()` counts. */
  since: number;
  /** `over`: all is sent, and the stream stays open. */
  state: 'playing' | 'stalled' | 'over';
}

/** From the page to the extension. */
export type FromReplayPage =
  /** `page` is the nonce of the HTML that speaks. */
  | { type: 'ready'; page: string }
  | { type: 'command'; command: ReplayCommand }
  | { type: 'pause'; paused: boolean }
  | { type: 'restart' }
  | { type: 'share'; shared: boolean }
  | { type: 'drop'; id: number }
  | { type: 'dropAll' }
  /** So many requests for a stream shall be refused with 503; 0: no more. */
  | { type: 'refuse'; times: number };

/** What the page's buttons do beside the stream. */
export type ReplayCommand =
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
export interface ReplayPageState {
  /** The file's URI. */
  file: string;
  stopped: boolean;
}

/** What the page's script shows, in the user's language; `{0}` and `{1}` stand for numbers or quantities. */
export interface ReplayStrings {
  starting: string;
  serving: string;
  paused: string;
  stopped: string;
  pause: string;
  resume: string;
  oneConnection: string;
  connections: string;
  noConnections: string;
  /** `{0}` of `{1}` events. */
  atEvent: string;
  states: Record<PlayedConnection['state'], string>;
  drop: string;
  oneRefusal: string;
  refusals: string;
  moreConnections: string;
  fileFacts: string;
}
