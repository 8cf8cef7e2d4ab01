import type { Extension, WebviewPanel } from 'vscode';
import type { Turns } from '../turns/turns';
import { CounterSession } from './counterSession';
import { fieldsOf } from './fields';
import type { Log } from './log';
import type { StreamAddress } from './streamAddress';

export interface CounterOptions {
  extension: Extension<unknown>;
  log: Log;
  /** The ports of the sessions that run in this window, with the titles of their panels. */
  ports: Map<number, string>;
  /** Those of all who are busy in this window. */
  turns: Turns;
}

/** The counter's commands, and the one session that there may be. */
export class Counter {
  readonly #options: CounterOptions;
  #session: CounterSession | undefined;
  #ended: Promise<void> = Promise.resolve();

  constructor(options: CounterOptions) {
    this.#options = options;
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
    return this.#session?.stop();
  }

  /** Brings back the panel that VS Code kept while the window was reloaded, and the server unless it was stopped. */
  async restore(panel: WebviewPanel, state: unknown): Promise<void> {
    // There is one panel: the user may have opened it before VS Code came to restore this one.
    if (this.#session) return panel.dispose();
    this.#session = this.#open(panel);
    // What VS Code kept says whether the server was stopped.
    return fieldsOf(state)['stopped'] === true ? undefined : this.#session.start();
  }

  /** Resolves when every stream has ended and the port is free. The panel is left to the window. */
  close(): Promise<void> {
    return this.#session?.close() ?? this.#ended;
  }

  #open(restored?: WebviewPanel): CounterSession {
    const onClose = (closed: Promise<void>) => {
      [this.#session, this.#ended] = [undefined, closed];
    };
    return new CounterSession({ ...this.#options, after: this.#ended, restored, onClose });
  }
}
