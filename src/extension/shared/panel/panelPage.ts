import { randomBytes } from 'node:crypto';
import { type Disposable, l10n, type Uri, type Webview, type WebviewPanel } from 'vscode';
import type { Log } from '../output/log';
import { watchTab } from './awaitedTab';
import { fieldsOf } from './fields';
import { closeLeftOver } from './leftOver';
import { MessageLimit } from './messageLimit';
import { openPanel, type PanelKind, tabTitle } from './openPanel';
import type { PanelTitles } from './panelTitles';

/** Messages that every page sends. */
type Common =
  | {
      type: 'ready';
      /** Nonce of the HTML that sends the message. */
      page: string;
      /** Value of `Origin` in the page's requests. */
      origin: string;
    }
  /** Asks whether the extension host is alive. */
  | { type: 'ping' };

/** Maximum length of a nonce, in UTF-16 code units; ours have 22. */
const MAX_PAGE = 100;
/** Maximum length of an origin, in UTF-16 code units; a webview's has about 100. */
const MAX_ORIGIN = 1000;
/** Maximum number of malformed messages that are logged, so that a page out of control can't fill the log. */
const MAX_LOGGED = 10;

export interface PanelPageOptions<Message> {
  extensionUri: Uri;
  /** The panel's view type. */
  type: string;
  title: string;
  /** If there may be several panels of the type: their titles, and the name of this one among them. */
  named?: { titles: PanelTitles; name: string } | undefined;
  /** Panel that VS Code kept while the window was reloaded. Default: a new one, with the focus. */
  restored?: WebviewPanel | undefined;
  /** Title of a tab whose panel VS Code hasn't restored yet; it is attached later. Default: none. */
  awaited?: string | undefined;
  /** Position of a new panel, see `PanelKind`. */
  place?: PanelKind['place'];
  log: Log;
  /** Returns one of this page's own messages if its shape, ranges and lengths are valid; undefined if not. */
  read(message: unknown): Message | undefined;
  /** Whether the message opens, copies, saves or sends something, or takes long: a page may send fewer of these. */
  isAction(message: Message): boolean;
  /** Returns the page's document. @param nonce unguessable, new for each rendering */
  html(webview: Webview, nonce: string): string;
  /** Called when the page has loaded, or was rebuilt: it has no state yet. */
  onReady(origin: string): void;
  onMessage(message: Message): void;
  /** Called when the panel was shown or hidden. */
  onViewState?(): void;
  /** Called when the panel was closed, or the tab of an awaited panel. */
  onDispose(): void;
}

/**
 * A webview panel and its page. Messages from the page are validated first; an invalid one is logged, but not reported to
 * the user, who can't do anything about it.
 */
export class PanelPage<To extends { type: string }, Message extends { type: string }> {
  readonly #options: PanelPageOptions<Message>;
  /** Undefined while the panel is awaited. */
  #panel: WebviewPanel | undefined;
  #awaited: Disposable | undefined;
  #nonce = '';
  #ready = false;
  #disposed = false;
  #malformed = 0;
  readonly #limit = new MessageLimit();
  /** Whether it was logged that messages are ignored. */
  #isFlooded = false;

  constructor(options: PanelPageOptions<Message>) {
    this.#options = options;
    const { type, restored, awaited } = options;
    if (awaited === undefined) this.attach(restored);
    else this.#awaited = watchTab(type, awaited, () => this.#close());
  }

  /** Shows the page in the panel that was awaited. @param restored Default: a new panel */
  attach(restored?: WebviewPanel): void {
    const { named, onViewState } = this.#options;
    this.#awaited?.dispose();
    if (restored) named?.titles.adopt(named.name, restored.title);
    const panel = openPanel({ ...this.#options, restored }, (title) => this.#takeTitle(title));
    this.#panel = panel;
    // The panel disposes these listeners with itself.
    panel.webview.onDidReceiveMessage((message: unknown) => this.#receive(panel, message));
    panel.onDidChangeViewState(() => onViewState?.());
    panel.onDidDispose(() => this.#close());
    this.render();
  }

  /** Whether VS Code has yet to restore the panel. */
  get isAwaited(): boolean {
    return !this.#panel && !this.#disposed;
  }

  /** Whether the panel is visible. VS Code throws if a closed panel is asked. */
  get visible(): boolean {
    return !this.#disposed && this.#panel?.visible === true;
  }

  set title(title: string) {
    if (!this.#disposed && this.#panel) this.#panel.title = this.#takeTitle(tabTitle(title));
  }

  /** Whether the page has loaded: messages before that don't reach it. */
  get ready(): boolean {
    return this.#ready;
  }

  /** Whether it is the editor that the user works in. */
  get active(): boolean {
    return !this.#disposed && this.#panel?.active === true;
  }

  /** Brings the panel to the front, unless it was closed. An awaited one is replaced by a new one, because only the user can show its tab. */
  reveal(): void {
    // It may have been closed while the user was being asked something.
    if (this.#disposed) return;
    if (this.#panel) this.#panel.reveal();
    else this.#replaceAwaited();
  }

  /** Rebuilds the page. */
  render(): void {
    if (!this.#panel) return;
    this.#ready = false;
    this.#nonce = randomBytes(16).toString('base64url');
    const { webview } = this.#panel;
    webview.html = this.#options.html(webview, this.#nonce);
  }

  /** Posts a message to the page if it is ready; a page that loads later asks for everything. */
  post(message: To): void {
    if (this.#ready) void this.#panel?.webview.postMessage(message);
  }

  /** Posts the last message to the page: the extension ends, and the panel is left to the window. */
  leave(message: To): void {
    this.post(message);
    this.#ready = false;
    this.#awaited?.dispose();
  }

  #replaceAwaited(): void {
    const { named, type } = this.#options;
    this.#awaited?.dispose();
    if (named) void named.titles.closeLeft(named.name);
    else closeLeftOver(type);
    this.attach();
  }

  #close(): void {
    [this.#ready, this.#disposed] = [false, true];
    const { named, onDispose } = this.#options;
    named?.titles.release(named.name);
    onDispose();
  }

  #takeTitle(title: string): string {
    const { named } = this.#options;
    return named ? named.titles.take(named.name, title) : title;
  }

  #receive(panel: WebviewPanel, message: unknown): void {
    if (!this.#limit.take()) {
      this.#noteFlood();
      return;
    }
    const common = readCommon(message);
    if (common) {
      this.#receiveCommon(panel, common);
      return;
    }
    const read = this.#options.read(message);
    if (read && this.#options.isAction(read) && !this.#limit.takeAction()) {
      this.#noteFlood();
    } else if (read) {
      this.#options.onMessage(read);
    } else {
      this.#malformed += 1;
      if (this.#malformed <= MAX_LOGGED)
        this.#options.log.warn(l10n.t('A page sent a malformed message: {0}', describe(message)));
    }
  }

  #noteFlood(): void {
    if (!this.#isFlooded) this.#options.log.warn(l10n.t('A page sends too many messages: some are ignored.'));
    this.#isFlooded = true;
  }

  #receiveCommon(panel: WebviewPanel, message: Common): void {
    if (message.type === 'ping') {
      void panel.webview.postMessage({ type: 'pong' });
    } else if (message.page === this.#nonce && !this.#limit.takeLoad()) {
      this.#noteFlood();
    } else if (message.page === this.#nonce) {
      // Ignores a page that was replaced while it loaded.
      this.#ready = true;
      this.#options.onReady(message.origin);
    }
  }
}

function readCommon(message: unknown): Common | undefined {
  const { type, page, origin = '' } = fieldsOf(message);
  if (type === 'ping') return { type };
  const isReady = type === 'ready' && isText(page, MAX_PAGE) && isText(origin, MAX_ORIGIN);
  return isReady ? { type, page, origin } : undefined;
}

function isText(value: unknown, max: number): value is string {
  return typeof value === 'string' && value.length <= max;
}

/** Returns the message's type only: the rest may contain secrets. */
function describe(message: unknown): string {
  const { type } = fieldsOf(message);
  return typeof type === 'string' ? type.slice(0, 100) : typeof message;
}
