import type { Evidence, Probe } from '../../analysis/evidence/evidence';
import type { SubscriptionHandlers } from '../http/subscriptionOptions';
import type { StreamRequest } from '../request/streamRequest';
import { ChunkLog } from './chunkLog';
import { ConnectionRecord } from './connectionRecord';
import { requestEvidence } from './requestEvidence';
import { StallWatch } from './stallWatch';

/** Maximum number of connections that are kept behind the first one: the latest. */
const MAX_LATEST = 31;

/** A recorder of evidence about one request's stream, over all its connections. Bounded, as the evidence's types say. */
export class EvidenceRecorder {
  /** Handlers for the subscription, which are called with what comes. */
  readonly handlers: SubscriptionHandlers;
  readonly #request: StreamRequest;
  readonly #startedAt = { clock: performance.now(), date: Date.now() };
  readonly #stalls = new StallWatch();
  readonly #chunks = new ChunkLog();
  readonly #connections: ConnectionRecord[] = [];
  #count = 0;
  #position: number;
  #probes: readonly Probe[] = [];

  /** @param request as it is sent @param position of the first byte that will come. Default: 0 */
  constructor(request: StreamRequest, position = 0) {
    [this.#request, this.#position] = [request, position];
    this.handlers = {
      onConnect: (lastEventId) => this.#connect(lastEventId),
      onResponse: (response, format) => this.#current?.response(response, format),
      onReceived: (chunk) => this.#current?.received(chunk),
      onBytes: (chunk) => this.#current?.bytes(chunk),
      onEvent: (event) => this.#current?.event(event),
      onNote: (note) => this.#current?.note(note),
      onParsed: (progress) => this.#current?.parsed(progress),
      onLastEventId: () => {},
      onWait: (end, delay) => {
        this.#stalls.stop();
        // Without a wait, it still counts as the same attempt, made anew.
        if (delay === 0) this.#forget();
        else this.#current?.end(end);
      },
      onEnd: (end) => {
        this.#current?.end(end);
        this.#stalls.stop();
      },
    };
  }

  /** Takes over what probes have found, in place of earlier ones. Their own first connection counts as one that asks again. */
  addProbes({ startedAt, connections, probes }: Evidence): void {
    const shift = startedAt - this.#startedAt.date;
    const again = connections.map((connection): Probe => ({ kind: 'again', connection }));
    this.#probes = [...again, ...probes].map((probe) => {
      const { connection } = probe;
      return { ...probe, connection: { ...connection, requestedAt: connection.requestedAt + shift } };
    });
  }

  /** Notes that the stream is left, and ends the recorder. Can be called repeatedly. */
  close(): void {
    this.#current?.leave();
    this.#stalls.stop();
  }

  snapshot(): Evidence {
    const kept = this.#connections.map((connection) => connection.snapshot());
    return {
      startedAt: this.#startedAt.date,
      connections: kept,
      omitted: this.#count - kept.length,
      now: this.#now,
      stalls: [...this.#stalls.stalls],
      probes: [...this.#probes],
    };
  }

  get #now(): number {
    return performance.now() - this.#startedAt.clock;
  }

  get #current(): ConnectionRecord | undefined {
    return this.#connections.at(-1);
  }

  #connect(lastEventId: string): void {
    this.#stalls.start(() => this.#now);
    this.#position = this.#current?.position ?? this.#position;
    this.#count += 1;
    const record = new ConnectionRecord({
      number: this.#count,
      requestedAt: this.#now,
      request: requestEvidence(this.#request, lastEventId),
      position: this.#position,
      chunks: this.#chunks,
      now: () => this.#now,
    });
    this.#connections.push(record);
    // The first one stays: later ones are compared with it.
    if (this.#connections.length > MAX_LATEST + 1) this.#connections.splice(1, 1);
  }

  #forget(): void {
    this.#connections.pop();
    this.#count -= 1;
  }
}
