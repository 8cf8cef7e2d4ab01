import { randomBytes } from 'node:crypto';
import { Uri, ViewColumn, type WebviewPanel, window } from 'vscode';
import type { CounterCommand, FromCounterPage, ToCounterPage } from '../messages';
import { panelHtml, resourceRoots } from './panelHtml';

export interface PanelHandlers {
  /** The page is there; `origin` is what its requests will carry. Comes again when VS Code makes the page anew. */
  onReady(origin: string): void;
  onCommand(command: CounterCommand): void;
  onDispose(): void;
}

/** The counter's webview panel. It keeps what it shows, so that a page that VS Code makes anew shows it again. */
export class Panel {
  readonly #extensionUri: Uri;
  readonly #panel: WebviewPanel;
  #state: ToCounterPage = { type: 'starting' };
  #connections: ToCounterPage = { type: 'connections', count: 0 };
  #connectTo: string | undefined;
  #nonce = '';
  #ready = false;

  constructor(extensionUri: Uri, handlers: PanelHandlers) {
    this.#extensionUri = extensionUri;
    this.#panel = window.createWebviewPanel('sseCounter', 'SSE Counter', ViewColumn.Active, {
      enableScripts: true,
      // Without it the page, and so the count, would end whenever its tab is hidden.
      retainContextWhenHidden: true,
      localResourceRoots: resourceRoots(extensionUri),
    });
    this.#panel.iconPath = Uri.joinPath(extensionUri, 'media', 'icon.png');
    // The panel ends its own listeners when it is disposed.
    this.#panel.webview.onDidReceiveMessage((message: FromCounterPage) => this.#receive(message, handlers));
    this.#panel.onDidDispose(() => {
      this.#ready = false;
      handlers.onDispose();
    });
    this.#render();
  }

  reveal(): void {
    this.#panel.reveal();
  }

  /** The server listens: the page may connect to that stream, and nowhere else. */
  showRunning(address: string, streamUrl: string): void {
    this.#state = { type: 'running', address, streamUrl };
    const { origin } = new URL(streamUrl);
    if (origin === this.#connectTo) {
      this.#post(this.#state);
    } else {
      // Where a page may connect to stands in its HTML.
      this.#connectTo = origin;
      this.#render();
    }
  }

  showStarting(): void {
    this.#state = { type: 'starting' };
    this.#post(this.#state);
  }

  showStopped(reason?: string): void {
    this.#state = reason === undefined ? { type: 'stopped' } : { type: 'stopped', reason };
    this.#post(this.#state);
  }

  showConnections(count: number): void {
    this.#connections = { type: 'connections', count };
    this.#post(this.#connections);
  }

  dispose(): void {
    this.#panel.dispose();
  }

  #render(): void {
    this.#ready = false;
    this.#nonce = randomBytes(16).toString('base64url');
    this.#panel.webview.html = panelHtml({
      webview: this.#panel.webview,
      extensionUri: this.#extensionUri,
      nonce: this.#nonce,
      connectTo: this.#connectTo,
    });
  }

  #receive(message: FromCounterPage, handlers: PanelHandlers): void {
    if (message.type === 'command') {
      handlers.onCommand(message.command);
    } else if (message.page === this.#nonce) {
      // A page that was replaced while it loaded is not the one to talk to.
      this.#ready = true;
      handlers.onReady(message.origin);
      this.#post(this.#state);
      this.#post(this.#connections);
    }
  }

  /** A page that isn't ready gets it all when it is. */
  #post(message: ToCounterPage): void {
    if (this.#ready) void this.#panel.webview.postMessage(message);
  }
}
