import type { Script, StatusStep } from '../../script/script';
import { REFUSED_TIMES } from '../defaults';
import type { Refusal } from '../source';

/** Maximum number of pending refusals. */
const MAX_REFUSALS = REFUSED_TIMES.maximum;

interface PendingRefusal {
  refusal: Refusal;
  /** The step of the script that demands it; undefined if the user does. */
  step?: StatusStep;
  /** The connection on which the step was played; undefined if it is at the file's top. */
  id?: number;
}

/** Queue of refusals for the next requests for a stream. */
export class Refusals {
  #pending: PendingRefusal[] = [];

  get count(): number {
    return this.#pending.length;
  }

  /** The refusal of the next request; undefined if that isn't refused. */
  get next(): Refusal | undefined {
    return this.#pending[0]?.refusal;
  }

  /** Removes the first refusal from the queue. */
  shift(): void {
    this.#pending.shift();
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

  /** Refuses the next requests as the top of a file says; replaces pending refusals of this kind. */
  begin({ steps, refusalsEnd }: Script): void {
    const first: PendingRefusal[] = [];
    for (let index = 0; index < refusalsEnd && first.length < MAX_REFUSALS; index += 1) {
      const step = steps[index];
      if (step?.kind === 'status') first.push({ refusal: refusalOf(step), step });
    }
    const others = this.#pending.filter(({ step, id }) => step === undefined || id !== undefined);
    this.#pending = [...first, ...others].slice(0, MAX_REFUSALS);
  }

  /** Adds the refusal of a step that is played on a connection. @returns whether it was added */
  add(step: StatusStep, id: number): boolean {
    if (this.#pending.length >= MAX_REFUSALS) return false;
    // In a loop, the same connection reaches the step in every round, but it refuses only one request.
    if (this.#pending.some((pending) => pending.step === step && pending.id === id)) return false;
    this.#pending.push({ refusal: refusalOf(step), step, id });
    return true;
  }
}

function refusalOf({ status, retryAfter, body }: StatusStep): Refusal {
  if (body !== undefined) return { status, retryAfter, body };
  // Without a body, as 204 has none (RFC 9110 §15.3.5).
  return status === 204 ? { status } : { status, retryAfter, reason: 'Refused, as the file says.' };
}
