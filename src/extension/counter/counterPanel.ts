import type { Uri, WebviewPanel } from 'vscode';
import type { CounterCommand, FromCounterPage, RelayEvent, ToCounterPage } from '../../messages/counter';
import type { Log } from '../shared/output/log';
import { fieldsOf } from '../shared/panel/fields';
import { closeLeftOver } from '../shared/panel/leftOver';
import { PanelPage } from '../shared/panel/panelPage';
import { COUNTER_PANEL } from '../shared/panel/viewTypes';
import { panelHtml } from './counterHtml';

type Message = Exclude<FromCounterPage, { type: 'ready' | 'ping' }>;

export const PANEL_TITLE = 'SSE Counter';

const COMMANDS: readonly CounterCommand[] = ['start', 'copyUrl', 'copyCurl', 'runCurl', 'openInBrowser', 'inspect'];

export interface CounterPanelOptions {
  extensionUri: Uri;
  log: Log;
  /** Panel that VS Code kept while the window was reloaded. Default: a new one, with the focus. */
  restored?: WebviewPanel | undefined;
  /** See `PanelPageOptions`. */
  awaited?: string | undefined;
  /** Called with the `Origin` of its requests when the page has loaded, and again when VS Code rebuilds it. */
  onReady(origin: string): void;
  onCommand(command: CounterCommand): void;
  /** Called when the page could not reach the stream. */
  onLost(): void;
  /** Called when the page wants the stream relayed, read as that attempt; undefined: no longer. */
  onRelay(attempt: number | undefined): void;
  onDispose(): void;
}

/** State of the server as sent to the page. */
type PanelState =
  | { type: 'starting' }
  | { type: 'running'; address: string; note: string | undefined; streamUrl: string }
  | { type: 'stopped'; reason?: string };

/** Number of attempts reserved for a page until it is told again that the server runs: enough for a hundred years. */
const ATTEMPTS = 1_000_000_000;

/** The counter's webview panel. Keeps what it shows, so that a page rebuilt by VS Code shows it again. */
export class CounterPanel {
  readonly #page: PanelPage<ToCounterPage, Message>;
  #state: PanelState = { type: 'stopped' };
  #timesRunning = 0;
  #connections: ToCounterPage = { type: 'connections', count: 0 };
  #connectTo: string | undefined;

  constructor(options: CounterPanelOptions) {
    const { extensionUri, restored, awaited } = options;
    if (!restored && awaited === undefined) closeLeftOver(COUNTER_PANEL);
    this.#page = new PanelPage({
      ...options,
      type: COUNTER_PANEL,
      title: PANEL_TITLE,
      read,
      // Each asks VS Code, or makes a request.
      isAction: () => true,
      html: (webview, nonce) => panelHtml({ webview, extensionUri, nonce, connectTo: this.#connectTo }),
      onReady: (origin) => {
        options.onReady(origin);
        this.#postState();
        this.#page.post(this.#connections);
      },
      onMessage: (message) => receive(message, options),
    });
  }

  /** Whether VS Code has yet to restore the panel. */
  get isAwaited(): boolean {
    return this.#page.isAwaited;
  }

  /** Attaches the awaited panel, which VS Code has restored. */
  attach(panel: WebviewPanel): void {
    this.#page.attach(panel);
  }

  reveal(): void {
    this.#page.reveal();
  }

  /**
   * Shows that the server listens, and allows the page to connect to that stream only. Does nothing if the stream
   * is the same.
   * @param note about the address
   */
  showRunning(address: string, streamUrl: string, note: string | undefined): void {
    if (this.#state.type === 'running' && this.#state.streamUrl === streamUrl) return;
    this.#state = { type: 'running', address, note, streamUrl };
    const { origin } = new URL(streamUrl);
    if (origin === this.#connectTo) {
      this.#postState();
    } else {
      // The allowed origin is part of the page's HTML.
      this.#connectTo = origin;
      this.#page.render();
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
    this.#page.post(this.#connections);
  }

  /** Shows next to the buttons that something was copied. */
  showCopied(note: string): void {
    this.#page.post({ type: 'copied', note });
  }

  showRelay(event: RelayEvent): void {
    this.#page.post({ type: 'relay', event });
  }

  /** Leaves the panel to the window, because the extension ends. */
  leave(): void {
    this.#page.leave({ type: 'ended' });
  }

  #postState(): void {
    if (this.#state.type !== 'running') this.#page.post(this.#state);
    else this.#page.post({ ...this.#state, firstAttempt: ++this.#timesRunning * ATTEMPTS });
  }
}

function read(message: unknown): Message | undefined {
  const fields = fieldsOf(message);
  const { type, attempt } = fields;
  const command = COMMANDS.find((one) => one === fields['command']);
  if (type === 'command' && command) return { type, command };
  if (type === 'lost') return { type };
  if (type !== 'relay') return undefined;
  if (!Object.hasOwn(fields, 'attempt')) return { type };
  return isAttempt(attempt) ? { type, attempt } : undefined;
}

function isAttempt(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function receive(message: Message, handlers: CounterPanelOptions): void {
  switch (message.type) {
    case 'command':
      handlers.onCommand(message.command);
      break;
    case 'lost':
      handlers.onLost();
      break;
    case 'relay':
      handlers.onRelay(message.attempt);
  }
}
