import type { Script, StatusStep } from '../../script/script';
import { REFUSED_TIMES } from '../defaults';
import type { Refusal } from '../source';

/** Maximum number of pending refusals. */
const MAX_REFUSALS = REFUSED_TIMES.maximum;

interface PendingRefusal {
  refusal: Refusal;
  /** The step of the script that demands it; undefined if the user does. */
  step?: StatusStep;
  /** The stream whose requests are refused; undefined if the next request for any stream is. */
  stream?: object;
  /** The connection on which the step was played; undefined if it is at the file's top. */
  id?: number;
}

/** Queue of refusals of the next requests for a server's streams. */
export class Refusals {
  #pending: PendingRefusal[] = [];

  get count(): number {
    return this.#pending.length;
  }

  /** Returns the refusal of the next request for a stream; undefined if that isn't refused. */
  next(stream: object): Refusal | undefined {
    return this.#pending[this.#indexOf(stream)]?.refusal;
  }

  /** Removes the first refusal of requests for a stream from the queue. */
  shift(stream: object): void {
    this.#pending.splice(this.#indexOf(stream), 1);
  }

  /**
   * Refuses the next requests with 503; replaces all pending refusals.
   * @param times number of requests; 0 removes the pending refusals
   * @param reason a sentence for the client
   */
  ask(times: number, reason: string): void {
    const refusal = { status: 503, reason };
    this.#pending = Array.from({ length: Math.min(times, MAX_REFUSALS) }, () => ({ refusal }));
  }

  /** Refuses further requests, after those that are pending. @returns whether the limit allows so many */
  append(refusal: Refusal, times: number): boolean {
    if (this.#pending.length + times > MAX_REFUSALS) return false;
    for (let n = 0; n < times; n += 1) this.#pending.push({ refusal });
    return true;
  }

  /** Refuses the next requests for a stream as the top of its file says; replaces pending refusals of this kind. */
  begin(stream: object, { steps, refusalsEnd }: Script): void {
    const first: PendingRefusal[] = [];
    for (let index = 0; index < refusalsEnd && first.length < MAX_REFUSALS; index += 1) {
      const step = steps[index];
      if (step?.kind === 'status') first.push({ refusal: refusalOf(step), step, stream });
    }
    const others = this.#pending.filter((one) => one.stream !== stream || one.id !== undefined);
    this.#pending = [...first, ...others].slice(0, MAX_REFUSALS);
  }

  /** Adds the refusal of a step that is played on a connection. @returns whether it was added */
  add(stream: object, step: StatusStep, id: number): boolean {
    if (this.#pending.length >= MAX_REFUSALS) return false;
    // In a loop, the same connection reaches the step in every round, but it refuses only one request.
    if (this.#pending.some((pending) => pending.step === step && pending.id === id)) return false;
    this.#pending.push({ refusal: refusalOf(step), step, stream, id });
    return true;
  }

  /** Removes the refusals of a stream that is served no more. */
  forget(stream: object): void {
    this.#pending = this.#pending.filter((one) => one.stream !== stream);
  }

  /** Returns the index of the first refusal of requests for a stream; beyond the end if there is none. */
  #indexOf(stream: object): number {
    const index = this.#pending.findIndex((one) => one.stream === undefined || one.stream === stream);
    return index < 0 ? this.#pending.length : index;
  }
}

function refusalOf({ status, retryAfter, body }: StatusStep): Refusal {
  if (body !== undefined) return { status, retryAfter, body };
  // Without a body, as 204 has none (RFC 9110 §15.3.5).
  return status === 204 ? { status } : { status, retryAfter, reason: 'Refused, as the file says.' };
}
