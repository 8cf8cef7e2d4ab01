import type { Script } from '../sse/script';
import type { Beginning } from './player';

/**
 * Where a client goes on that has seen the event of that id; nothing where the file doesn't set the id.
 * @param lastEventId as Node gives the header: each character is a byte of UTF-8
 */
export function behind(
  script: Script,
  lastEventId: string | undefined,
): (Omit<Beginning, 'start'> & { offset: number }) | undefined {
  const point = script.resumePoints.get(Buffer.from(lastEventId ?? '', 'latin1').toString());
  if (!point) return undefined;
  // Of the event that it has seen: the pause behind it is still to come.
  return { from: point.index, faultsFrom: point.faultsFrom, offset: script.steps[point.index - 1]?.offset ?? 0 };
}

/**
 * Where a script that began at a time has got to at another: at the block of lines that is under way, or that comes next.
 * With a loop, in the round that it is in. Both on one clock, in milliseconds.
 */
export function beginningAt({ steps }: Script, start: number, now: number): Beginning {
  const loop = steps.find(({ kind }) => kind === 'loop');
  const rounds = loop ? Math.max(0, Math.floor((now - start) / loop.offset)) : 0;
  const roundStart = loop ? start + rounds * loop.offset : start;
  let from = 0;
  for (const [index, step] of steps.entries()) {
    if (step.offset > now - roundStart) break;
    // What lies behind the loop is never played.
    if (step.kind === 'loop') break;
    if (step.kind !== 'send' || step.closed) from = index + 1;
  }
  return { from, faultsFrom: from, start: roundStart };
}

/** Whether nothing is left to be sent from there, and the file says that this is the end. */
export function isOver({ steps }: Script, { from, faultsFrom }: Beginning): boolean {
  const sendsMore = steps.some(
    (step, index) =>
      index >= from && (step.kind === 'loop' || (step.kind === 'send' && !(step.cutOff && index < faultsFrom))),
  );
  if (from === 0 || sendsMore) return false;
  const lastSent = steps.findLastIndex(({ kind }) => kind === 'send');
  return steps.some(({ kind }, index) => index > lastSent && kind === 'end');
}
