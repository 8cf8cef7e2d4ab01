import { parseScriptInSteps } from '../../script/parseScript';
import type { Script } from '../../script/script';
import type { Turns } from '../../turns/turns';

/**
 * Reads a file as `parseScript` does, in turns: a large one takes seconds, and others use the process, too.
 * @param signal aborted: no one needs it any more
 * @returns nothing where it was aborted
 */
export function parseInTurns(file: Uint8Array, turns: Turns, signal: AbortSignal): Promise<Script | undefined> {
  const steps = parseScriptInSteps(file);
  return new Promise((resolve, reject) => {
    const takeTurn = () => {
      if (signal.aborted) return resolve(undefined);
      try {
        do {
          const step = steps.next();
          if (step.done) return resolve(step.value);
        } while (!turns.isOver);
        turns.add(takeTurn);
      } catch (error) {
        reject(error);
      }
    };
    turns.add(takeTurn);
  });
}
