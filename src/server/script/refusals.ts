import type { Script, StatusStep } from '../../script/script';
import type { Refusal } from '../source';

/** Maximum number of refusals that wait for a request. */
const MAX_REFUSALS = 1000;

interface Waiting {
  refusal: Refusal;
  /** The step of a file that asks for it; undefined: a person does. */
  step?: StatusStep;
  /** The connection on which the step is played; undefined: it stands at the file's top. */
  id?: number;
}

/** Refusals that wait for the next requests for a stream. */
export class Refusals {
  #waiting: Waiting[] = [];

  get count(): number {
    return this.#waiting.length;
  }

  /** The answer to the next request; undefined: it isn't refused. */
  get next(): Refusal | undefined {
    return this.#waiting[0]?.refusal;
  }

  /** Takes the next away. */
  shift(): void {
    this.#waiting.shift();
  }

  /** Refuses so many requests with 503, in place of those that were to be refused; 0: none. @param reason a sentence for the client */
  ask(times: number, reason: string): void {
    const refusal = { status: 503, reason };
    this.#waiting = Array.from({ length: Math.min(times, MAX_REFUSALS) }, () => ({ refusal }));
  }

  /** Refuses the first requests as the top of a file says, in place of those that were refused so. */
  begin({ steps, refusalsEnd }: Script): void {
    const first: Waiting[] = [];
    for (let index = 0; index < refusalsEnd && first.length < MAX_REFUSALS; index += 1) {
      const step = steps[index];
      if (step?.kind === 'status') first.push({ refusal: refusalOf(step), step });
    }
    const others = this.#waiting.filter(({ step, id }) => step === undefined || id !== undefined);
    this.#waiting = [...first, ...others].slice(0, MAX_REFUSALS);
  }

  /** Refuses one request more, as a step says that is played on a connection. @returns whether it will be */
  add(step: StatusStep, id: number): boolean {
    if (this.#waiting.length >= MAX_REFUSALS) return false;
    // In a loop, one and the same connection comes to it again and again: it is for one request.
    if (this.#waiting.some((waiting) => waiting.step === step && waiting.id === id)) return false;
    this.#waiting.push({ refusal: refusalOf(step), step, id });
    return true;
  }
}

function refusalOf({ status, retryAfter }: StatusStep): Refusal {
  // Without a body, as 204 has none (RFC 9110 §15.3.5).
  return status === 204 ? { status } : { status, retryAfter, reason: 'Refused, as the file says.' };
}
