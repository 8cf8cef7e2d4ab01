import { randomBytes } from 'node:crypto';
import { l10n, type Uri, type Webview, type WebviewPanel } from 'vscode';
import { fieldsOf } from './fields';
import type { Log } from './log';
import { openPanel, type PanelKind, tabTitle } from './openPanel';
import type { PanelTitles } from './panelTitles';

/** Messages of each page, whatever it shows. */
type Common =
  | {
      type: 'ready';
      /** The nonce of the HTML that speaks. */
      page: string;
      /** `Origin` of the page's requests. */
      origin: string;
    }
  /** Asks whether the extension is there. */
  | { type: 'ping' };

/** Maximum length of a nonce, in UTF-16 code units: ours have 22. */
const MAX_PAGE = 100;
/** Maximum length of an origin, in UTF-16 code units: a webview's has about 100. */
const MAX_ORIGIN = 1000;
/** Number of malformed messages that are logged: a page that is not ours any more must not fill the log. */
const MAX_LOGGED = 10;

export interface PanelPageOptions<Message> {
  extensionUri: Uri;
  /** The panel's view type. */
  type: string;
  title: string;
  /** Where there may be several panels of the type: their titles, and the name of this one among them. */
  named?: { titles: PanelTitles; name: string } | undefined;
  /** The panel that VS Code kept while the window was reloaded. Default: a new one, with the focus. */
  restored?: WebviewPanel | undefined;
  /** As of `PanelKind`. */
  place?: PanelKind['place'];
  log: Log;
  /** Returns a message of this page, beside those of each, if its shape, ranges and lengths are right. */
  read(message: unknown): Message | undefined;
  /** Returns the page's document. @param nonce unguessable, new for each rendering */
  html(webview: Webview, nonce: string): string;
  /** The page is there, or there anew: it knows nothing. */
  onReady(origin: string): void;
  onMessage(message: Message): void;
  /** The panel was shown or hidden. */
  onViewState?(): void;
  onDispose(): void;
}

/**
 * A webview panel and its page. A message of the page is checked before anyone acts on it: one of another shape is
 * logged, and not told to the person, who can't help it.
 */
export class PanelPage<To extends { type: string }, Message extends { type: string }> {
  readonly #options: PanelPageOptions<Message>;
  readonly #panel: WebviewPanel;
  #nonce = '';
  #ready = false;
  #disposed = false;
  #malformed = 0;

  constructor(options: PanelPageOptions<Message>) {
    this.#options = options;
    const { named, restored } = options;
    if (restored) named?.titles.adopt(named.name, restored.title);
    this.#panel = openPanel(options, (title) => this.#take(title));
    // The panel ends its own listeners when it is disposed.
    this.#panel.webview.onDidReceiveMessage((message: unknown) => this.#receive(message));
    this.#panel.onDidChangeViewState(() => options.onViewState?.());
    this.#panel.onDidDispose(() => {
      [this.#ready, this.#disposed] = [false, true];
      named?.titles.release(named.name);
      options.onDispose();
    });
    this.render();
  }

  /** Whether the panel can be seen. VS Code lets no one ask one that was closed. */
  get visible(): boolean {
    return !this.#disposed && this.#panel.visible;
  }

  set title(title: string) {
    if (!this.#disposed) this.#panel.title = this.#take(tabTitle(title));
  }

  reveal(): void {
    this.#panel.reveal();
  }

  /** Makes the page anew. */
  render(): void {
    this.#ready = false;
    this.#nonce = randomBytes(16).toString('base64url');
    const { webview } = this.#panel;
    webview.html = this.#options.html(webview, this.#nonce);
  }

  /** Tells the page, if it is there: one that comes later asks for all. */
  post(message: To): void {
    if (this.#ready) void this.#panel.webview.postMessage(message);
  }

  /** Tells the page for the last time: the extension ends, and the panel is left to the window. */
  leave(message: To): void {
    this.post(message);
    this.#ready = false;
  }

  #take(title: string): string {
    const { named } = this.#options;
    return named ? named.titles.take(named.name, title) : title;
  }

  #receive(message: unknown): void {
    const common = readCommon(message);
    if (common) {
      this.#receiveCommon(common);
      return;
    }
    const read = this.#options.read(message);
    if (read) {
      this.#options.onMessage(read);
    } else {
      this.#malformed += 1;
      if (this.#malformed <= MAX_LOGGED)
        this.#options.log.warn(l10n.t('A page sent a malformed message: {0}', describe(message)));
    }
  }

  #receiveCommon(message: Common): void {
    if (message.type === 'ping') {
      void this.#panel.webview.postMessage({ type: 'pong' });
    } else if (message.page === this.#nonce) {
      // A page that was replaced while it loaded is not the one to talk to.
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

/** Names the message by its type alone: the rest may hold secrets. */
function describe(message: unknown): string {
  const { type } = fieldsOf(message);
  return typeof type === 'string' ? type.slice(0, 100) : typeof message;
}
