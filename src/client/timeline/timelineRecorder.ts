import { Timeline } from '../../analysis/timeline/timeline';
import type { Connection, TimelineRange, TimelineView } from '../../analysis/timeline/timelineView';
import type { End } from '../http/end';
import type { SubscriptionHandlers } from '../http/subscriptionOptions';
import { SteadyClock } from './steadyClock';

/** Notes when the connections, comments and events of a stream came, for its timeline. */
export class TimelineRecorder {
  readonly #timeline = new Timeline();
  readonly #clock = new SteadyClock();
  readonly #nextEvent: () => number;
  #time = 0;
  /** Whether the latest response is read as a stream. */
  #isStream = false;
  /** Whether the next request is the same attempt once more. */
  #isRepeated = false;

  /** Returns the time, as the timeline counts: all times of its events do. */
  readonly now = (): number => this.#clock.now();

  /** To be called before others of a subscription's handlers, so that they find the time of what came. */
  readonly handlers: SubscriptionHandlers = {
    onConnect: (lastEventId) => this.#connect(lastEventId),
    onResponse: (_response, format) => {
      this.#isStream = format !== undefined;
      this.#timeline.head(this.now(), this.#isStream);
    },
    onBytes: () => this.#receive(),
    onEvent: () => this.#timeline.event(),
    onNote: ({ kind }) => {
      if (kind === 'comment') this.#timeline.comment();
    },
    onLastEventId: () => undefined,
    onWait: (end, delay) => this.#end(end, delay),
    onEnd: (end) => this.#end(end),
  };

  /** @param nextEvent returns the number that the next event gets */
  constructor(nextEvent: () => number) {
    this.#nextEvent = nextEvent;
  }

  /** Time at which the latest bytes came, and with them their events, as `Date.now()` counts. */
  get time(): number {
    return this.#time;
  }

  /** We have closed the connection. Does nothing if there is none. */
  left(): void {
    this.#timeline.end(this.now(), 'left');
  }

  clear(): void {
    this.#timeline.clear(this.now());
  }

  /** See `Timeline.view`. */
  view(range: TimelineRange, width: number): TimelineView {
    return this.#timeline.view(range, width, this.now());
  }

  /** Returns the connection that brought the event of that number; undefined if it is no longer known. */
  connectionOf(event: number): Connection | undefined {
    return this.#timeline.connectionOf(event);
  }

  #connect(lastEventId: string): void {
    if (!this.#isRepeated) this.#timeline.request(this.now(), lastEventId, this.#nextEvent());
    this.#isRepeated = false;
  }

  #receive(): void {
    this.#time = this.now();
    if (this.#isStream) this.#timeline.bytes(this.#time);
  }

  /** @param delay time until the next request, in milliseconds; undefined if there is none */
  #end(end: End, delay?: number): void {
    this.#isRepeated = delay === 0;
    if (this.#isRepeated) return;
    const how = end.cause !== 'network' ? 'end' : this.#isStream ? 'cut' : 'failed';
    this.#isStream = false;
    this.#timeline.end(this.now(), how, delay !== undefined);
  }
}
