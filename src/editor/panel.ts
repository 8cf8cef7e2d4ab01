import { randomBytes } from 'node:crypto';
import { TabInputWebview, type Uri, type WebviewPanel, window } from 'vscode';
import type { CounterCommand, FromCounterPage, RelayEvent, ToCounterPage } from '../messages/counter';
import { openPanel } from './openPanel';
import { panelHtml } from './panelHtml';
import { COUNTER_PANEL } from './panelTypes';

export interface PanelHandlers {
  /** The page is there; `origin` is what its requests will carry. Comes again when VS Code makes the page anew. */
  onReady(origin: string): void;
  onCommand(command: CounterCommand): void;
  /** The page could not reach the stream. */
  onLost(): void;
  /** The page wants the stream's events from here, read as that attempt; or no more. */
  onRelay(attempt: number | undefined): void;
  onDispose(): void;
}

/** What the page is told of the server. */
type PanelState =
  | { type: 'starting' }
  | { type: 'running'; address: string; streamUrl: string }
  | { type: 'stopped'; reason?: string };

/** How many attempts a page may make before it is told again that the server runs: more than in a hundred years. */
const ATTEMPTS = 1_000_000_000;

/** The counter's webview panel. It keeps what it shows, so that a page that VS Code makes anew shows it again. */
export class Panel {
  readonly #extensionUri: Uri;
  readonly #panel: WebviewPanel;
  #state: PanelState = { type: 'stopped' };
  #timesRunning = 0;
  #connections: ToCounterPage = { type: 'connections', count: 0 };
  #connectTo: string | undefined;
  #nonce = '';
  #ready = false;

  /** @param restored the panel that VS Code kept while the window was reloaded; else a new one opens, with the focus */
  constructor(extensionUri: Uri, handlers: PanelHandlers, restored?: WebviewPanel) {
    this.#extensionUri = extensionUri;
    if (!restored) closeLeft();
    this.#panel = openPanel({ extensionUri, type: COUNTER_PANEL, title: 'SSE Counter', restored });
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

  /** The server listens: the page may connect to that stream, and nowhere else. Said again, it changes nothing. */
  showRunning(address: string, streamUrl: string): void {
    if (this.#state.type === 'running' && this.#state.streamUrl === streamUrl) return;
    this.#state = { type: 'running', address, streamUrl };
    const { origin } = new URL(streamUrl);
    if (origin === this.#connectTo) {
      this.#postState();
    } else {
      // Where a page may connect to stands in its HTML.
      this.#connectTo = origin;
      this.#render();
    }
  }

  showStarting(): void {
    this.#state = { type: 'starting' };
    this.#postState();
  }

  showStopped(reason?: string): void {
    this.#state = reason === undefined ? { type: 'stopped' } : { type: 'stopped', reason };
    this.#postState();
  }

  showConnections(count: number): void {
    this.#connections = { type: 'connections', count };
    this.#post(this.#connections);
  }

  showRelay(event: RelayEvent): void {
    this.#post({ type: 'relay', event });
  }

  /** The extension ends; the panel is left to the window, and its page is told no more. */
  leave(): void {
    this.#post({ type: 'ended' });
    this.#ready = false;
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
    switch (message.type) {
      case 'command':
        handlers.onCommand(message.command);
        break;
      case 'lost':
        handlers.onLost();
        break;
      case 'relay':
        handlers.onRelay(message.attempt);
        break;
      case 'ready':
        // A page that was replaced while it loaded is not the one to talk to.
        if (message.page === this.#nonce) this.#greet(message.origin, handlers);
    }
  }

  #greet(origin: string, handlers: PanelHandlers): void {
    this.#ready = true;
    handlers.onReady(origin);
    this.#postState();
    this.#post(this.#connections);
  }

  #postState(): void {
    if (this.#state.type !== 'running') this.#post(this.#state);
    else this.#post({ ...this.#state, firstAttempt: ++this.#timesRunning * ATTEMPTS });
  }

  /** A page that isn't ready gets it all when it is. */
  #post(message: ToCounterPage): void {
    if (this.#ready) void this.#panel.webview.postMessage(message);
  }
}

/** Closes what an extension host that crashed has left: VS Code shows it still, and passes nothing on. */
function closeLeft(): void {
  const tabs = window.tabGroups.all.flatMap((group) => group.tabs);
  const left = tabs.filter(({ input }) => input instanceof TabInputWebview && input.viewType.endsWith(COUNTER_PANEL));
  if (left.length > 0) void window.tabGroups.close(left);
}
