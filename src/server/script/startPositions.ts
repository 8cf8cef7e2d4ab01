import type { Delays } from '../../script/delays';
import { firstPosition, isOver, resumePosition, type StartPosition, sharedPosition } from '../../script/position';
import type { Script } from '../../script/script';
import type { UnknownIdReply } from '../../script/scriptReply';
import { encodeEvent } from '../../stream/encode';
import { PublishedEvents } from '../publish/publishedEvents';
import type { Blocks, Publication, Refusal } from '../source';
import { type LeftPosition, LeftPositions } from './leftPositions';
import { type Played, positionAfterPublished } from './played';

/** The way in which a script is played to a client that comes now. */
export interface Timeline {
  script: Script;
  speed: number;
  /** Time on the clock. */
  now: number;
  /** Time at which the timeline of all connections began, on the same clock; undefined if the client gets its own. */
  sharedStart: number | undefined;
  /** Delays of that timeline. */
  sharedDelays: Delays;
}

/** Settings for playing a script on a connection. */
export interface Playing extends Omit<Timeline, 'now' | 'sharedStart' | 'sharedDelays'> {
  beginning: StartPosition;
  /** Blocks that were published while the client was away. */
  missed: readonly Blocks[];
  /** Initial value of `Played.published`, for a client that resumes. */
  published: Played['published'];
  /** The published id whose latest position is taken as soon as the client is played to; undefined if none is. */
  leftId: string | undefined;
}

/** Positions at which clients begin, or resume behind the last event that they have seen. */
export class StartPositions {
  readonly #published = new PublishedEvents();
  readonly #left = new LeftPositions();

  /** Keeps a publication, so that clients can resume behind its ids. */
  publish(publication: Publication, now: number): void {
    this.#published.add(publication, now);
  }

  /** Whether an id was published, or a client has left with it. */
  knows(id: string): boolean {
    return this.#published.after(id) !== undefined || this.#left.next(id) !== undefined;
  }

  /** Forgets the positions in a script that was replaced. */
  clear(): void {
    this.#left.clear();
  }

  /** Keeps the position of a client that leaves. @param script that new clients are played */
  leave(played: Played, script: Script): void {
    const position = positionAfterPublished(played, script);
    if (position && played.published) this.#left.add(played.published.id, position);
  }

  /** Uses up the position that the client resumes at. */
  take({ leftId }: Playing): void {
    if (leftId !== undefined) this.#left.take(leftId);
  }

  /**
   * Returns how to play to a client; a refusal if it has seen all that will ever come, or if the script says so of an id
   * that is unknown.
   * @param lastEventId empty if none
   * @param others open connections
   */
  of(lastEventId: string, timeline: Timeline, others: Iterable<Played>): Playing | Refusal {
    const { script, speed, now, sharedStart } = timeline;
    const id = lastEventId.trim();
    const resumed = resumePosition(script, id);
    const missed = resumed ? undefined : this.#published.after(id);
    const left = resumed ?? this.#leftPositionOf(id, script, others);
    const beginning =
      sharedStart !== undefined
        ? onSharedTimeline(timeline, resumed, sharedStart, missed?.time ?? now)
        : left
          ? { ...left, round: left.round ?? 0, start: now - left.offset / speed }
          : firstPosition(script, now, speed);
    if (!missed?.pieces.length && isOver(script, beginning)) return { status: 204 };
    const unknown = id !== '' && !missed && !left ? replyToUnknown(id, script.reply.unknownId) : undefined;
    if (unknown && 'status' in unknown) return unknown;
    const pieces = missed?.pieces ?? (unknown ? [unknown] : []);
    const lastId = missed?.lastId ?? (resumed || !left ? '' : id);
    const published = lastId === '' ? undefined : { id: lastId, script, index: beginning.from, round: beginning.round };
    const leftId = resumed ? undefined : id;
    return { script, speed, beginning, missed: pieces, published, leftId };
  }

  /** Returns the resume position after a published id: of a client that left with it, or is still connected with it. */
  #leftPositionOf(id: string, script: Script, others: Iterable<Played>): LeftPosition | undefined {
    if (id === '') return undefined;
    const playing = [...others].filter(({ published }) => published?.id === id);
    return this.#left.next(id) ?? playing.flatMap((one) => positionAfterPublished(one, script) ?? [])[0];
  }
}

/**
 * Returns the refusal of a client with an id that is unknown, or what it gets first: an event that says that some are
 * missing, with that id as its data; undefined if it begins as any other.
 */
function replyToUnknown(id: string, reply: UnknownIdReply): Refusal | Blocks | undefined {
  if (reply === 'resync') return { bytes: Buffer.from(encodeEvent({ event: reply, data: id })), events: 1 };
  if (reply === 204) return { status: 204 };
  if (reply === 'beginning') return undefined;
  return { status: reply, reason: 'This Last-Event-ID isn’t known here. Come without it, from the beginning.' };
}

/** Returns the start position of a client on the timeline that all share, by the script's own time, which runs at its speed. */
function onSharedTimeline(
  { script, speed, now, sharedDelays: delays }: Timeline,
  seen: ReturnType<typeof resumePosition>,
  start: number,
  time: number,
): StartPosition {
  const scaled = (at: number) => (at - start) * speed;
  const position = sharedPosition(script, seen, 0, { time: scaled(time), now: scaled(now), delays });
  return { ...position, start: start + position.start / speed };
}
