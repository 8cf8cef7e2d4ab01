import type { Turns } from '../../turns/turns';
import { RecordingError } from '../files/recordingError';
import type { Recorder } from './recorder';
import { EvictedError, type Retelling } from './retelling';

/** Maximum that is told at once when all else has been, in bytes and arrivals: it takes a millisecond. */
const LITTLE = 4096;

/**
 * Has a recorder catch up: it is told again what has come, in turns, and as fast as it can write. Then it is told what comes,
 * as it comes. Where that can't wait, the rest is told at once.
 */
export class Handover {
  /** Resolves when the recorder has caught up, or has ended. */
  readonly done: Promise<void>;
  readonly #retelling: Retelling;
  readonly #recorder: Recorder;
  readonly #turns: Turns;
  readonly #onDone: () => void;
  #pass: Generator<void> | undefined;
  #isDone = false;

  /** @param retelling to the recorder @param onDone from here on, it is told what comes; called once */
  constructor(retelling: Retelling, recorder: Recorder, turns: Turns, onDone: () => void) {
    [this.#retelling, this.#recorder, this.#turns, this.#onDone] = [retelling, recorder, turns, onDone];
    // What is there now is told, also where it is evicted before the first turn.
    this.#pass = retelling.pass();
    this.done = this.#run().catch((error: unknown) => this.#recorder.fail(error));
  }

  /** Goes on telling what has come by now though the history is about to be cleared; what would be kept a third time is told at once. */
  keep(): void {
    if (!this.#isDone && this.#retelling.keep() > 2) this.finish();
  }

  /** Tells the rest at once. Twice is fine. */
  finish(): void {
    while (!this.#isDone && this.#step()) if (this.#recorder.isFull) this.#recorder.flush();
    this.abandon();
  }

  /** Tells nothing more. Twice is fine. */
  abandon(): void {
    if (this.#isDone) return;
    this.#isDone = true;
    this.#onDone();
  }

  async #run(): Promise<void> {
    await this.#turns.next();
    while (!this.#isDone) {
      if (this.#pass === undefined && this.#retelling.rest <= LITTLE) return this.finish();
      if (!this.#step()) return this.finish();
      if (this.#recorder.isFull) await this.#recorder.drained();
      if (this.#turns.isOver) await this.#turns.next();
    }
  }

  /** Tells one portion; returns false when there is none. */
  #step(): boolean {
    if (this.#recorder.closed) return false;
    if (this.#pass === undefined && this.#retelling.rest === 0) return false;
    try {
      this.#pass ??= this.#retelling.pass();
    } catch (error) {
      if (!(error instanceof EvictedError)) throw error;
      // More has come than is kept, and can be told.
      this.#recorder.fail(new RecordingError('slow'));
      return false;
    }
    if (this.#pass.next().done) this.#pass = undefined;
    return true;
  }
}
