import type { IncomingEvent } from '../stream/parse';
import type { StreamFormat } from '../stream/streamParser';
import { EventNames } from './history/eventNames';
import { History } from './history/history';
import { HistoryView } from './history/historyView';
import { Rate } from './history/rate';
import { ResponseBody } from './history/responseBody';
import type { End } from './http/end';
import type { Exchange } from './http/exchange';
import { handlersInTurn } from './http/handlersInTurn';
import { Subscription } from './http/subscription';
import type { ConnectOptions, SubscriptionHandlers } from './http/subscriptionOptions';
import { answered, cleared, connecting, type InspectionStatus, idle, isUnderWay, left, over } from './inspectionStatus';
import type { Handover } from './recording/handover';
import { historyScript } from './recording/historyScript';
import { holdBack } from './recording/holdBack';
import { Journal, type OpenStream, type RecordOptions } from './recording/journal';
import type { Recorder } from './recording/recorder';
import type { StreamRequest } from './request/streamRequest';
import { TimelineRecorder } from './timeline/timelineRecorder';

/** Time for which changes are coalesced before they are reported, in milliseconds. */
const COALESCE_TIME = 100;

/** A stream that is read, and its history. */
export class Inspection {
  readonly history: History;
  readonly view: HistoryView;
  readonly eventNames = new EventNames();
  readonly timeline = new TimelineRecorder(() => this.history.count + 1);
  readonly #journal: Journal;
  readonly lines: Journal['lines'];
  readonly #rate = new Rate();
  readonly #onChange: () => void;
  #timer: NodeJS.Timeout | undefined;
  #reportedAt = 0;
  #subscription: Subscription | undefined;
  #status: InspectionStatus = idle();
  #body = new ResponseBody();
  #connectedAt = 0;
  #awaitsFirst = false;
  #request = { insecure: false, url: '', method: '' };
  #closed = false;

  /**
   * @param onChange called when something has changed, at most ten times a second, and not after `close`
   * @param history limits what is kept of the stream. Default: as much as a panel keeps
   */
  constructor(onChange: () => void, history = new History()) {
    [this.#onChange, this.history] = [onChange, history];
    this.#journal = new Journal(history, () => this.#open, this.timeline.now);
    this.lines = this.#journal.lines;
    this.view = new HistoryView(this.history, () => this.#change(true));
  }

  get status(): InspectionStatus {
    return this.#status;
  }

  /** Number of events of the open stream in the last second, without those that were cleared. */
  get rate(): number {
    return this.#rate.value;
  }

  /** Body of the response, if there is one. */
  get body(): Pick<ResponseBody, 'bytes' | 'size' | 'cut' | 'state'> {
    return this.#body;
  }

  /** Whether a request is in progress, or will be made without the user. */
  get running(): boolean {
    return this.#status.state === 'answered' ? this.#subscription !== undefined : isUnderWay(this.#status);
  }

  /** Whether any TLS certificate is accepted on a connection that uses TLS. */
  get insecure(): boolean {
    const ways = [this.#request.url, ...(this.#status.response?.redirects ?? []).map(({ url }) => url)];
    return this.#request.insecure && ways.some((url) => /^https:/i.test(url));
  }

  /** Recorder of the stream; undefined if it isn't recorded. */
  get recorder(): Recorder | undefined {
    return this.#journal.recorder;
  }

  /**
   * Yields the stream so far as a `.sse` file, chunk by chunk, and returns the number of events in it.
   * @param onProgress called with the part that is done, from 0 to 1
   */
  script(onProgress?: (part: number) => void): Generator<Uint8Array, number> {
    return historyScript(this.history, this.#journal.arrivals, this.#request.method, onProgress);
  }

  /** Handover to the recorder that is in progress; undefined if there is none. */
  get handover(): Handover | undefined {
    return this.#journal.handover;
  }

  /** Records from the event in progress on. undefined ends that, without closing the recorder. */
  record(recorder: Recorder | undefined, options?: RecordOptions): void {
    this.#journal.record(recorder, options);
    this.#change();
  }

  /**
   * Has another recorder write everything since the recording began, and then what comes.
   * @returns the number of the first event that the recorder gets, if earlier ones were evicted; undefined if it gets all
   */
  recordAnew(recorder: Recorder, options: RecordOptions): number | undefined {
    const firstEvent = this.#journal.recordAnew(recorder, options);
    this.#change();
    return firstEvent;
  }

  /** Makes the request, and closes one in progress. The history stays. @param told is told of it after this. Default: none */
  connect(request: StreamRequest, options: ConnectOptions, told?: SubscriptionHandlers): void {
    if (this.#closed) return;
    this.#closeSubscription();
    const { insecure, url, method } = request;
    [this.#request, this.#status] = [{ insecure, url, method }, idle()];
    const handlers: SubscriptionHandlers = {
      onConnect: (lastEventId) => this.#connecting(lastEventId),
      onResponse: (response, format) => this.#answered(response, format),
      onBytes: (chunk) => this.#receive(chunk),
      onEvent: (event) => this.#add(event),
      onLastEventId: (lastEventId) => this.#set({ ...this.#status, lastEventId }),
      onWait: (end, delay) => this.#end(end, delay),
      onEnd: (end) => {
        this.#end(end);
        this.#subscription = undefined;
      },
    };
    const noted = handlersInTurn(this.timeline.handlers, handlers);
    const given = { ...options, position: this.history.bytes.size };
    this.#subscription = new Subscription(request, given, handlersInTurn(noted, told));
  }

  /** Closes the request. The history stays, and so does the status of a request that was already over. */
  disconnect(): void {
    this.#closeSubscription();
    this.#set(left(this.#status));
  }

  set reconnect(reconnect: boolean) {
    if (this.#subscription) this.#subscription.reconnect = reconnect;
  }

  reconnectNow(): void {
    this.#subscription?.reconnectNow();
  }

  /** Clears the history. */
  clear(): void {
    for (const part of [this.#journal, this.history, this.eventNames, this.timeline, this.#rate]) part.clear();
    this.#set(cleared(this.#status));
  }

  /** Closes the inspection. Calling it twice is fine. */
  close(): void {
    this.#closed = true;
    this.#subscription?.close();
    this.view.close();
    clearTimeout(this.#timer);
  }

  get #open(): OpenStream | undefined {
    if (this.#status.state !== 'open' || !this.#subscription) return undefined;
    const { blockStart, fieldsStart } = this.#subscription;
    return { method: this.#request.method, blockStart, fieldsStart };
  }

  #closeSubscription(): void {
    if (this.#status.state === 'open') this.#journal.end();
    this.#subscription?.close();
    this.timeline.left();
    this.#subscription = undefined;
    this.#body.end(false);
  }

  #connecting(lastEventId: string): void {
    [this.#connectedAt, this.#awaitsFirst, this.#body] = [performance.now(), true, new ResponseBody()];
    this.#set(connecting(this.#status, lastEventId));
  }

  #answered(response: Exchange, format: StreamFormat | undefined): void {
    if (format) this.history.bytes.begin(format);
    this.#journal.response(this.#request.method, response, format);
    this.#set(answered(this.#status, { response, format, headersAfter: performance.now() - this.#connectedAt }));
  }

  #receive(chunk: Uint8Array): void {
    this.#rate.receive();
    this.#body.add(chunk, this.#status.state !== 'open');
    if (this.#status.state === 'open') {
      this.history.addBytes(chunk);
      this.#journal.bytes(chunk);
      if (this.recorder?.isFull) void holdBack(this.#status.response?.body, this.recorder);
    } else if (this.#body.cut) this.disconnect(); // No more of the body would be shown.
    this.#change();
  }

  #add(event: IncomingEvent): void {
    if (this.#awaitsFirst && this.#status.state === 'open')
      this.#status.firstEventAfter = performance.now() - this.#connectedAt;
    this.#awaitsFirst = false;
    this.#rate.count();
    this.eventNames.add(event.event);
    this.history.addEvent(event, this.timeline.time);
    this.#journal.event(event);
  }

  /** @param delay time until the reconnect, in milliseconds; undefined if there is none */
  #end(end: End, delay?: number): void {
    if (this.#status.state === 'open') this.#journal.end(end);
    this.#body.end(end.cause !== 'network' && !(end.cause === 'response' && end.failure));
    const { lastEventId = '', unfinishedFrom } = this.#subscription ?? {};
    this.#set(over({ ...this.#status, lastEventId }, { end, unfinished: unfinishedFrom !== undefined }, delay));
  }

  #set(status: InspectionStatus): void {
    this.#status = status;
    if (status.state !== 'open') this.#rate.clear(); // It is that of the open stream.
    this.#change();
  }

  /** @param isByUser whether it is reported at once, unless another was reported just now. Default: no */
  #change(isByUser = false): void {
    if (this.#closed || this.#timer) return;
    const since = isByUser ? performance.now() - this.#reportedAt : 0;
    this.#timer = setTimeout(() => this.#report(), COALESCE_TIME - since);
  }

  #report(): void {
    [this.#timer, this.#reportedAt] = [undefined, performance.now()];
    this.#updateView();
    this.#onChange();
    // After the stream has fallen silent, the rate still has to be seen falling.
    if (this.#rate.value > 0) this.#change();
  }

  /** Updates the view. If that fails, removes the filter's text: without this, no change would be reported any more. */
  #updateView(): void {
    try {
      this.view.update();
    } catch {
      this.view.giveUp();
    }
  }
}
