import { env, l10n, type WebviewPanel, workspace } from 'vscode';
import type { MockAction } from '../../messages/mock';
import { tellError, tellFailure } from '../shared/output/tell';
import { Restartable } from '../shared/server/restartable';
import type { KeptPort } from '../shared/server/sessionServer';
import type { StreamAddress } from '../shared/server/streamAddress';
import { tellProblem } from './content/fileProblem';
import { givenUpText } from './content/fileState';
import type { ServedContent } from './content/servedContent';
import { runMockAction, runStreamAction } from './mockActions';
import { MockPanel, type SessionMessage } from './mockPanel';
import type { MockSessionOptions } from './mockSessionOptions';
import { control, type PlaySettings, playState, publish } from './mockState';
import { RequestLog } from './requests/requestLog';
import { newServing, type Serving } from './serving';

/** Delay during which changes of the playback are coalesced before they are shown, in milliseconds. */
const SHOW_DELAY = 100;

/** A panel and the server that plays a file. Closing the panel closes the server. */
export class MockSession {
  readonly #options: MockSessionOptions;
  readonly #file: ServedContent;
  readonly #panel: MockPanel;
  readonly #servings: Restartable<Serving, void>;
  readonly #requests: RequestLog;
  readonly #settings: PlaySettings;
  readonly #trust = workspace.onDidGrantWorkspaceTrust(() => this.#showFile());
  // The panel shows a command for the shell, which a reloaded window doesn't know yet when it serves again.
  readonly #shell = env.onDidChangeShell(() => this.#showAddress());
  #address: StreamAddress | undefined;
  #port: KeptPort | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: MockSessionOptions) {
    const { extension, file, restored, awaited, shared = false, speed = 1 } = options;
    [this.#options, this.#file, this.#port] = [options, file, options.port];
    this.#settings = { shared, speed };
    this.#panel = new MockPanel({
      extensionUri: extension.extensionUri,
      log: options.log,
      name: file.name,
      restored,
      awaited,
      named: { titles: options.titles, name: file.uri.toString() },
      onMessage: (message) => this.#receive(message),
      onViewState: () => this.#requests.update(),
      onDispose: () => {
        this.#end();
        options.onClose(this.stop());
      },
    });
    this.#requests = new RequestLog({
      turns: options.turns,
      isVisible: () => this.#panel.visible,
      show: (requests) => this.#panel.show({ type: 'requests', requests }),
      onError: (error) => options.log.error(error),
    });
    this.#servings = new Restartable({
      after: options.after,
      create: () => this.#create(),
      start: (serving) => this.#listen(serving),
      onStarted: (serving) => this.#showServing(serving),
      onFailed: (reason) => this.#fail(reason),
      close: (serving) => this.#close(serving),
    });
    file.onRead(() => this.#load());
    this.#showFile();
    this.#showStopped();
    this.#showPlay();
  }

  /** Address of the server; undefined while it is stopped. */
  get address(): StreamAddress | undefined {
    return this.#address;
  }

  /** Number of clients that are connected to it. */
  get connectionCount(): number {
    return this.#servings.current?.server.connectionCount ?? 0;
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

  /** Starts the server, unless it is started already. Resolves when it runs, or has failed, which is reported to the user. */
  start(): Promise<void> {
    return this.#servings.start();
  }

  /** Stops the server; the panel stays. Resolves when the port is free. */
  stop(reason?: string): Promise<void> {
    if (this.#servings.current) this.#showStopped(reason);
    return this.#servings.end();
  }

  /** Stops the server, and leaves the panel to the window: after a reload, it is restored. Resolves when the port is free. */
  close(): Promise<void> {
    this.#panel.leave();
    this.#end();
    return this.#servings.end();
  }

  #end(): void {
    for (const listener of [this.#trust, this.#shell]) listener.dispose();
    this.#file.dispose();
    this.#requests.close();
  }

  #create(): Serving {
    this.#requests.clear();
    const serving = newServing({
      session: this.#options,
      settings: this.#settings,
      kept: this.#port,
      onChange: () => this.#showPlaySoon(),
      onGiveUp: (count) => this.#showFile(givenUpText(this.#file.name, count)),
      onAnswer: (request, answer) => this.#requests.add(request, answer),
    });
    this.#panel.show({ type: 'server', server: { state: 'starting' } });
    this.#keep(false);
    return serving;
  }

  async #listen({ source, server }: Serving): Promise<void> {
    // The problem may be fixed meanwhile: VS Code doesn't always report a file that was recreated.
    if (!this.#file.isReady || this.#file.problem) await this.#file.read();
    const { isReady, problem } = this.#file;
    if (!isReady || problem) throw new Error(problem?.text);
    this.#file.load(source);
    await server.listen();
    this.#port = server.port;
    // The panel doesn't need a forwarded port, but clients on the machine where VS Code is shown do.
    void server.resolve();
  }

  #close({ server }: Serving): Promise<void> {
    this.#address = undefined;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const closed = server.close().then(() => this.#options.log.info(l10n.t('Stopped')));
    this.#showPlay();
    return closed;
  }

  async #fail(reason: string): Promise<void> {
    this.#options.log.error(l10n.t('Could not start: {0}', reason));
    await this.stop(reason);
    const { problem, uri } = this.#file;
    if (problem?.text === reason) void tellProblem(uri, problem, this.#options.turns);
    else void tellError(l10n.t('SSE Counter could not start: {0}', reason));
  }

  /** Plays the script that was read to new connections, unless the file has a problem. */
  #load(): void {
    const serving = this.#servings.current;
    this.#showFile();
    if (!serving || !this.#file.load(serving.source)) return;
    this.#options.log.info(l10n.t('{0} was read again', this.#file.name));
    this.#showAddress();
  }

  #showAddress(): void {
    const serving = this.#servings.current;
    if (serving && this.#address) this.#showServing(serving);
  }

  #showServing({ source, server }: Serving): void {
    this.#address = this.#file.addressOn(server.root, source);
    const { url: address, publish } = this.#address;
    this.#panel.show({ type: 'server', server: { state: 'serving', address, publish, note: server.note } });
    this.#keep(false);
    this.#showPlay();
  }

  #showStopped(reason?: string): void {
    this.#address = undefined;
    this.#panel.show({ type: 'server', server: { state: 'stopped', reason } });
    this.#keep(true);
  }

  /** @param note about the last reading of the file */
  #showFile(note?: string): void {
    if (note !== undefined) this.#options.log.warn(note);
    this.#panel.show({ type: 'file', file: this.#file.state(note) });
  }

  #keep(stopped: boolean): void {
    const isFolder = this.#file.isFolder || undefined;
    const state = { file: this.#file.uri.toString(), isFolder, stopped, ...this.#settings, port: this.#port };
    this.#panel.show({ type: 'keep', state });
    this.#options.onKeep?.(state);
  }

  #showPlay(): void {
    this.#panel.show({ type: 'play', play: playState(this.#servings.current?.source, this.#settings) });
  }

  #showPlaySoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#showPlay();
    }, SHOW_DELAY);
  }

  #receive(message: SessionMessage): void {
    const source = this.#servings.current?.source;
    if (message.type === 'command') {
      this.#run(message.command).catch((error: unknown) => tellFailure(error, this.#options.log));
    } else if (message.type === 'share') {
      this.#settings.shared = message.shared;
      source?.share(message.shared);
      this.#keep(!this.#servings.current);
    } else if (message.type === 'speed') {
      this.#settings.speed = message.speed;
      if (source) source.speed = message.speed;
      this.#showPlaySoon();
      this.#keep(!this.#servings.current);
    } else if (message.type === 'filterRequests') {
      this.#requests.filter(message.onlyRefused);
    } else if (message.type === 'clearRequests') {
      this.#requests.clear();
    } else if (message.type === 'stream') {
      const place = { content: this.#file, file: message.file, root: this.#address?.url, turns: this.#options.turns };
      runStreamAction(message.action, place).catch((error: unknown) => tellFailure(error, this.#options.log));
    } else if (message.type === 'publish') {
      if (source) this.#panel.tellPublished(publish(source, message));
    } else if (source) {
      control(source, message);
    }
  }

  async #run(command: MockAction): Promise<void> {
    if (command === 'start' || command === 'stop') return this[command]();
    await runMockAction(command, { file: this.#file, address: this.#address, turns: this.#options.turns });
  }
}
