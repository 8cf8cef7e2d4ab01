import {
  boolean,
  check,
  type GenericSchema,
  integer,
  literal,
  maxLength,
  maxValue,
  minValue,
  number,
  object,
  optional,
  picklist,
  pipe,
  regex,
  safeParse,
  string,
  variant,
} from 'valibot';
import { env, l10n, type Uri, type WebviewPanel } from 'vscode';
import type { FromMockPage, ProxyName, ToMockPage } from '../../messages/mock';
import { isUri } from '../shared/file/uriText';
import type { Log } from '../shared/output/log';
import { tellFailure } from '../shared/output/tell';
import { KeptPortSchema } from '../shared/panel/keptPort';
import { PanelPage, type PanelPageOptions } from '../shared/panel/panelPage';
import { MOCK_PANEL } from '../shared/panel/viewTypes';
import { mockHtml } from './mockHtml';
import { MAX_FIELD, MAX_PUBLISHED, SPEEDS } from './mockState';
import { PROXY_CURES } from './proxyCures';

/** Schema of the page's state that VS Code keeps. */
export const MockStateSchema = object({
  file: pipe(string(), maxLength(10_000), check(isUri)),
  isFolder: optional(boolean()),
  stopped: boolean(),
  shared: boolean(),
  speed: optional(picklist(SPEEDS)),
  port: optional(KeptPortSchema),
});

type Message = Exclude<FromMockPage, { type: 'ready' | 'ping' }>;

/** Messages of the page that its session handles. */
export type SessionMessage = Exclude<Message, { type: 'copyCure' }>;

/** Maximum length of a path, and of the name of a file in its folder, in UTF-16 code units. */
const MAX_PATH = 4096;

/** Matches what stands in a field of one line: no line end, and no NUL, for which clients ignore an id. */
const ONE_LINE = /^[^\r\n\0]*$/;

const Messages: GenericSchema<unknown, Message> = variant('type', [
  object({
    type: literal('command'),
    command: picklist([
      'start',
      'stop',
      'copyUrl',
      'copyCurl',
      'runCurl',
      'openInBrowser',
      'inspect',
      'copyPublish',
      'openFile',
    ]),
  }),
  object({ type: literal('copyCure'), proxy: picklist(['vite', 'webpack', 'middleware', 'httpProxy']) }),
  object({ type: literal('pause'), paused: boolean() }),
  object({ type: picklist(['restart', 'dropAll', 'clearRequests']) }),
  object({
    type: literal('publish'),
    event: pipe(string(), maxLength(MAX_FIELD), regex(ONE_LINE)),
    id: pipe(string(), maxLength(MAX_FIELD), regex(ONE_LINE)),
    data: pipe(string(), maxLength(MAX_PUBLISHED)),
    path: optional(pipe(string(), maxLength(MAX_PATH))),
  }),
  object({
    type: literal('stream'),
    action: picklist(['open', 'copyCurl', 'inspect']),
    file: pipe(string(), maxLength(MAX_PATH)),
  }),
  object({ type: literal('share'), shared: boolean() }),
  object({ type: literal('speed'), speed: picklist(SPEEDS) }),
  object({ type: literal('filterRequests'), onlyRefused: boolean() }),
  object({ type: literal('drop'), id: pipe(number(), integer(), minValue(1), maxValue(Number.MAX_SAFE_INTEGER)) }),
  object({ type: literal('refuse'), times: pipe(number(), integer(), minValue(0), maxValue(Number.MAX_SAFE_INTEGER)) }),
]);

/** Messages that open or copy something, start and stop the server, or take long with a thousand connections. */
const ACTIONS: readonly Message['type'][] = [
  ...(['command', 'copyCure', 'stream'] as const),
  ...(['pause', 'restart', 'share', 'speed', 'publish', 'dropAll'] as const),
];

export interface MockPanelOptions {
  extensionUri: Uri;
  log: Log;
  /** Name of the served file. */
  name: string;
  /** Panel that VS Code kept while the window was reloaded. Default: a new one, with the focus. */
  restored?: WebviewPanel | undefined;
  /** See `PanelPageOptions`. */
  awaited?: string | undefined;
  named?: PanelPageOptions<Message>['named'];
  onMessage(message: SessionMessage): void;
  /** Called when the panel was shown or hidden. */
  onViewState(): void;
  onDispose(): void;
}

/** Webview panel of a served file. Keeps what it shows, so that a page rebuilt by VS Code shows it again. */
export class MockPanel {
  readonly #page: PanelPage<ToMockPage, Message>;
  readonly #title: string;
  readonly #shown = new Map<ToMockPage['type'], ToMockPage>();

  constructor({ name, ...options }: MockPanelOptions) {
    const { extensionUri, log } = options;
    this.#title = mockTitle(name);
    this.#page = new PanelPage({
      ...options,
      type: MOCK_PANEL,
      title: this.#title,
      read: (message) => {
        const { success, output } = safeParse(Messages, message);
        return success ? output : undefined;
      },
      isAction: ({ type }) => ACTIONS.includes(type),
      onMessage: (message) => {
        if (message.type !== 'copyCure') options.onMessage(message);
        else this.#copy(message.proxy).catch((error: unknown) => tellFailure(error, log));
      },
      html: (webview, nonce) => mockHtml({ webview, extensionUri, nonce, name }),
      onReady: () => {
        for (const message of this.#shown.values()) this.#post(message);
      },
      onViewState: () => {
        const play = this.#shown.get('play');
        if (play) this.#post(play);
        options.onViewState();
      },
    });
    this.#page.title = this.#title;
  }

  /** Whether VS Code has yet to restore the panel. */
  get isAwaited(): boolean {
    return this.#page.isAwaited;
  }

  get visible(): boolean {
    return this.#page.visible;
  }

  /** Attaches the awaited panel, which VS Code has restored. */
  attach(panel: WebviewPanel): void {
    this.#page.attach(panel);
    this.#page.title = this.#title;
  }

  /** Posts a message to the page, which replaces the previous one of its type. */
  show(message: Exclude<ToMockPage, { type: 'ended' | 'copied' | 'published' }>): void {
    this.#shown.set(message.type, message);
    this.#post(message);
  }

  /** Tells the page on how many connections its event was sent; undefined if it wasn't. */
  tellPublished(connections: number | undefined): void {
    this.#post({ type: 'published', connections });
  }

  reveal(): void {
    this.#page.reveal();
  }

  /** Leaves the panel to the window, because the extension ends. */
  leave(): void {
    this.#page.leave({ type: 'ended' });
  }

  async #copy(proxy: ProxyName): Promise<void> {
    await env.clipboard.writeText(`${PROXY_CURES[proxy].code}\n`);
    this.#post({ type: 'copied', proxy });
  }

  #post(message: ToMockPage): void {
    // These change often, and a hidden page doesn't need that.
    const isFrequent = message.type === 'play' || message.type === 'requests';
    if (!isFrequent || this.#page.visible) this.#page.post(message);
  }
}

/** Returns the title of a file's panel. @param name of the file */
export function mockTitle(name: string): string {
  return l10n.t('Stream of {0}', name);
}
