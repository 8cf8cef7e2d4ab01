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
 * @param lastEventId as Node gives the header: each character is a byte of UTF-8
 */
export function behind(
  script: Script,
  lastEventId: string | undefined,
): (Omit<Beginning, 'start'> & { offset: number }) | undefined {
  const point = script.resumePoints.get(
    Buffer.from(lastEventId ?? '', 'latin1')
      .toString()
      .trim(),
  );
  if (!point) return undefined;
  // That end is the stream's for each client: it isn't passed over.
  const faultsFrom = Math.min(point.faultsFrom, script.end ?? script.steps.length);
  return { from: point.index, faultsFrom, offset: seenUpTo(script.steps, point.index, faultsFrom) };
}

/**
 * Where a script that began at a time has got to at another: at the block of lines that is under way, or that comes next.
 * With a loop, in the round that it is in. Both on one clock, in milliseconds.
 */
export function beginningAt({ steps }: Script, start: number, now: number): Beginning {
  const loop = steps.findIndex(({ kind }) => kind === 'loop');
  const length = steps[loop]?.offset;
  const rounds = length ? Math.max(0, Math.floor((now - start) / length)) : 0;
  const roundStart = start + rounds * (length ?? 0);
  const after = indexAfter(steps, now - roundStart);
  // What lies behind the loop is never played.
  const index = loop < 0 ? after : Math.min(after, loop);
  return { from: wholeUpTo(steps, index), faultsFrom: index, start: roundStart };
}

/** The time up to which the client has seen it: up to the fault that ended its connection; where there is none, to the event. */
function seenUpTo(steps: Script['steps'], from: number, faultsFrom: number): number {
  for (let index = from; index < faultsFrom; index += 1) {
    const step = steps[index];
    if (step && step.kind !== 'send' && step.kind !== 'status') return step.offset;
  }
  return steps[from - 1]?.offset ?? 0;
}

/** Whether no event is left to be sent from there, and the file says that this is the end. */
export function isOver(script: Script, { from }: Beginning): boolean {
  return from > 0 && script.end !== undefined && eventsBefore(script, from) === script.events;
}

/** How many events there are before that step. */
export function eventsBefore({ steps }: Script, index: number): number {
  for (let at = index - 1; at >= 0; at -= 1) {
    const step = steps[at];
    if (step?.kind === 'send') return step.events;
  }
  return 0;
}

/** The index of the first step that comes later than that offset, in milliseconds. */
function indexAfter(steps: Script['steps'], offset: number): number {
  let [from, to] = [0, steps.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((steps[middle]?.offset ?? 0) <= offset) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** The index of the first step of the event that is under way before a step; of that step itself, where none is. */
function wholeUpTo(steps: Script['steps'], index: number): number {
  let from = index;
  for (let at = index - 1; at >= 0; at -= 1) {
    const step = steps[at];
    if (step?.kind !== 'send') continue;
    if (step.closed || step.cutOff) break;
    from = at;
  }
  return from;
}
