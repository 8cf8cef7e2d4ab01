import { object, optional } from 'valibot';
import type { Disposable, Extension, WebviewPanel } from 'vscode';
import type { Turns } from '../../turns/turns';
import type { Log } from '../shared/output/log';
import { whenTabsAreKnown } from '../shared/panel/awaitedTab';
import { fieldsOf } from '../shared/panel/fields';
import { KeptPortSchema } from '../shared/panel/keptPort';
import { tabsOf } from '../shared/panel/leftOver';
import { ListeningMemory } from '../shared/panel/listeningMemory';
import type { WindowMemory } from '../shared/panel/panelTitles';
import { COUNTER_PANEL } from '../shared/panel/viewTypes';
import type { KeptPort } from '../shared/server/sessionServer';
import type { StreamAddress } from '../shared/server/streamAddress';
import { CounterSession } from './counterSession';

export interface CounterCommandsOptions {
  extension: Extension<unknown>;
  log: Log;
  memory: WindowMemory;
  /** The ports of the sessions that run in this window, with the titles of their panels. */
  ports: Map<number, string>;
  /** Those of all who are busy in this window. */
  turns: Turns;
}

/** There is one. */
const NAME = '';
/** Key of what VS Code keeps: the counter was stopped while its page wasn't there to keep that. */
const STOPPED_UNSEEN = 'sseCounter.stoppedUnseen';

/** The counter's commands, and the one session that there may be. */
export class CounterCommands {
  readonly #options: CounterCommandsOptions;
  readonly #listening: ListeningMemory<{ port?: KeptPort | undefined }>;
  readonly #awaiting: Disposable;
  #session: CounterSession | undefined;
  #ended: Promise<void> = Promise.resolve();

  constructor(options: CounterCommandsOptions) {
    this.#options = options;
    const { memory, log } = options;
    const state = object({ port: optional(KeptPortSchema) });
    this.#listening = new ListeningMemory(COUNTER_PANEL, state, memory, log);
    this.#awaiting = whenTabsAreKnown(() => this.#startUnseen());
  }

  /** Where the counter runs; none while it doesn't. */
  get address(): StreamAddress | undefined {
    return this.#session?.address;
  }

  /** Shows the panel, and starts the server. Resolves with where it runs; with nothing where it doesn't, which is told to the user. */
  async start(): Promise<StreamAddress | undefined> {
    this.#session ??= this.#open();
    this.#session.reveal();
    await this.#session.start();
    return this.address;
  }

  /** Goes on after the extension host was killed. */
  goOn(): Promise<unknown> {
    return this.start();
  }

  stop(): Promise<void> | undefined {
    if (this.#session?.isAwaited) this.#keepStopped(true);
    return this.#session?.stop();
  }

  /** Brings back the panel that VS Code kept while the window was reloaded, and the server unless it was stopped. */
  async restore(panel: WebviewPanel, state: unknown): Promise<void> {
    if (this.#session?.isAwaited) return this.#session.attach(panel);
    // There is one panel: the user may have opened it before VS Code came to restore this one.
    if (this.#session) return panel.dispose();
    this.#session = this.#open({ restored: panel });
    // What VS Code kept says whether the server was stopped.
    const isStopped = fieldsOf(state)['stopped'] === true || this.#options.memory.get(STOPPED_UNSEEN) === true;
    this.#keepStopped(false);
    return isStopped ? undefined : this.#session.start();
  }

  /** Resolves when every stream has ended and the port is free. The panel is left to the window. */
  close(): Promise<void> {
    this.#awaiting.dispose();
    return this.#session?.close() ?? this.#ended;
  }

  dispose(): void {
    void this.close();
  }

  /** Starts again what ran as the window was left, if its tab is there: VS Code brings back a panel only when it is shown. */
  #startUnseen(): void {
    const [left] = this.#listening.left;
    if (!left || this.#session) return;
    const [tab, ...others] = tabsOf(COUNTER_PANEL);
    if (tab && others.length === 0) {
      this.#session = this.#open({ awaited: tab.label });
      void this.#session.start();
    } else {
      this.#listening.miss(left);
    }
  }

  #keepStopped(stopped: boolean): void {
    const { memory, log } = this.#options;
    if ((memory.get(STOPPED_UNSEEN) === true) === stopped) return;
    memory.update(STOPPED_UNSEEN, stopped || undefined).then(undefined, (error: unknown) => log.error(error));
  }

  #open(panel: { restored?: WebviewPanel; awaited?: string } = {}): CounterSession {
    const onClose = (closed: Promise<void>) => {
      [this.#session, this.#ended] = [undefined, closed];
    };
    const onListening = (port: KeptPort | undefined) => {
      if (port) this.#keepStopped(false);
      if (port) this.#listening.keep(NAME, { port });
      else this.#listening.forget(NAME);
    };
    // Clients that it had know that port.
    const port = this.#listening.all[0]?.state.port;
    return new CounterSession({ ...this.#options, ...panel, port, after: this.#ended, onListening, onClose });
  }
}
