import type { Script } from '../../script/script';

/** Maximum memory of all old versions together, in bytes: about that of one large file. */
const MAX_MEMORY = 256 * 1024 * 1024;

/** A player of scripts, which keeps those in memory that its clients are still played. */
export interface ScriptKeeper {
  /** Whether the script is being played to a client. */
  plays(script: Script): boolean;
  /** Disconnects all clients that the script is being played to. */
  giveUp(script: Script): void;
}

interface OldScript {
  /** A weak reference: only the players keep the script in memory. */
  script: WeakRef<Script>;
  memory: number;
  player: ScriptKeeper;
}

/**
 * Old versions of saved files, of all mocks of a process: clients keep the version that they began with. The memory of these
 * versions is limited: beyond the limit, the clients of the oldest are disconnected.
 */
export class OldScripts {
  readonly #max: number;
  /** Old versions, in the order in which they were replaced. */
  #all: OldScript[] = [];

  constructor(max = MAX_MEMORY) {
    this.#max = max;
  }

  /** Adds a script that was replaced by a newer version of its file. */
  add(script: Script, player: ScriptKeeper): void {
    this.#all.push({ script: new WeakRef(script), memory: script.memory, player });
    this.#all = this.#all.filter((old) => {
      const held = old.script.deref();
      return held !== undefined && old.player.plays(held);
    });
    let memory = this.#all.reduce((sum, old) => sum + old.memory, 0);
    while (memory > this.#max) {
      const oldest = this.#all.shift();
      const held = oldest?.script.deref();
      if (held) oldest?.player.giveUp(held);
      memory -= oldest?.memory ?? memory;
    }
  }
}
