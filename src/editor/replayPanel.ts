import { randomBytes } from 'node:crypto';
import { l10n, type Uri, type WebviewPanel } from 'vscode';
import type { FromReplayPage, ToReplayPage } from '../messages/replay';
import { openPanel, tabTitle } from './openPanel';
import { REPLAY_PANEL } from './panelTypes';
import { replayHtml } from './replayHtml';

export interface ReplayPanelOptions {
  extensionUri: Uri;
  /** Of the file that is served. */
  name: string;
  /** The panel that VS Code kept while the window was reloaded. Default: a new one, with the focus. */
  restored?: WebviewPanel | undefined;
  onMessage(message: Exclude<FromReplayPage, { type: 'ready' }>): void;
  onDispose(): void;
}

/** The webview panel of a served file. It keeps what it shows, so that a page that VS Code makes anew shows it again. */
export class ReplayPanel {
  readonly #panel: WebviewPanel;
  readonly #page = randomBytes(16).toString('base64url');
  readonly #shown = new Map<ToReplayPage['type'], ToReplayPage>();
  #ready = false;

  constructor({ extensionUri, name, restored, onMessage, onDispose }: ReplayPanelOptions) {
    const title = l10n.t('Stream of {0}', name);
    this.#panel = openPanel({ extensionUri, type: REPLAY_PANEL, title, restored });
    this.#panel.title = tabTitle(title);
    const { webview } = this.#panel;
    webview.onDidReceiveMessage((message: FromReplayPage) => {
      if (message.type !== 'ready') onMessage(message);
      else if (message.page === this.#page) this.#greet();
    });
    this.#panel.onDidChangeViewState(() => {
      const play = this.#shown.get('play');
      if (play) this.#post(play);
    });
    this.#panel.onDidDispose(() => {
      this.#ready = false;
      onDispose();
    });
    webview.html = replayHtml({ webview, extensionUri, nonce: this.#page, name });
  }

  /** Tells the page, in place of what it was told of that type before. */
  show(message: Exclude<ToReplayPage, { type: 'ended' }>): void {
    this.#shown.set(message.type, message);
    this.#post(message);
  }

  reveal(): void {
    this.#panel.reveal();
  }

  /** The extension ends; the panel is left to the window, and its page is told no more. */
  leave(): void {
    this.#post({ type: 'ended' });
    this.#ready = false;
  }

  #greet(): void {
    this.#ready = true;
    for (const message of this.#shown.values()) this.#post(message);
  }

  #post(message: ToReplayPage): void {
    // What is played changes often: no page that is out of sight needs that.
    if (this.#ready && (message.type !== 'play' || this.#panel.visible)) void this.#panel.webview.postMessage(message);
  }
}
