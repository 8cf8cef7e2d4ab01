import type { Script } from './script';

/** A loop that is later than this, in milliseconds, as after the machine has slept, leaves out the rounds that it has missed. */
const MAX_LATENESS = 1000;
/** A round takes no less, in milliseconds: at a high speed, more would be due in that time than can be sent. */
const MIN_ROUND = 1;
/** Maximum number of steps looked at for a block's end. */
const MAX_STEPS = 1000;

/** Where in a script a connection begins, and when. */
export interface StartPosition {
  /** The index of the first step. */
  from: number;
  /** Up to this index faults are passed over. */
  faultsFrom: number;
  /** When the script's beginning was or would have been, on the clock. */
  start: number;
}

/** Returns where a connection begins that is opened at that time: the statuses of the top, and the pauses between them, were other requests'. */
export function firstPosition({ steps, refusalsEnd }: Script, now: number, speed: number): StartPosition {
  const skipped = steps[refusalsEnd - 1]?.offset ?? 0;
  return { from: 0, faultsFrom: refusalsEnd, start: now - skipped / speed };
}

/**
 * Where a client goes on that has seen the event of that id; nothing where the file doesn't set the id.
 * @param lastEventId the id that the client has seen last; undefined: none
 */
export function resumePosition(
  script: Script,
  lastEventId: string | undefined,
): (Omit<StartPosition, 'start'> & { offset: number }) | undefined {
  const point = script.resumePoints.get(lastEventId?.trim() ?? '');
  // Steps behind the loop are never played, and so never seen.
  if (!point || point.index > (script.loop ?? script.steps.length)) return undefined;
  // That end is the stream's for each client: it isn't passed over.
  const faultsFrom = Math.min(point.faultsFrom, script.end ?? script.steps.length);
  return { from: point.index, faultsFrom, offset: lastSeenOffset(script, point.index, faultsFrom) };
}

/**
 * Where a script that began at a time has got to at another: at the block of lines that is under way, or that comes next.
 * With a loop, in the round that it is in. Both on one clock, in milliseconds.
 */
export function positionAt(script: Script, start: number, now: number): StartPosition {
  const { steps, loop = steps.length, refusalsEnd } = script;
  const length = steps[loop]?.offset;
  const rounds = length ? Math.max(0, Math.floor((now - start) / length)) : 0;
  const roundStart = start + rounds * (length ?? 0);
  // What lies behind the loop is never played.
  const index = Math.min(
    firstAfter(steps.length, now - roundStart, (index) => steps[index]?.offset),
    loop,
  );
  return { from: startOfOpenEvent(steps, index), faultsFrom: Math.max(index, refusalsEnd), start: roundStart };
}

/** @param start when the timeline began @param time when the client was there last, where it has seen no event of the script */
export function sharedPosition(
  script: Script,
  seen: Omit<StartPosition, 'start'> | undefined,
  start: number,
  { time, now }: { time: number; now: number },
): StartPosition {
  if (seen) return sharedResume(script, seen, start, now);
  const place = positionAt(script, start, now);
  if (time === now || time < start) return place;
  const then = positionAt(script, start, time);
  // In an earlier round, faults would come again that the others have behind them.
  if (then.start !== place.start) return place;
  return { from: afterBlock(script, then.faultsFrom), faultsFrom: place.faultsFrom, start: then.start };
}

/**
 * Where a client goes on on a timeline that all share, in the last round in which it can have seen its event. It begins
 * where the others are, where the timeline hasn't come to that event yet: it has seen it before all began anew.
 * @param start when the timeline began, on the clock of `now`
 */
function sharedResume(script: Script, seen: Omit<StartPosition, 'start'>, start: number, now: number): StartPosition {
  const { steps, loop = steps.length } = script;
  const place = positionAt(script, start, now);
  const seenAt = place.start + (steps[seen.from - 1]?.offset ?? 0);
  if (seenAt <= now) return { from: seen.from, faultsFrom: seen.faultsFrom, start: place.start };
  const roundBefore = place.start - (steps[loop]?.offset ?? Number.POSITIVE_INFINITY);
  return roundBefore < start ? place : { from: seen.from, faultsFrom: seen.faultsFrom, start: roundBefore };
}

/** The index behind the block that is open behind a step; the index itself, where none is, or none that ends soon. */
export function afterBlock({ steps, loop = steps.length }: Script, index: number): number {
  for (let at = index; at <= Math.min(loop, index + MAX_STEPS); at += 1)
    if ((steps[at - 1]?.openFrom ?? -1) < 0) return at;
  return index;
}

/**
 * Returns the start of the round that follows, in a loop. @param start of the round that is over
 * @param length of a round, in milliseconds
 */
export function nextRound(start: number, length: number, now: number): number {
  const duration = Math.max(length, MIN_ROUND);
  const late = now - start - duration;
  return start + (late > MAX_LATENESS ? Math.floor(late / duration) + 1 : 1) * duration;
}

/** The time up to which the client has seen it: up to the fault that ended its connection; where there is none, to the event. */
function lastSeenOffset({ steps, faults }: Script, from: number, faultsFrom: number): number {
  const fault = faults[firstAfter(faults.length, from - 1, (index) => faults[index])];
  const last = fault === undefined || fault >= faultsFrom ? from - 1 : fault;
  return steps[last]?.offset ?? 0;
}

/** Whether no event is left to be sent from there, and the file says that this is the end. */
export function isOver(script: Script, { from }: StartPosition): boolean {
  return from > 0 && script.end !== undefined && eventsBefore(script, from) === script.events;
}

/** How many events there are before that step. */
export function eventsBefore({ steps }: Script, index: number): number {
  return steps[index - 1]?.events ?? 0;
}

/** Whether a client that is played the steps from the one index to the other is given an id by one of them. */
export function setsId({ idSteps }: Script, from: number, to: number): boolean {
  return (idSteps[firstAfter(idSteps.length, from, (index) => idSteps[index])] ?? Number.POSITIVE_INFINITY) <= to;
}

/** The index of the first whose value is greater, of so many in their order. Each client asks: a file may have a million steps. */
function firstAfter(count: number, value: number, at: (index: number) => number | undefined): number {
  let [from, to] = [0, count];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((at(middle) ?? 0) <= value) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** The index of the first step of the event that is under way before a step; of that step itself, where none is. */
function startOfOpenEvent(steps: Script['steps'], index: number): number {
  const from = steps[index - 1]?.openFrom ?? -1;
  const first = steps[from];
  // An event that the end of its connection cut off isn't under way any more.
  return first?.kind === 'send' && !first.cutOff ? from : index;
}
