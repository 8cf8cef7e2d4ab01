import { Burst } from './burst';
import { Connections } from './connections';
import { GapMedian } from './gapMedian';
import { AllTime, LastMinute, type Scale } from './scale';
import { Silences } from './silences';
import {
  type Columns,
  type Connection,
  type ConnectionEnd,
  MAX_COLUMNS,
  type Silence,
  type TimelinePicture,
  type TimelineRange,
  type TimelineSummary,
  type TimelineView,
} from './timelineView';

/** Length of the range `last`, in milliseconds. */
const MINUTE = 60_000;
/** Shortest length of the range `all`, so that a young stream doesn't fill it, in milliseconds. */
const SHORTEST = 10_000;

/**
 * When things came on a stream, over all its connections: bounded, however long it is. Times as `Date.now()` counts; a time
 * before the last one counts as that.
 */
export class Timeline {
  readonly #connections = new Connections();
  #from: number | undefined;
  #now = 0;
  /** Time of the last byte of the open connection, or of its head. */
  #heardAt: number | undefined;
  #events = 0;
  #silences = new Silences();
  #gaps = new GapMedian();
  #allTime = new AllTime(0);
  #lastMinute = new LastMinute();
  #scales: readonly Scale[] = [];
  #burst = new Burst([]);

  /** A request is sent. @param firstEvent number that the next event gets */
  request(time: number, lastEventId: string, firstEvent: number): void {
    if (this.#from === undefined) this.clear(time);
    this.#pass(time);
    this.#connections.add(this.#now, lastEventId, firstEvent);
    this.#burst.begin();
  }

  /** The head of a response has come. */
  head(time: number, isStream: boolean): void {
    this.#pass(time);
    const { last } = this.#connections;
    if (!last) return;
    // A response that isn't valid HTTP is asked for once more, within the same connection.
    [last.headAt, last.endedAt, last.end] = [this.#now, undefined, undefined];
    if (isStream) this.#heardAt = this.#now;
    else this.end(time, 'refused');
  }

  /** Bytes of the stream have come. To be called before the comments and events in them are counted. */
  bytes(time: number): void {
    this.#pass(time);
    if (this.#heardAt !== undefined) this.#endSilence();
  }

  /** A comment has come with the last bytes. */
  comment(): void {
    for (const scale of this.#scales) {
      const slot = scale.slotOf(this.#now);
      scale.tallies.comments[slot] = (scale.tallies.comments[slot] ?? 0) + 1;
    }
  }

  /** An event has come with the last bytes. */
  event(): void {
    this.#events += 1;
    const { last } = this.#connections;
    if (last) last.firstEventAt ??= this.#now;
    for (const scale of this.#scales) {
      const slot = scale.slotOf(this.#now);
      scale.tallies.events[slot] = (scale.tallies.events[slot] ?? 0) + 1;
    }
    const gap = this.#burst.add(this.#now);
    if (gap !== undefined) this.#gaps.add(gap);
  }

  /** The connection is over. Does nothing if it was. @param waits whether the next one follows without the user */
  end(time: number, end: ConnectionEnd, waits = false): void {
    const { last } = this.#connections;
    if (!last || !this.#isRunning) return;
    this.#pass(time);
    if (last.end === undefined) {
      this.#endSilence();
      [last.end, last.endedAt] = [end, this.#now];
    }
    [last.waits, this.#heardAt] = [waits, undefined];
  }

  /** Forgets all but the connection in progress. The beginning is that time then. */
  clear(time: number): void {
    this.#pass(time);
    this.#from = this.#now;
    this.#events = 0;
    [this.#silences, this.#gaps] = [new Silences(), new GapMedian()];
    [this.#allTime, this.#lastMinute] = [new AllTime(this.#now), new LastMinute()];
    this.#scales = [this.#allTime, this.#lastMinute];
    this.#burst = new Burst(this.#scales);
    this.#connections.clear();
  }

  /** Returns the connection that brought the event of that number; undefined if it is no longer known. */
  connectionOf(event: number): Connection | undefined {
    return this.#connections.ofEvent(event);
  }

  /**
   * Returns a picture of the stream.
   * @param width number of columns, at most `MAX_COLUMNS`; 0 for the summary alone
   */
  view(range: TimelineRange, width: number, now: number): TimelineView {
    const stop = this.#isRunning ? Math.max(now, this.#now) : this.#now;
    const columns = Math.min(MAX_COLUMNS, Math.floor(width));
    const hasPicture = columns > 0 && this.#connections.count > 0;
    return { summary: this.#summary(stop), picture: hasPicture ? this.#picture(range, columns, stop) : undefined };
  }

  get #isRunning(): boolean {
    const { last } = this.#connections;
    return last !== undefined && (last.end === undefined || last.waits === true);
  }

  #summary(stop: number): TimelineSummary {
    const silentFor = this.#heardAt === undefined ? undefined : stop - this.#heardAt;
    const { longest } = this.#silences;
    return {
      events: this.#events,
      span: this.#connections.count === 0 ? 0 : stop - (this.#from ?? stop),
      medianGap: this.#gaps.value,
      gaps: this.#gaps.count,
      longest: silentFor === undefined ? longest : Math.max(longest ?? 0, silentFor),
      connections: this.#connections.count,
      silentFor,
      isRunning: this.#isRunning,
    };
  }

  #picture(range: TimelineRange, width: number, stop: number): TimelinePicture {
    const begin = this.#from ?? stop;
    const length = (range === 'last' ? MINUTE : Math.max(SHORTEST, stop - begin)) / width;
    // Whole columns, so that what is in one stays in it while they move.
    const to = range === 'last' ? Math.max(begin + MINUTE, Math.ceil(stop / length) * length) : begin + length * width;
    const from = range === 'last' ? to - MINUTE : begin;
    const columns: Columns = { events: zeros(width), comments: zeros(width), bursts: zeros(width) };
    (range === 'last' ? this.#lastMinute : this.#allTime).addTo(columns, from, length);
    const current: Silence | undefined = this.#heardAt === undefined ? undefined : { from: this.#heardAt, to: stop };
    return {
      ...columns,
      from,
      to,
      now: stop,
      silences: this.#silences.within(from, to, current),
      connections: this.#connections.within(from, to),
      folded: this.#connections.folded,
    };
  }

  #pass(time: number): void {
    this.#now = Math.max(this.#now, time);
  }

  #endSilence(): void {
    if (this.#heardAt !== undefined) this.#silences.add({ from: this.#heardAt, to: this.#now });
    this.#heardAt = this.#now;
  }
}

function zeros(count: number): number[] {
  return new Array<number>(count).fill(0);
}
