import type { ConnectionEvidence, ProbeKind } from '../../analysis/evidence/evidence';
import { isSendableId, type StreamRequest, withLastEventId, withoutLastEventId } from '../request/streamRequest';
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
/** Part of the time limit after which a response without a byte is late. */
const LONG_ENOUGH = 0.6;
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

  /** @param made the run, and the stream's own connection, which is over */
  constructor(request: StreamRequest, options: ProbeOptions, made: { run: ProbeRun; first: ProbeReading }) {
    [this.#request, this.#options] = [request, options];
    ({ run: this.#run, first: this.#first } = made);
  }

  /** Makes them. Resolves when all are over, or the run is. @param atOnce maximum number of requests at once */
  async all(atOnce: number): Promise<void> {
    const slots = new Slots(atOnce, this.#run.means.signal);
    const jobs = this.#isRefused ? this.#ofRefusal() : this.#ofStream(atOnce > 1);
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

  #ofRefusal(): Job[] {
    this.#run.leaveOut('noStream', 'identity', 'browser', 'resumed');
    return [...this.#ofOrigin(), this.#ofAccept(), ...this.#ofOther()];
  }

  #ofStream(isTogether: boolean): Job[] {
    return [
      ...this.#ofOrigin(),
      this.#job('head', { ...this.#request, method: 'HEAD' }, { until: 'head' }),
      ...this.#ofHttp2(),
      ...this.#ofCodings(isTogether),
      ...this.#ofOther(),
      ...this.#ofResuming(),
      this.#ofAccept(),
    ];
  }

  #job(kind: ProbeKind, request: StreamRequest, how: How): Job {
    // A head that takes longer has told enough, and the other probes need the time.
    const time = how.until === 'head' ? this.#run.limits.time / 2 : this.#run.limits.time;
    return { kind, work: () => this.#run.ask(kind, request, { time, ...how }) };
  }

  #ofOrigin(): Job[] {
    const { origin } = this.#options;
    const isOwn = new URL(this.#request.url).origin === origin;
    if (origin === undefined || isOwn) {
      this.#run.leaveOut(isOwn ? 'sameOrigin' : 'noOrigin', 'origin');
      return [];
    }
    const preflight = preflightOf(this.#request, origin);
    return [
      this.#job('origin', fromOrigin(this.#request, origin), { until: 'head' }),
      ...(preflight ? [this.#job('preflight', preflight, { until: 'head' })] : []),
    ];
  }

  #ofHttp2(): Job[] {
    if (withoutUser(this.#request.url).target.protocol !== 'https:') return [];
    const { means, limits, origin } = this.#run;
    const probed = () => http2Probe(this.#request, means, limits.time / 2, origin);
    const work = async () => this.#run.add(await this.#run.during('http2', probed()));
    return [{ kind: 'http2', work }];
  }

  /** Returns the probes with and without compression. Together each waits for the other, so that both have the same time. */
  #ofCodings(isTogether: boolean): Job[] {
    const [plain, coded] = [new Once(), new Once()];
    const of = (kind: ProbeKind, codings: string, enough: Once, other: Once) => {
      const mayClose = isTogether ? other.done : undefined;
      return this.#job(kind, withHeader(this.#request, 'Accept-Encoding', codings), {
        until: 'events',
        mayClose,
        enough,
      });
    };
    return [of('identity', 'identity', plain, coded), of('browser', BROWSER_CODINGS, coded, plain)];
  }

  #ofOther(): Job[] {
    const { compare, secret } = this.#options;
    if (compare === undefined) return [];
    const request = toAddress(this.#request, compare, secret);
    if (request) return [this.#job('other', request, {})];
    this.#run.leaveOut('secret', 'other');
    return [];
  }

  #ofResuming(): Job[] {
    const id = this.#first.ids[RESUMED_AT - 1];
    if (id === undefined || !isSendableId(id)) {
      this.#run.leaveOut('noIds', 'resumed');
      return [];
    }
    const { request } = withoutLastEventId(this.#request);
    return [this.#job('resumed', withLastEventId(request, id), { until: 'events' })];
  }

  /** Returns the probe without a type in `Accept`; if that takes much longer, both kinds are asked for again in turn. */
  #ofAccept(): Job {
    const anyType = withHeader(this.#request, 'Accept', '*/*');
    const ask = (kind: ProbeKind, request: StreamRequest) =>
      this.#run.ask(kind, request, { until: 'bytes', time: this.#run.limits.time * LONG_ENOUGH });
    const work = async () => {
      const connection = await ask('anyType', anyType);
      const own = this.#first.connection(0);
      if (!connection || !own || !isMuchLater(connection, own)) return;
      for (let time = 0; time < AGAIN && !this.#run.means.signal.aborted; time += 1) {
        await ask('again', this.#request);
        await ask('anyType', anyType);
      }
    };
    return { kind: 'anyType', work };
  }
}

/** Whether a response began much later than another, with the same head. */
function isMuchLater(one: ConnectionEvidence, other: ConnectionEvidence): boolean {
  const isSame = !one.head || !other.head || one.head.status === other.head.status;
  const [start] = other.chunks;
  return isSame && start !== undefined && (one.chunks[0]?.at ?? one.end?.at ?? 0) - start.at >= MUCH_LATER;
}
