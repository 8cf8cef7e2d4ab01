import type { ConnectionEvidence, ProbeKind } from '../../analysis/evidence/evidence';
import { isSendableId, type StreamRequest, withLastEventId } from '../request/streamRequest';
import { withoutUser } from '../request/userInfo';
import { http2Probe } from './http2Probe';
import { Once } from './once';
import { preflightOf } from './preflight';
import type { ProbeOptions } from './probedStream';
import type { ProbeReading } from './probeReading';
import { BROWSER_CODINGS, fromOrigin, toAddress, withHeader } from './probeRequest';
import type { How, ProbeRun } from './probeRun';
import { Slots } from './slots';

/** Time by which a response has to be later so that it is asked for again, in milliseconds. */
const MUCH_LATER = 1000;
/** Number of times that both kinds of `Accept` are asked for again. */
const AGAIN = 2;
/** Number of the event that a client is to resume behind. */
const RESUMED_AT = 3;

/** A probe, and those that belong to it, which are made within one slot. */
interface Job {
  kind: ProbeKind;
  work(): Promise<unknown>;
}

/** The probes that follow a stream's own request, the cheapest first. */
export class StreamProbes {
  readonly #request: StreamRequest;
  readonly #options: ProbeOptions;
  readonly #run: ProbeRun;
  readonly #first: ProbeReading;

  /** @param request without a `Last-Event-ID` @param made the run, and the stream's own connection, which is over */
  constructor(request: StreamRequest, options: ProbeOptions, made: { run: ProbeRun; first: ProbeReading }) {
    [this.#request, this.#options] = [request, options];
    ({ run: this.#run, first: this.#first } = made);
  }

  /** Makes them. Resolves when all are over, or the run is. @param atOnce maximum number of requests at once */
  async all(atOnce: number): Promise<void> {
    const slots = new Slots(atOnce, this.#run.means.signal);
    const jobs = this.#jobs(atOnce > 1);
    await Promise.all(
      jobs.map(async ({ kind, work }) => {
        if (!(await slots.run(work))) this.#run.leaveOut('noTime', kind);
      }),
    );
  }

  /** Whether the response isn't a stream, so that only some of the probes say more about it. */
  get #isRefused(): boolean {
    return this.#first.response !== undefined && !this.#first.isStream;
  }

  #jobs(isTogether: boolean): Job[] {
    if (this.#options.second === false) this.#run.leaveOut('unwanted', 'second');
    const asked = [...this.#ofOrigin(), ...this.#ofOther(), this.#ofAccept()];
    if (this.#isRefused) {
      this.#run.leaveOut('noStream', 'identity', 'browser', 'resumed');
      return asked;
    }
    const [origin, others] = [this.#ofOrigin(), this.#ofOther()];
    return [...origin, this.#ofHead(), ...this.#ofHttp2(), ...this.#ofCodings(isTogether), ...others];
  }
}
