import { setTimeout as pause } from 'node:timers/promises';
import { AskedValues } from '../../script/fill/askedValues';
import { NO_NAMES } from '../../script/fill/fill';
import { Filling } from '../../script/fill/filling';
import { seededRandom } from '../../script/fill/random';
import { RandomPauses } from '../../script/randomPauses';
import { Round, type RoundStart } from '../../script/round';
import type { Script, SendStep } from '../../script/script';
import type { EntryEvent } from '../../server/redis/entries/entry';
import { EntryReader } from '../../server/redis/entries/entryReader';

/** Maximum delay of a timer, in milliseconds. */
const MAX_DELAY = 2 ** 31 - 1;

export interface PlayedScriptOptions {
  /** Whether it begins again at its end. A script loops by itself where it says so. */
  loop: boolean;
  /** Factor by which it is played faster than it says. */
  speed: number;
  /** Seed of pauses of random length and of random places; undefined for a random one. */
  seed: number | undefined;
  /** Ends it. */
  signal: AbortSignal;
}

/** The events of a script at their times, without regard to what it says of connections. */
export class PlayedScript {
  readonly #script: Script;
  readonly #options: PlayedScriptOptions;
  readonly #pauses: RandomPauses;
  readonly #filling: Filling;
  /** Time at which it began, by `performance.now`. */
  readonly #begin = performance.now();

  constructor(script: Script, options: PlayedScriptOptions) {
    [this.#script, this.#options] = [script, options];
    this.#pauses = new RandomPauses(options.seed);
    const asked = new AskedValues(script.fill ?? NO_NAMES, { query: '', body: undefined });
    this.#filling = new Filling(asked, seededRandom(this.#pauses.seed, 1));
    this.#filling.load(script);
  }

  /** Yields events, as soon as they are due: those of a step together. Ends with the script, or the signal. */
  async *events(): AsyncGenerator<readonly EntryEvent[], void, undefined> {
    let start: RoundStart | undefined = { round: 0, start: 0 };
    while (start && !this.#options.signal.aborted) start = yield* this.#round(start);
  }

  /** Plays a round. Returns the beginning of the next one; undefined if there is none. */
  async *#round(start: RoundStart): AsyncGenerator<readonly EntryEvent[], RoundStart | undefined, undefined> {
    const { steps, duration } = this.#script;
    const { speed, loop, signal } = this.#options;
    const round = new Round(this.#script, start, speed, this.#pauses.of(1, () => false)(this.#script, 0));
    const reader = new EntryReader(start.round > 0);
    let last = start.start;
    for (const [index, step] of steps.entries()) {
      last = round.dueAt(index);
      await this.#until(last);
      if (signal.aborted) return undefined;
      if (step.kind === 'loop') return round.next(index, this.#now, false);
      if (step.kind !== 'send') continue;
      if (!step.cutOff) this.#read(reader, step, round);
      const events = reader.take();
      if (events.length > 0) yield events;
    }
    if (!loop) return undefined;
    const rest = (duration - (steps.at(-1)?.offset ?? 0)) / speed;
    await this.#until(last + rest);
    return { round: start.round + 1, start: Math.max(last + rest, this.#now - duration / speed) };
  }

  #read(reader: EntryReader, step: SendStep, round: Round): void {
    for (const part of this.#filling.parts(step, round.eventsBefore, Date.now())) reader.feed(part);
  }

  get #now(): number {
    return performance.now() - this.#begin;
  }

  async #until(time: number): Promise<void> {
    const { signal } = this.#options;
    while (!signal.aborted && this.#now < time)
      await pause(Math.min(Math.ceil(time - this.#now), MAX_DELAY), undefined, { signal }).catch(() => undefined);
  }
}
