import type { Turns } from '../../turns/turns';
import { RecordingError } from '../files/recordingError';
import type { Recorder } from './recorder';
import { EvictedError, type Retelling } from './retelling';

/** Maximum backlog that is retold at once when everything else has been, in bytes and arrivals: it takes a millisecond. */
const MAX_REST = 4096;

/**
 * The process of a recorder catching up: what has come is retold to it in time slices, as fast as it can write. Then it
 * gets each chunk as it comes. If that can't wait, the rest is retold at once.
 */
export class Handover {
  /** Promise that resolves when the recorder has caught up, or has ended. */
  readonly done: Promise<void>;
  readonly #retelling: Retelling;
  readonly #recorder: Recorder;
  readonly #turns: Turns;
  readonly #onDone: () => void;
  #pass: Generator<void> | undefined;
  #isDone = false;

  /** @param retelling to the recorder @param onDone called once, when the recorder is to get each chunk as it comes */
  constructor(retelling: Retelling, recorder: Recorder, turns: Turns, onDone: () => void) {
    [this.#retelling, this.#recorder, this.#turns, this.#onDone] = [retelling, recorder, turns, onDone];
    // Take a snapshot now, as content may be evicted before the first time slice.
    this.#pass = retelling.pass();
    this.done = this.#run().catch((error: unknown) => this.#recorder.fail(error));
  }

  /**
   * Keeps what has come so far to retell it, as the history is about to be cleared. At the third time, retells everything
   * at once.
   */
  keep(): void {
    if (!this.#isDone && this.#retelling.keep() > 2) this.finish();
  }

  /** Retells the rest at once. Calling it twice is fine. */
  finish(): void {
    while (!this.#isDone && this.#step()) if (this.#recorder.isFull) this.#recorder.flush();
    this.abandon();
  }

  /** Stops retelling. Calling it twice is fine. */
  abandon(): void {
    if (this.#isDone) return;
    this.#isDone = true;
    this.#onDone();
  }

  async #run(): Promise<void> {
    await this.#turns.next();
    while (!this.#isDone) {
      if (this.#pass === undefined && this.#retelling.rest <= MAX_REST) return this.finish();
      if (!this.#step()) return this.finish();
      if (this.#recorder.isFull) await this.#recorder.drained();
      if (this.#turns.isOver) await this.#turns.next();
    }
  }

  /** Retells one portion; returns false if there is none. */
  #step(): boolean {
    if (this.#recorder.closed) return false;
    if (this.#pass === undefined && this.#retelling.rest === 0) return false;
    try {
      this.#pass ??= this.#retelling.pass();
    } catch (error) {
      if (!(error instanceof EvictedError)) throw error;
      // More has come than the history keeps: a part was evicted before it was retold.
      this.#recorder.fail(new RecordingError('slow'));
      return false;
    }
    if (this.#pass.next().done) this.#pass = undefined;
    return true;
  }
}
