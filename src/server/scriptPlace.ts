import type { Script } from '../sse/script';

/** Where in a script a connection begins, and when. */
export interface Beginning {
  /** The index of the first step. */
  from: number;
  /** Up to this index faults are passed over. */
  faultsFrom: number;
  /** When the script's beginning was or would have been, on the clock. */
  start: number;
}

/**
 * Where a client goes on that has seen the event of that id; nothing where the file doesn't set the id.
 * @param lastEventId the id that the client has seen last; undefined: none
 */
export function behind(
  script: Script,
  lastEventId: string | undefined,
): (Omit<Beginning, 'start'> & { offset: number }) | undefined {
  const point = script.resumePoints.get(lastEventId?.trim() ?? '');
  if (!point) return undefined;
  // That end is the stream's for each client: it isn't passed over.
  const faultsFrom = Math.min(point.faultsFrom, script.end ?? script.steps.length);
  return { from: point.index, faultsFrom, offset: seenUpTo(script, point.index, faultsFrom) };
}

/**
 * Where a script that began at a time has got to at another: at the block of lines that is under way, or that comes next.
 * With a loop, in the round that it is in. Both on one clock, in milliseconds.
 */
export function beginningAt({ steps, loop = steps.length }: Script, start: number, now: number): Beginning {
  const length = steps[loop]?.offset;
  const rounds = length ? Math.max(0, Math.floor((now - start) / length)) : 0;
  const roundStart = start + rounds * (length ?? 0);
  // What lies behind the loop is never played.
  const index = Math.min(
    firstBehind(steps.length, now - roundStart, (index) => steps[index]?.offset),
    loop,
  );
  return { from: wholeUpTo(steps, index), faultsFrom: index, start: roundStart };
}

/** The time up to which the client has seen it: up to the fault that ended its connection; where there is none, to the event. */
function seenUpTo({ steps, faults }: Script, from: number, faultsFrom: number): number {
  const fault = faults[firstBehind(faults.length, from - 1, (index) => faults[index])];
  const last = fault === undefined || fault >= faultsFrom ? from - 1 : fault;
  return steps[last]?.offset ?? 0;
}

/** Whether no event is left to be sent from there, and the file says that this is the end. */
export function isOver(script: Script, { from }: Beginning): boolean {
  return from > 0 && script.end !== undefined && eventsBefore(script, from) === script.events;
}

/** How many events there are before that step. */
export function eventsBefore({ steps }: Script, index: number): number {
  return steps[index - 1]?.events ?? 0;
}

/** The index of the first whose value is greater, of so many in their order. Each client asks: a file may have a million steps. */
function firstBehind(count: number, value: number, at: (index: number) => number | undefined): number {
  let [from, to] = [0, count];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((at(middle) ?? 0) <= value) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** The index of the first step of the event that is under way before a step; of that step itself, where none is. */
function wholeUpTo(steps: Script['steps'], index: number): number {
  const from = steps[index - 1]?.openFrom ?? -1;
  const first = steps[from];
  // An event that the end of its connection cut off isn't under way any more.
  return first?.kind === 'send' && !first.cutOff ? from : index;
}
