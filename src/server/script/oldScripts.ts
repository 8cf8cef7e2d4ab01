import type { Script } from '../../script/script';

/** Maximum memory of all old versions together, in bytes: as much as one of the larger files takes. */
const MAX_MEMORY = 256 * 1024 * 1024;

/** Plays scripts to clients. */
export interface ScriptKeeper {
  /** Whether a client is played that script. */
  plays(script: Script): boolean;
  /** Drops all clients that are played that script. */
  giveUp(script: Script): void;
}

interface OldScript {
  /** Weak: whoever plays it holds it. */
  script: WeakRef<Script>;
  memory: number;
  player: ScriptKeeper;
}

/**
 * Versions of files that were saved again, of all mocks of a process: clients go on with the one that they began with. What
 * these hold is bounded; the oldest beyond it are given up.
 */
export class OldScripts {
  readonly #max: number;
  /** In the order in which they were replaced. */
  #all: OldScript[] = [];

  constructor(max = MAX_MEMORY) {
    this.#max = max;
  }

  /** Takes in a script that was replaced by a newer version of its file. */
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
