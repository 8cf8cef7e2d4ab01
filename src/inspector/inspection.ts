import type { IncomingEvent } from '../sse/parse';
import { AnswerBody } from './answerBody';
import type { End } from './end';
import { EventNames } from './eventNames';
import type { Exchange } from './exchange';
import type { Handover } from './handover';
import { History } from './history';
import { historyScript } from './historyScript';
import { HistoryView } from './historyView';
import { holdBack } from './holdBack';
import { endState, type InspectionStatus, idle } from './inspectionStatus';
import { Journal, type OpenStream, type RecordOptions } from './journal';
import { Rate } from './rate';
import type { Recorder } from './recorder';
import type { StreamRequest } from './streamRequest';
import { Subscription } from './subscription';
import type { ConnectOptions } from './subscriptionOptions';

/** How long changes are gathered before they are told, in milliseconds. */
const GATHERING = 100;

/** One stream that is read, and what has come of it. */
export class Inspection {
  readonly history: History;
  readonly view: HistoryView;
  readonly eventNames = new EventNames();
  readonly #journal: Journal;
  readonly #rate = new Rate();
  readonly #onChange: () => void;
  #timer: NodeJS.Timeout | undefined;
  #subscription: Subscription | undefined;
  #status: InspectionStatus = idle();
  #body = new AnswerBody();
  #connectedAt = 0;
  #insecure = false;
  #method = '';
  #closed = false;

  /**
   * @param onChange something has changed; called at most ten times a second, and not after `close`
   * @param history what is kept of the stream. Default: as much as a panel keeps
   */
  constructor(onChange: () => void, history = new History()) {
    [this.#onChange, this.history] = [onChange, history];
    this.#journal = new Journal(history, () => this.#open);
    this.view = new HistoryView(this.history, () => this.#change());
  }

  get status(): InspectionStatus {
    return this.#status;
  }

  /** Events in the last second. */
  get rate(): number {
    return this.#rate.value;
  }

  /** Of the answer, where there is one. */
  get body(): Pick<AnswerBody, 'bytes' | 'size' | 'cut' | 'state'> {
    return this.#body;
  }

  /** A request is under way, or will be without the user. */
  get running(): boolean {
    return this.#subscription !== undefined;
  }

  get insecure(): boolean {
    return this.#insecure;
  }

  /** What records the stream; none: nothing does. */
  get recorder(): Recorder | undefined {
    return this.#journal.recorder;
  }

  /** Yields the stream so far as a `.sse` file, piece by piece, and returns how many events are in it. @param onProgress told what part is done, from 0 to 1 */
  script(onProgress?: (part: number) => void): Generator<Uint8Array, number> {
    return historyScript(this.history, this.#journal.arrivals, this.#method, onProgress);
  }

  /** What is being told to the recorder in turns; undefined: nothing is. */
  get handover(): Handover | undefined {
    return this.#journal.handover;
  }

  /** Has what comes from here on recorded, an event under way from its beginning; undefined: no more. It isn't closed. */
  record(recorder: Recorder | undefined, options?: RecordOptions): void {
    this.#journal.record(recorder, options);
    this.#change();
  }

  /**
   * Has all that was recorded from the beginning of the recording on written by another recorder, and then what comes.
   * @returns the number of the first event that the recorder has, where those before it are kept no more; undefined: it has all
   */
  recordAnew(recorder: Recorder, options: RecordOptions): number | undefined {
    const firstEvent = this.#journal.recordAnew(recorder, options);
    this.#change();
    return firstEvent;
  }

  /** Makes the request; one under way ends. What has come before stays. */
  connect(request: StreamRequest, options: ConnectOptions): void {
    if (this.#closed) return;
    this.#leave();
    [this.#insecure, this.#method] = [request.insecure, request.method];
    this.#status = idle();
    this.#subscription = new Subscription(
      request,
      { ...options, position: this.history.bytes.size },
      {
        onConnect: (lastEventId) => this.#connecting(lastEventId),
        onAnswer: (answer, isEventStream) => this.#answered(answer, isEventStream),
        onBytes: (chunk) => this.#receive(chunk),
        onEvent: (event) => this.#add(event),
        onLastEventId: (lastEventId) => this.#set({ lastEventId }),
        // Where it doesn't wait, it is the same attempt still.
        onWait: (end, delay) =>
          this.#end(end, { state: delay > 0 ? 'waiting' : 'connecting', reconnectAt: performance.now() + delay }),
        onEnd: (end) => {
          this.#end(end, { state: endState(end) });
          this.#subscription = undefined;
        },
      },
    );
  }

  /** Ends the request; what has come stays. */
  disconnect(): void {
    this.#leave();
    // An answer that is no event stream stays what it is.
    if (this.#status.state !== 'answered') this.#set({ state: 'idle', end: undefined });
    else this.#change();
  }

  set reconnect(reconnect: boolean) {
    if (this.#subscription) this.#subscription.reconnect = reconnect;
  }

  reconnectNow(): void {
    this.#subscription?.reconnectNow();
  }

  /** Forgets what has come. */
  clear(): void {
    this.#journal.clear();
    this.history.clear();
    this.eventNames.clear();
    this.#change();
  }

  /** Ends all. Twice is fine. */
  close(): void {
    this.#closed = true;
    this.#subscription?.close();
    this.view.close();
    clearTimeout(this.#timer);
  }

  get #open(): OpenStream | undefined {
    if (this.#status.state !== 'open' || !this.#subscription) return undefined;
    const { blockStart, fieldsStart } = this.#subscription;
    return { method: this.#method, blockStart, fieldsStart };
  }

  #leave(): void {
    if (this.#status.state === 'open') this.#journal.end();
    this.#subscription?.close();
    this.#subscription = undefined;
    this.#body.end(false);
  }

  #connecting(lastEventId: string): void {
    this.#connectedAt = performance.now();
    const { bytes, state } = this.#status;
    const reconnects = this.#status.reconnects + (state === 'waiting' ? 1 : 0);
    this.#body = new AnswerBody();
    // The answer to the attempt before would stand there as the answer to this one.
    this.#status = { ...idle(), state: 'connecting', bytes, reconnects, lastEventId };
    this.#change();
  }

  #answered(answer: Exchange, isEventStream: boolean): void {
    this.#journal.answer(this.#method, answer, isEventStream);
    this.#set({
      state: isEventStream ? 'open' : 'answered',
      isStream: isEventStream,
      // It is known already why it is over for a stream, also where its body never ends.
      end: isEventStream ? undefined : { cause: answer.status === 204 ? 'noContent' : 'answer' },
      answer,
      headersAfter: performance.now() - this.#connectedAt,
    });
  }

  #receive(chunk: Uint8Array): void {
    this.#status.bytes += chunk.length;
    this.#body.add(chunk, this.#status.state !== 'open');
    if (this.#status.state === 'open') {
      this.history.addBytes(chunk);
      this.#journal.bytes(chunk);
      if (this.recorder?.isFull) void holdBack(this.#status.answer?.body, this.recorder);
    } else {
      // More of it isn't shown, and so isn't asked for.
      if (this.#body.cut) this.disconnect();
    }
    this.#change();
  }

  #add(event: IncomingEvent): void {
    this.#status.firstEventAfter ??= performance.now() - this.#connectedAt;
    this.#rate.count();
    this.eventNames.add(event.event);
    this.history.addEvent(event, Date.now());
    this.#journal.event(event);
  }

  #end(end: End, status: Partial<InspectionStatus>): void {
    if (this.#status.state === 'open') this.#journal.end(end);
    this.#body.end(end.cause !== 'network' && !(end.cause === 'answer' && end.failure));
    const { lastEventId = '', unfinishedFrom } = this.#subscription ?? {};
    this.#set({ ...status, end, lastEventId, unfinished: unfinishedFrom !== undefined });
  }

  #set(status: Partial<InspectionStatus>): void {
    this.#status = { ...this.#status, ...status };
    this.#change();
  }

  #change(): void {
    if (this.#closed || this.#timer) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#updateView();
      this.#onChange();
      // A stream that falls silent has its rate fall.
      if (this.#rate.value > 0) this.#change();
    }, GATHERING);
  }

  /** Takes the filter's text away where the view fails: else no change would be told any more. */
  #updateView(): void {
    try {
      this.view.update();
    } catch {
      this.view.giveUp();
    }
  }
}
