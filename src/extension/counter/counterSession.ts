import { commands, type Extension, l10n, type WebviewPanel } from 'vscode';
import type { CounterCommand } from '../../messages/counter';
import { newCounter } from '../../server/counter/counterSource';
import { oneStream } from '../../server/oneStream';
import type { Turns } from '../../turns/turns';
import type { Log } from '../shared/output/log';
import { tellError } from '../shared/output/tell';
import { Restartable } from '../shared/server/restartable';
import { type KeptPort, SessionServer, type WindowPorts } from '../shared/server/sessionServer';
import { StreamAddress } from '../shared/server/streamAddress';
import { CounterPanel, PANEL_TITLE } from './counterPanel';
import { Relay } from './relay';
import { StatusBar } from './statusBar';

export interface CounterSessionOptions {
  extension: Extension<unknown>;
  log: Log;
  /** Ports of the window's servers. */
  ports: WindowPorts;
  /** Turn scheduler shared by all work in this window. */
  turns: Turns;
  /** End of the previous session, when its port is free. */
  after: Promise<void>;
  /** Panel that VS Code kept while the window was reloaded. Default: a new one, with the focus. */
  restored?: WebviewPanel | undefined;
  /** Title of a tab whose panel VS Code hasn't restored yet. Default: none. */
  awaited?: string | undefined;
  /** Port that the counter's server had before. Default: the setting's. */
  port?: KeptPort | undefined;
  /** Called with its port when the server listens, and with undefined when it was stopped. */
  onListening?(port: KeptPort | undefined): void;
  /** Called when the panel was closed; the promise resolves when the server is closed, too. */
  onClose(closed: Promise<void>): void;
}

/** A panel and the server whose count it shows. Closing the panel closes the server. */
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
      onCommand: (command) => void this.#run(command),
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

  /** Address of the server; undefined while it is stopped. */
  get address(): StreamAddress | undefined {
    return this.#address;
  }

  /** Runs the command of a button. Shows next to it what it has copied. */
  async #run(command: CounterCommand): Promise<void> {
    const given = command === 'inspect' ? [this.#address?.url] : [];
    const done: unknown = await commands.executeCommand(`sseCounter.${command}`, ...given);
    const isCopied = command === 'copyUrl' || command === 'copyCurl';
    if (isCopied && typeof done === 'string') this.#panel.showCopied(l10n.t('Copied: {0}', done));
  }

  /** Whether VS Code has yet to restore the panel. */
  get isAwaited(): boolean {
    return this.#panel.isAwaited;
  }

  /** Attaches the awaited panel, which VS Code has restored. */
  attach(panel: WebviewPanel): void {
    this.#panel.attach(panel);
  }

  reveal(): void {
    this.#panel.reveal();
  }

  /**
   * Starts the server, unless it is started already. Resolves when it runs, or has failed, which is reported to the user.
   */
  start(): Promise<void> {
    return this.#servers.start();
  }

  /** Stops the server; the panel stays. Resolves when the port is free. */
  stop(reason?: string): Promise<void> {
    if (this.#servers.current) {
      this.#panel.showStopped(reason);
      this.#port = undefined;
      this.#options.onListening?.(undefined);
    }
    return this.#servers.end();
  }

  /**
   * Stops the server, and leaves the panel to the window: after a reload, it is restored. Resolves when the port is free.
   */
  close(): Promise<void> {
    this.#panel.leave();
    return this.#servers.end();
  }

  #createServer(): SessionServer {
    const { turns } = this.#options;
    const onConnections = (count: number) => this.#showConnections(count);
    const source = oneStream(newCounter(turns));
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

  /** Sets up for a new page, which doesn't use the relay of the previous one. */
  #welcome(origin: string): void {
    this.#pageOrigin = origin;
    this.#servers.current?.allowPage(origin);
    this.#setRelay(undefined);
  }

  /**
   * Asks VS Code for the server's external address again: the forwarded port may be gone, as when the user closed a tunnel.
   */
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
