import type { GivenPath } from '../../analysis/protocols/byPath';
import { readJsonPath } from '../../analysis/protocols/json/jsonPath';
import type { AssembledId, ProtocolId } from '../../analysis/protocols/model/protocol';
import type { ProtocolEvent, ResponseFacts } from '../../analysis/protocols/model/protocolEvent';
import type { Addition, StreamResult } from '../../analysis/protocols/model/result';
import { type ResultOptions, ResultReader } from '../../analysis/protocols/resultReader';
import { MAX_TEXT_SIZE } from '../../stream/limits';
import type { IncomingEvent } from '../../stream/parse';
import type { Turns } from '../../turns/turns';
import type { History } from '../history/history';
import type { Exchange } from '../http/exchange';
import type { SubscriptionHandlers } from '../http/subscriptionOptions';
import { type RowAddition, RowAdditions } from './rowAdditions';

/** Choice of the protocol that a stream is read by: the one that is recognised, none, one that the user names, or a path. */
export type ProtocolChoice = 'auto' | 'off' | Exclude<AssembledId, 'path'> | GivenPath;

/**
 * Collects the results of a request's stream, over all its connections, from the events as they come: the bounded history may
 * have evicted the beginning of an answer. Events have the numbers of the history.
 */
export class ResultCollector {
  /** Handlers for the subscription, to be called after those that add its events to the history. */
  readonly handlers: SubscriptionHandlers = {
    onConnect: () => {
      this.#open = undefined;
    },
    onResponse: (response, format) => this.#answered(response, format !== undefined),
    onBytes: () => {
      this.#time = performance.now() - this.#startedAt;
    },
    onEvent: (event) => this.#receive(event),
    onOpenEvent: (event) => {
      this.#open = event;
    },
    onLastEventId: () => undefined,
    onWait: () => undefined,
    onEnd: () => this.#end(),
  };

  readonly #history: History;
  readonly #now: () => number;
  #choice: ProtocolChoice = 'auto';
  #reader: ResultReader | undefined;
  #rows = new RowAdditions();
  #sent: string | undefined;
  #head: ResponseFacts = {};
  #startedAt = performance.now();
  #time = 0;
  /** Event that the stream has ended in, and that clients discard. */
  #open: IncomingEvent | undefined;
  #recognisedAfter: number | undefined;
  #generation = 0;
  #version = 0;
  #state: 'open' | 'ended' | 'left' = 'open';
  /** Number of the last event that was read, and of the last one before the results began. */
  #read = 0;
  #begun = 0;
  /** Whether events of the history are read again, so that those that come have to wait. */
  #isCatchingUp = false;

  /** @param now returns the time, as the history's events have theirs. Default: the time of day */
  constructor(history: History, now = () => Date.now()) {
    [this.#history, this.#now] = [history, now];
    this.#restart();
  }

  /** Number that changes when results begin anew: then indices mean others. */
  get generation(): number {
    return this.#generation;
  }

  /** Number that changes with the results. */
  get version(): number {
    return this.#version;
  }

  get choice(): ProtocolChoice {
    return this.#choice;
  }

  get protocol(): ProtocolId | undefined {
    return this.#reader?.protocol;
  }

  /** Whether it is known which protocol it is, or that it is none. */
  get isDecided(): boolean {
    return !(this.#reader?.isUndecided ?? false);
  }

  /** Time from the request until the protocol was recognised, in milliseconds; undefined if it wasn't, or was given. */
  get recognisedAfter(): number | undefined {
    return this.#recognisedAfter;
  }

  /** `ended`: nothing comes any more; `left`: the user has disconnected. */
  get state(): 'open' | 'ended' | 'left' {
    return this.#state;
  }

  /** Whether events of the history are read again. */
  get isReading(): boolean {
    return this.#isCatchingUp;
  }

  /** Returns the results so far. @param most as of `ResultReader.results`, as is `longest` */
  results(most?: number, longest?: number): StreamResult[] {
    return this.#reader?.results(most, longest) ?? [];
  }

  /** Returns the results so far, as of `ResultReader.lastingResults`. */
  lastingResults(): StreamResult[] {
    return this.#reader?.lastingResults() ?? [];
  }

  /** Returns what an event adds; undefined if it adds nothing, or that is no longer known. */
  additionOf(event: number): RowAddition | undefined {
    return this.#rows.get(event);
  }

  /** Begins anew, with another request. @param body of it, as it may be shown; undefined if there is none */
  begin(body?: string): void {
    this.#sent = body;
    [this.#head, this.#startedAt, this.#time, this.#state] = [{}, performance.now(), 0, 'open'];
    this.#restart();
  }

  /** Begins anew with the next event, as those before were cleared. */
  clear(): void {
    this.#open = undefined;
    this.#restart();
  }

  /** The user leaves the stream: answers that aren't complete aren't cut off. */
  leave(): void {
    if (this.#state !== 'open') return;
    this.#state = 'left';
    this.#version += 1;
  }

  /** Reads the stream by another protocol, from the oldest event that the history keeps. */
  async choose(choice: ProtocolChoice, turns: Turns): Promise<void> {
    if (JSON.stringify(choice) === JSON.stringify(this.#choice)) return;
    this.#choice = choice;
    this.#restart();
    const generation = this.#generation;
    this.#isCatchingUp = true;
    for (let number = this.#history.first; number <= this.#history.count; number += 1) {
      if (turns.isOver) await turns.next();
      if (generation !== this.#generation) return;
      const event = this.#history.get(number);
      if (!event) continue;
      const ago = this.#now() - event.time;
      const at = Math.max(0, performance.now() - ago - this.#startedAt);
      const omitted = event.omitted || Math.max(0, event.end - event.start - MAX_TEXT_SIZE);
      this.#add({ ...event, at, data: this.#history.data(event, MAX_TEXT_SIZE), omitted });
    }
    this.#isCatchingUp = false;
    if (this.#state === 'ended') this.#finish();
  }

  /** Ends reading. Can be called repeatedly. */
  close(): void {
    this.#generation += 1;
    [this.#reader, this.#isCatchingUp] = [undefined, false];
  }

  #restart(): void {
    this.#generation += 1;
    this.#version += 1;
    this.#rows = new RowAdditions();
    [this.#recognisedAfter, this.#isCatchingUp] = [undefined, false];
    this.#read = this.#begun = this.#history.count;
    this.#reader = this.#newReader();
  }

  #newReader(): ResultReader | undefined {
    if (this.#choice === 'off') return undefined;
    return new ResultReader({ head: this.#head, sent: this.#sent, ...given(this.#choice) });
  }

  #answered({ contentType, headers }: Exchange, isStream: boolean): void {
    if (!isStream) return;
    this.#head = { contentType, headers };
    // A later connection goes on with what was recognised.
    if (this.#read === this.#begun) this.#reader = this.#newReader();
  }

  #receive({ event, data, id, omitted, isCut }: IncomingEvent): void {
    const number = this.#history.count;
    if (!this.#isCatchingUp)
      this.#add({ number, at: this.#time, event, data, id, omitted: omitted + Number(isCut ?? 0) });
  }

  #add(event: ProtocolEvent): void {
    this.#read = event.number;
    if (!this.#reader) return;
    const { protocol } = this.#reader;
    this.#take(this.#reader.add(event));
    if (protocol === undefined && this.#reader.protocol !== undefined) this.#recognisedAfter = event.at;
  }

  #end(): void {
    if (this.#state !== 'open') return;
    this.#state = 'ended';
    if (!this.#isCatchingUp) this.#finish();
  }

  #finish(): void {
    // It has no row: its number is that of the next event.
    if (this.#open) this.#add({ ...this.#open, number: this.#read + 1, at: this.#time, isOpen: true });
    this.#reader?.end();
    this.#version += 1;
  }

  /** Notes what the latest event has added. */
  #take(additions: Addition[]): void {
    this.#version += 1;
    for (const addition of additions) this.#rows.add(addition);
  }
}

/** Returns a choice as a reader takes it. */
function given(choice: Exclude<ProtocolChoice, 'off'>): Pick<ResultOptions, 'protocol' | 'path'> {
  if (choice === 'auto') return {};
  if (typeof choice === 'string') return { protocol: choice };
  return { path: { steps: readJsonPath(choice.text) ?? [], isAppended: choice.isAppended } };
}
