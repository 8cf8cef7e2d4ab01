import { commands, env, type LogOutputChannel, l10n, Uri, window } from 'vscode';
import type { Connection } from '../server/connection';
import { openCounter } from '../server/counter';
import type { Listening } from '../server/listening';
import { SseServer } from '../server/sseServer';
import { Panel } from './panel';
import { readPort } from './settings';
import { StreamAddress } from './streamAddress';

/** How long changes of the number of connections are gathered before the panel is told, in milliseconds. */
const CONNECTIONS_DELAY = 50;

export interface CounterSessionOptions {
  extensionUri: Uri;
  log: LogOutputChannel;
  /** The end of the session before: its port is free then. */
  after: Promise<void>;
  /** The panel was closed; the promise resolves when the server is closed too. */
  onClose(closed: Promise<void>): void;
}

/** One panel and the server whose count it shows. Closing the panel closes the server. */
export class CounterSession {
  readonly #options: CounterSessionOptions;
  readonly #panel: Panel;
  #server: SseServer | undefined;
  #address: StreamAddress | undefined;
  #pageOrigin: string | undefined;
  #ended: Promise<void>;
  #connectionsTimer: NodeJS.Timeout | undefined;

  /** Opens the panel, with the focus. */
  constructor(options: CounterSessionOptions) {
    this.#options = options;
    this.#ended = options.after;
    this.#panel = new Panel(options.extensionUri, {
      onReady: (origin) => {
        this.#pageOrigin = origin;
        this.#server?.allowOrigin(origin);
      },
      onCommand: (command) => void commands.executeCommand(`sseCounter.${command}`),
      onDispose: () => options.onClose(this.stop()),
    });
  }

  /** Where the server is; none while it is stopped. */
  get address(): StreamAddress | undefined {
    return this.#address;
  }

  reveal(): void {
    this.#panel.reveal();
  }

  /** Starts the server, unless it is started already. A failure is told to the user. */
  async start(): Promise<void> {
    if (this.#server) return;
    const server = this.#createServer();
    this.#server = server;
    if (this.#pageOrigin !== undefined) server.allowOrigin(this.#pageOrigin);
    this.#panel.showStarting();
    try {
      await this.#ended;
      const listening = await server.listen(readPort());
      const base = await env.asExternalUri(Uri.parse(listening.url));
      if (this.#server === server) this.#showRunning(listening, new URL('event', base.toString(true)).href);
    } catch (error) {
      // Stopped while it started, the server is another's or none: nothing went wrong.
      if (this.#server === server) await this.#fail(error);
    }
  }

  /** Ends the server; the panel stays. Resolves when the port is free. */
  stop(reason?: string): Promise<void> {
    const server = this.#server;
    if (!server) return this.#ended;
    this.#server = undefined;
    this.#address = undefined;
    clearTimeout(this.#connectionsTimer);
    this.#connectionsTimer = undefined;
    this.#ended = server.close().then(() => this.#options.log.info(l10n.t('Stopped')));
    this.#panel.showStopped(reason);
    this.#panel.showConnections(0);
    void commands.executeCommand('setContext', 'sseCounter.running', false);
    return this.#ended;
  }

  /** Ends the panel and the server. Resolves when the port is free. */
  close(): Promise<void> {
    this.#panel.dispose();
    return this.stop();
  }

  #createServer(): SseServer {
    const { extensionUri, log } = this.#options;
    const server: SseServer = new SseServer({
      pageFile: Uri.joinPath(extensionUri, 'media', 'page.html').fsPath,
      openStream: openCounter,
      onOpen: (connection) => {
        log.info(l10n.t('Connection from {0} opened', connection.remote));
        this.#countConnections(server);
      },
      onClose: (connection) => {
        log.info(describeEnd(connection));
        this.#countConnections(server);
      },
      onError: (error) => log.error(error instanceof Error ? error : String(error)),
    });
    return server;
  }

  #showRunning(listening: Listening, streamUrl: string): void {
    this.#address = new StreamAddress(listening.url);
    this.#options.log.info(l10n.t('Started on {0}', this.#address.url));
    if (listening.instead) this.#tellOtherPort(listening.port, listening.instead);
    this.#panel.showRunning(this.#address.url, streamUrl);
    void commands.executeCommand('setContext', 'sseCounter.running', true);
  }

  async #fail(error: unknown): Promise<void> {
    const reason = error instanceof Error ? error.message : String(error);
    this.#options.log.error(l10n.t('Could not start: {0}', reason));
    await this.stop(reason);
    void window.showErrorMessage(l10n.t('SSE Counter could not start: {0}', reason));
  }

  #tellOtherPort(port: number, wanted: NonNullable<Listening['instead']>): void {
    const message =
      wanted.code === 'EADDRINUSE'
        ? l10n.t(
            'Port {0} is in use by another program (another VS Code window, perhaps). SSE Counter uses port {1} instead.',
            wanted.port,
            port,
          )
        : l10n.t('The system does not allow port {0}. SSE Counter uses port {1} instead.', wanted.port, port);
    this.#options.log.warn(message);
    const change = l10n.t('Change Port');
    void window.showWarningMessage(message, change).then((choice) => {
      if (choice === change) void commands.executeCommand('workbench.action.openSettings', 'sseCounter.port');
    });
  }

  #countConnections(server: SseServer): void {
    if (this.#server !== server) return;
    this.#connectionsTimer ??= setTimeout(() => {
      this.#connectionsTimer = undefined;
      this.#panel.showConnections(server.connectionCount);
    }, CONNECTIONS_DELAY);
  }
}

function describeEnd({ remote, eventsSent, age }: Connection): string {
  return l10n.t(
    'Connection from {0} closed after {1} s, events sent: {2}',
    remote,
    (age / 1000).toFixed(1),
    eventsSent,
  );
}
