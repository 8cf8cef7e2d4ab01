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
import type { KeptPort, WindowPorts } from '../shared/server/sessionServer';
import type { StreamAddress } from '../shared/server/streamAddress';
import { CounterSession } from './counterSession';

export interface CounterCommandsOptions {
  extension: Extension<unknown>;
  log: Log;
  memory: WindowMemory;
  /** Ports of the window's servers. */
  ports: WindowPorts;
  /** Turn scheduler shared by all work in this window. */
  turns: Turns;
}

/** Name of the panel, empty because there is only one. */
const NAME = '';
/** Key of the stored flag that the counter was stopped while it had no page to store that. */
const STOPPED_UNSEEN = 'sseCounter.stoppedUnseen';

/** The counter's commands, and its session, of which there is at most one. */
export class CounterCommands {
  readonly #options: CounterCommandsOptions;
  readonly #listening: ListeningMemory<{ port?: KeptPort | undefined }>;
  readonly #awaiting: Disposable;
  #session: CounterSession | undefined;
  #ended: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(options: CounterCommandsOptions) {
    this.#options = options;
    const { memory, log } = options;
    const state = object({ port: optional(KeptPortSchema) });
    this.#listening = new ListeningMemory(COUNTER_PANEL, state, memory, log);
    this.#awaiting = whenTabsAreKnown(() => this.#startUnseen());
  }

  /** Address of the running counter; undefined while it is stopped. */
  get address(): StreamAddress | undefined {
    return this.#session?.address;
  }

  /**
   * Shows the panel, and starts the server. Resolves with its address; undefined if it failed, which is reported
   * to the user, or the window has ended.
   */
  async start(): Promise<StreamAddress | undefined> {
    if (this.#isClosed) return undefined;
    this.#session ??= this.#open();
    this.#session.reveal();
    await this.#session.start();
    return this.address;
  }

  /** Starts again after the extension host was killed. */
  goOn(): Promise<unknown> {
    return this.start();
  }

  stop(): Promise<void> | undefined {
    if (this.#session?.isAwaited) this.#keepStopped(true);
    return this.#session?.stop();
  }

  /** Restores the panel that VS Code kept while the window was reloaded, and the server unless it was stopped. */
  async restore(panel: WebviewPanel, state: unknown): Promise<void> {
    if (this.#isClosed) return;
    if (this.#session?.isAwaited) return this.#session.attach(panel);
    // There is only one panel: the user may have opened it before VS Code restored this one.
    if (this.#session) return panel.dispose();
    this.#session = this.#open({ restored: panel });
    // The kept state tells whether the server was stopped.
    const isStopped = fieldsOf(state)['stopped'] === true || this.#options.memory.get(STOPPED_UNSEEN) === true;
    this.#keepStopped(false);
    return isStopped ? undefined : this.#session.start();
  }

  /** Resolves when every stream has ended and the port is free. Leaves the panel to the window. */
  close(): Promise<void> {
    this.#isClosed = true;
    this.#awaiting.dispose();
    return this.#session?.close() ?? this.#ended;
  }

  dispose(): void {
    void this.close();
  }

  /** Restarts a server that ran when the window was left, if its tab is there: VS Code restores a panel only when shown. */
  #startUnseen(): void {
    const [left] = this.#listening.left;
    if (!left || this.#session) return;
    const [tab, ...others] = tabsOf(COUNTER_PANEL);
    if (tab && others.length === 0) {
      this.#session = this.#open({ awaited: tab.label });
      void this.#session.start();
    } else {
      this.#listening.noteMissing(left);
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
    // Earlier clients know that port.
    const port = this.#listening.all[0]?.state.port;
    return new CounterSession({ ...this.#options, ...panel, port, after: this.#ended, onListening, onClose });
  }
}
