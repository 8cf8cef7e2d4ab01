import { randomBytes } from 'node:crypto';
import type { Uri, WebviewPanel } from 'vscode';
import type { FromInspectorPage, ToInspectorPage } from '../messages/inspector';
import { inspectorHtml } from './inspectorHtml';
import { openPanel, tabTitle } from './openPanel';
import { INSPECTOR_PANEL } from './panelTypes';

export interface InspectorPanelHandlers {
  /** The page is there, or there anew: it knows nothing. */
  onReady(): void;
  /** The page is seen again. */
  onVisible(): void;
  onMessage(message: FromInspectorPage): void;
  onDispose(): void;
}

/** One of the inspector's webview panels. */
export class InspectorPanel {
  readonly #panel: WebviewPanel;
  readonly #page = randomBytes(16).toString('base64url');
  #ready = false;

  /** @param restored the panel that VS Code kept while the window was reloaded; else a new one opens, with the focus */
  constructor(extensionUri: Uri, handlers: InspectorPanelHandlers, restored?: WebviewPanel) {
    this.#panel = openPanel({ extensionUri, type: INSPECTOR_PANEL, title: 'Event Stream', restored });
    const { webview } = this.#panel;
    webview.onDidReceiveMessage((message: FromInspectorPage) => this.#receive(message, handlers));
    this.#panel.onDidChangeViewState(() => this.visible && handlers.onVisible());
    this.#panel.onDidDispose(() => {
      this.#ready = false;
      handlers.onDispose();
    });
    webview.html = inspectorHtml({ webview, extensionUri, nonce: this.#page });
  }

  get visible(): boolean {
    return this.#panel.visible;
  }

  set title(title: string) {
    this.#panel.title = tabTitle(title);
  }

  /** Tells the page, if it is there: one that comes later asks for all. */
  post(message: ToInspectorPage): void {
    if (this.#ready) void this.#panel.webview.postMessage(message);
  }

  dispose(): void {
    this.#panel.dispose();
  }

  #receive(message: FromInspectorPage, handlers: InspectorPanelHandlers): void {
    if (message.type !== 'ready') {
      handlers.onMessage(message);
    } else if (message.page === this.#page) {
      this.#ready = true;
      handlers.onReady();
    }
  }
}
