import { commands, type Extension, l10n, type WebviewPanel } from 'vscode';
import { newCounter } from '../../server/counter/counterSource';
import type { Turns } from '../../turns/turns';
import type { Log } from '../shared/output/log';
import { tellError } from '../shared/output/tell';
import { Restartable } from '../shared/server/restartable';
import { type KeptPort, SessionServer } from '../shared/server/sessionServer';
import { StreamAddress } from '../shared/server/streamAddress';
import { CounterPanel, PANEL_TITLE } from './counterPanel';
import { Relay } from './relay';
import { StatusBar } from './statusBar';

export interface CounterSessionOptions {
  extension: Extension<unknown>;
  log: Log;
  /** The ports of the sessions that run in this window, with the titles of their panels. */
  ports: Map<number, string>;
  /** Those of all who are busy in this window. */
  turns: Turns;
  /** The end of the session before: its port is free then. */
  after: Promise<void>;
  /** The panel that VS Code kept while the window was reloaded. Default: a new one, with the focus. */
  restored?: WebviewPanel | undefined;
  /** Title of the tab that is there, and whose panel VS Code has not brought back. Default: none. */
  awaited?: string | undefined;
  /** The port that its server had before. Default: the setting's. */
  port?: KeptPort | undefined;
  /** Its server listens there, or was stopped. */
  onListening?(port: KeptPort | undefined): void;
  /** The panel was closed; the promise resolves when the server is closed too. */
  onClose(closed: Promise<void>): void;
}

/** One panel and the server whose count it shows. Closing the panel closes the server. */
export class CounterSession {
  readonly #options: CounterSessionOptions;
  readonly #panel: CounterPanel;
  readonly #servers: Restartable<SessionServer, string>;
  #address: StreamAddress | undefined;
  #statusBar: StatusBar | undefined;
  #relay: Relay | undefined;
  #pageOrigin: string | undefined;
  #port: KeptPort | undefined;

  constructor(options: CounterSessionOptions) {
    this.#options = options;
    this.#port = options.port;
    this.#panel = new CounterPanel({
      extensionUri: options.extension.extensionUri,
      log: options.log,
      restored: options.restored,
      awaited: options.awaited,
      onReady: (origin) => this.#welcome(origin),
      onCommand: (command) => {
        const given = command === 'inspect' ? [this.#address?.url] : [];
        void commands.executeCommand(`sseCounter.${command}`, ...given);
      },
      onLost: () => void this.#resolveAgain(),
      onRelay: (attempt) => this.#setRelay(attempt),
      onDispose: () => options.onClose(this.stop()),
    });
    this.#servers = new Restartable({
      after: options.after,
      create: () => this.#createServer(),
      start: (server) => this.#listen(server),
      onStarted: (server, streamUrl) => this.#showRunning(server, streamUrl),
      onFailed: (reason) => this.#fail(reason),
      close: (server) => this.#closeServer(server),
    });
  }

  /** Where the server is; none while it is stopped. */
  get address(): StreamAddress | undefined {
    return this.#address;
  }

  /** Whether VS Code has not brought back its panel. */
  get isAwaited(): boolean {
    return this.#panel.isAwaited;
  }

  /** VS Code has brought back the panel that was awaited. */
  attach(panel: WebviewPanel): void {
    this.#panel.attach(panel);
  }

  reveal(): void {
    this.#panel.reveal();
  }

  /** Starts the server, unless it is started already. Resolves when it runs, or has failed, which is told to the user. */
  start(): Promise<void> {
    return this.#servers.start();
  }

  /** Ends the server; the panel stays. Resolves when the port is free. */
  stop(reason?: string): Promise<void> {
    if (this.#servers.current) {
      this.#panel.showStopped(reason);
      this.#port = undefined;
      this.#options.onListening?.(undefined);
    }
    return this.#servers.end();
  }

  /** Ends the server, and leaves the panel to the window: after a reload, it is restored. Resolves when the port is free. */
  close(): Promise<void> {
    this.#panel.leave();
    return this.#servers.end();
  }

  #createServer(): SessionServer {
    const { turns } = this.#options;
    const onConnections = (count: number) => this.#showConnections(count);
    const source = { openStream: newCounter(turns) };
    const server = new SessionServer({ ...this.#options, title: PANEL_TITLE, source, kept: this.#port, onConnections });
    if (this.#pageOrigin !== undefined) server.allowPage(this.#pageOrigin);
    this.#panel.showStarting();
    return server;
  }

  async #listen(server: SessionServer): Promise<string> {
    await server.listen();
    if (this.#servers.current === server) this.#options.onListening?.(server.port);
    return server.resolve();
  }

  #closeServer(server: SessionServer): Promise<void> {
    this.#address = undefined;
    this.#setRelay(undefined);
    this.#statusBar?.dispose();
    this.#statusBar = undefined;
    const closed = server.close().then(() => this.#options.log.info(l10n.t('Stopped')));
    this.#panel.showConnections(0);
    void commands.executeCommand('setContext', 'sseCounter.running', false);
    return closed;
  }

  #showRunning({ root, connectionCount, note }: SessionServer, streamUrl: string): void {
    this.#address = new StreamAddress(root);
    this.#statusBar = new StatusBar(this.#address.url, connectionCount);
    this.#panel.showRunning(this.#address.url, streamUrl, note);
    void commands.executeCommand('setContext', 'sseCounter.running', true);
  }

  async #fail(reason: string): Promise<void> {
    this.#options.log.error(l10n.t('Could not start: {0}', reason));
    await this.stop(reason);
    void tellError(l10n.t('SSE Counter could not start: {0}', reason));
  }

  #showConnections(count: number): void {
    this.#panel.showConnections(count);
    this.#statusBar?.showConnections(count);
  }

  /** A page that is made anew has left the relay that served the one before. */
  #welcome(origin: string): void {
    this.#pageOrigin = origin;
    this.#servers.current?.allowPage(origin);
    this.#setRelay(undefined);
  }

  /** The way to the server may have gone, a tunnel that the user closed for one: VS Code is asked for it anew. */
  async #resolveAgain(): Promise<void> {
    const [server, address] = [this.#servers.current, this.#address];
    if (!server || !address) return;
    const streamUrl = await server.resolve();
    if (this.#servers.current === server) this.#panel.showRunning(address.url, streamUrl, server.note);
  }

  #setRelay(attempt: number | undefined): void {
    this.#relay?.close();
    this.#relay = undefined;
    const server = this.#servers.current;
    if (attempt === undefined || !server || !this.#address) return;
    this.#options.log.info(l10n.t('The panel does not reach the server; the extension host reads the stream for it'));
    const url = `${server.localStreamUrl}.${attempt}`;
    this.#relay = new Relay(url, (event) => this.#panel.showRelay(event));
  }
}
