import type { BrowserContext, Page } from '@playwright/test';
import { FakePanel, Uri } from '../../support/vscode/index';
import type { PanelServer } from './panelServer';
import { inTheme, type ThemeName } from './theme';

export interface Message {
  type: string;
  [name: string]: unknown;
}

export interface PanelViewOptions {
  server: PanelServer;
  context: BrowserContext;
  theme: ThemeName;
}

/** A webview panel whose page is shown in a browser. Messages are passed as JSON in both directions, in order. */
export class PanelView {
  readonly panel = new FakePanel<Message, Message>();
  /** Messages of the page, except its pings and its questions about the timeline. */
  readonly said: Message[] = [];
  /** Its questions about the timeline, which it asks again and again, with their times. */
  readonly asked: (Message & { at: number })[] = [];
  /** State that VS Code keeps of the page. */
  state: unknown;
  /** Whether the extension host is gone, so that no message is passed on. */
  isHostGone = false;
  /** Errors on the way to the page. */
  readonly errors: unknown[] = [];
  readonly #url: string;
  readonly #options: PanelViewOptions;
  #page: Page | undefined;
  #html = '';
  #queue: string[] = [];
  #isPassing = false;

  constructor(options: PanelViewOptions) {
    const { server, theme } = options;
    this.#options = options;
    this.#url = server.add(() => inTheme(this.#html, theme));
    const { webview } = this.panel;
    Object.defineProperty(webview, 'html', {
      get: () => this.#html,
      set: (html: string) => this.#render(html),
    });
    webview.asWebviewUri = ({ path }) => new Uri(server.urlOf(path));
    const post = webview.postMessage;
    webview.postMessage = async (message) => {
      await post(message);
      this.#queue.push(JSON.stringify(message));
      void this.#pass();
      return true;
    };
  }

  /** Page of the panel; throws if it isn't open yet. */
  get page(): Page {
    if (!this.#page) throw new Error('The panel has no page yet.');
    return this.#page;
  }

  /** Opens the page in the browser. @param prepare is called before it is loaded */
  async open(prepare?: (page: Page) => Promise<unknown>): Promise<Page> {
    const { context } = this.#options;
    // The page that is there from the test before, reset, is as good as a new one, and there sooner.
    const page = context.pages().find((kept) => kept.url() === 'about:blank') ?? (await context.newPage());
    page.on('pageerror', (error) => this.errors.push(error));
    page.on('console', (message) => {
      if (/Content Security Policy/.test(message.text())) this.errors.push(message.text());
    });
    await page.exposeFunction('toHost', (kind: 'message' | 'state', text: string) => this.#receive(kind, text));
    await prepare?.(page);
    this.#page = page;
    await page.goto(this.#url);
    return page;
  }

  #render(html: string): void {
    this.#html = html;
    this.#queue = [];
    this.#page?.goto(this.#url).catch((error: unknown) => this.errors.push(error));
  }

  #receive(kind: 'message' | 'state', text: string): void {
    if (kind === 'state') {
      this.state = JSON.parse(text);
      return;
    }
    const message = JSON.parse(text) as Message;
    if (message.type === 'timeline') this.asked.push({ ...message, at: performance.now() });
    else if (message.type !== 'ping') this.said.push(message);
    if (!this.isHostGone) this.panel.say(message);
  }

  async #pass(): Promise<void> {
    if (this.#isPassing) return;
    this.#isPassing = true;
    while (this.#queue.length > 0) {
      const texts = this.#queue.splice(0);
      if (this.isHostGone || !this.#page) continue;
      const html = this.#html;
      try {
        await this.#page.evaluate(deliver, texts);
      } catch (error) {
        // A page that was closed, rebuilt or reloaded gets no more messages.
        const isReloaded = /Execution context was destroyed/.test(String(error));
        if (!this.#page.isClosed() && !isReloaded && html === this.#html) this.errors.push(error);
      }
    }
    this.#isPassing = false;
  }
}

/** Posts the messages. Runs in the page. */
function deliver(texts: string[]): void {
  for (const text of texts) window.postMessage(JSON.parse(text), '*');
}
