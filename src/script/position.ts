import { type Delays, NO_DELAYS } from './delays';
import { numberIn } from './fill/idTemplate';
import { firstAfter } from './firstAfter';
import type { ResumePoint, Script } from './script';

/** Maximum delay of a loop, in milliseconds: if it is exceeded (the machine slept), the missed rounds are skipped. */
const MAX_LATENESS = 1000;
/** Minimum duration of a round, in milliseconds: at a high speed, more rounds would be due than can be sent. */
const MIN_ROUND = 1;
/** Maximum number of steps searched for the end of a block. */
const MAX_STEPS = 1000;

/** Position in a script at which a connection begins, and the time of the script's beginning. */
export interface StartPosition {
  /** Index of the first step. */
  from: number;
  /** Index before which faults are skipped. */
  faultsFrom: number;
  /** Number of the round in a loop, from 0: the events of the rounds before count in `{{n}}`. */
  round: number;
  /** Time at which that round began, or would have begun, on the clock. */
  start: number;
}

/** Position at which a client resumes, and its time in the script, in milliseconds. */
export interface ResumePosition extends Omit<StartPosition, 'start' | 'round'> {
  offset: number;
  /** The round that the id is of; undefined if it is the same in each round. */
  round: number | undefined;
}

/** Returns the start of a connection that is opened now: earlier requests got the top's statuses and the pauses between. */
export function firstPosition({ steps, refusalsEnd }: Script, now: number, speed: number): StartPosition {
  const skipped = steps[refusalsEnd - 1]?.offset ?? 0;
  return { from: 0, faultsFrom: refusalsEnd, round: 0, start: now - skipped / speed };
}

/**
 * Returns the position at which a client with this `Last-Event-ID` resumes; undefined if the file doesn't set the id.
 * @param lastEventId the last id that the client has seen; undefined if it has seen none
 */
export function resumePosition(script: Script, lastEventId: string | undefined): ResumePosition | undefined {
  const id = lastEventId?.trim() ?? '';
  const literal = script.resumePoints.get(id);
  const found = isPlayed(script, literal) ? { point: literal, round: undefined } : numberedPoint(script, id);
  if (!found) return undefined;
  const { point, round } = found;
  // The script's `end` holds for every client: it must not be skipped.
  const faultsFrom = Math.min(point.faultsFrom, script.end ?? script.steps.length);
  return { from: point.index, faultsFrom, round, offset: lastSeenOffset(script, point.index, faultsFrom) };
}

/** Returns the resume point of an id that has the number of its event in it, and its round; undefined if there is none. */
function numberedPoint(script: Script, id: string): { point: ResumePoint; round: number } | undefined {
  for (const template of script.numberedPoints) {
    const number = numberIn(template, id);
    for (const { round, event } of number === undefined ? [] : placesOf(script, number)) {
      const point = template.points.get(event);
      if (isPlayed(script, point)) return { point, round };
    }
  }
  return undefined;
}

/** Returns the rounds in which an event can have the number, and its number in each: the earliest first. */
function placesOf(script: Script, number: number): { round: number; event: number }[] {
  const events = eventsInRound(script);
  const round = events > 0 ? Math.floor((number - 1) / events) : 0;
  const event = number - round * events;
  // A block without data at a round's end has the number of the next round's first event.
  const places = event === 1 && round > 0 ? [{ round: round - 1, event: events + 1 }] : [];
  return [...places, { round, event }].filter((place) => place.round === 0 || script.loop !== undefined);
}

/** Whether clients can have seen the point: steps after the loop are never played. */
function isPlayed(script: Script, point: ResumePoint | undefined): point is ResumePoint {
  return point !== undefined && point.index <= (script.loop ?? script.steps.length);
}

/** Returns the number of events in each round of a script. */
export function eventsInRound({ steps, loop = steps.length }: Script): number {
  return steps[loop - 1]?.events ?? 0;
}

/**
 * Returns the position that a script has reached: the block in progress, or else the next one; in a loop, in its present
 * round. Both times are on the same clock, in milliseconds.
 */
export function positionAt(script: Script, start: number, now: number, delays = NO_DELAYS): StartPosition {
  const { steps, loop = steps.length, refusalsEnd } = script;
  const length = roundLength(script, delays);
  const rounds = length ? Math.max(0, Math.floor((now - start) / length)) : 0;
  const roundStart = start + rounds * (length ?? 0);
  // Steps after the loop are never played.
  const index = Math.min(
    firstAfter(steps.length, now - roundStart, (index) => offsetOf(script, index, delays)),
    loop,
  );
  return {
    from: startOfOpenEvent(steps, index),
    faultsFrom: Math.max(index, refusalsEnd),
    round: rounds,
    start: roundStart,
  };
}

/**
 * Returns the start position of a client on the timeline that all connections share.
 * @param seen resume position of the event that the client has seen last; undefined if it has seen none of the script
 * @param start time at which the timeline began
 * @param time time at which the client was last connected, if `seen` is undefined; else unused
 */
export function sharedPosition(
  script: Script,
  seen: Omit<ResumePosition, 'offset'> | undefined,
  start: number,
  { time, now, delays }: { time: number; now: number; delays: Delays },
): StartPosition {
  if (seen) return sharedResume(script, seen, start, { now, delays });
  const position = positionAt(script, start, now, delays);
  if (time === now || time < start) return position;
  const then = positionAt(script, start, time, delays);
  // In an earlier round, faults that are over for the other clients would be played again.
  if (then.start !== position.start) return position;
  return { ...position, from: afterBlock(script, then.faultsFrom) };
}

/**
 * Returns the resume position on a shared timeline, in the last round in which the client can have seen its event. If the
 * timeline hasn't reached that event yet, the client saw it before a restart: it begins where the others are.
 * @param start time at which the timeline began, on the clock of `now`
 */
function sharedResume(
  script: Script,
  seen: Omit<ResumePosition, 'offset'>,
  start: number,
  { now, delays }: { now: number; delays: Delays },
): StartPosition {
  const position = positionAt(script, start, now, delays);
  const { from, faultsFrom } = seen;
  const offset = from > 0 ? (offsetOf(script, from - 1, delays) ?? 0) : 0;
  const round = seen.round ?? (position.start + offset <= now ? position.round : position.round - 1);
  const roundStart = start + (round > 0 ? round * (roundLength(script, delays) ?? Number.POSITIVE_INFINITY) : 0);
  const isReached = round >= 0 && roundStart + offset <= now;
  return isReached ? { from, faultsFrom, round, start: roundStart } : position;
}

/** Returns the time of a step from the beginning of its round, in milliseconds; undefined if there is no such step. */
function offsetOf({ steps }: Script, index: number, delays: Delays): number | undefined {
  const step = steps[index];
  return step && step.offset + delays.before(index);
}

/** Returns the length of a round of the loop, in milliseconds; undefined if there is no loop. */
function roundLength(script: Script, delays: Delays): number | undefined {
  return script.loop === undefined ? undefined : offsetOf(script, script.loop, delays);
}

/** Returns the index after the block that is open before this index; the index itself if none is, or its end isn't near. */
export function afterBlock({ steps, loop = steps.length }: Script, index: number): number {
  for (let at = index; at <= Math.min(loop, index + MAX_STEPS); at += 1)
    if ((steps[at - 1]?.openFrom ?? -1) < 0) return at;
  return index;
}

/**
 * Returns the start time of the next round of a loop, and how many rounds later that is: more than one if some are skipped.
 * @param start start time of the round that has ended
 * @param length of a round, in milliseconds
 */
export function nextRound(start: number, length: number, now: number): { start: number; rounds: number } {
  const duration = Math.max(length, MIN_ROUND);
  const late = now - start - duration;
  const rounds = late > MAX_LATENESS ? Math.floor(late / duration) + 1 : 1;
  return { start: start + rounds * duration, rounds };
}

/** Returns the offset up to which the client has seen the script: the fault that ended its connection, or else the event. */
function lastSeenOffset({ steps, faults }: Script, from: number, faultsFrom: number): number {
  const fault = faults[firstAfter(faults.length, from - 1, (index) => faults[index])];
  const last = fault === undefined || fault >= faultsFrom ? from - 1 : fault;
  return steps[last]?.offset ?? 0;
}

/** Whether no event follows this position, and the file says `end`. */
export function isOver(script: Script, { from }: StartPosition): boolean {
  return from > 0 && script.end !== undefined && eventsBefore(script, from) === script.events;
}

/** Returns the number of events before a step. */
export function eventsBefore({ steps }: Script, index: number): number {
  return steps[index - 1]?.events ?? 0;
}

/** Whether one of the steps between the two indexes sets an id. */
export function setsId({ idSteps }: Script, from: number, to: number): boolean {
  return (idSteps[firstAfter(idSteps.length, from, (index) => idSteps[index])] ?? Number.POSITIVE_INFINITY) <= to;
}

/** Returns the index of the first step of the event in progress before a step; the step's own index if there is none. */
function startOfOpenEvent(steps: Script['steps'], index: number): number {
  const from = steps[index - 1]?.openFrom ?? -1;
  const first = steps[from];
  // An event that was cut off by the end of its connection is no longer in progress.
  return first?.kind === 'send' && !first.cutOff ? from : index;
}
