import { parseScriptInSteps } from '../../script/parseScript';
import type { Script } from '../../script/script';
import type { Turns } from '../../turns/turns';

/** Parses a file like `parseScript`, but in turns: a large one takes seconds, and the process is shared. */
export function parseInTurns(file: Uint8Array, turns: Turns): Promise<Script>;
/** Does the same; resolves with undefined if the signal has aborted it. */
export function parseInTurns(file: Uint8Array, turns: Turns, signal: AbortSignal): Promise<Script | undefined>;
export function parseInTurns(file: Uint8Array, turns: Turns, signal?: AbortSignal): Promise<Script | undefined> {
  const steps = parseScriptInSteps(file);
  return new Promise((resolve, reject) => {
    const takeTurn = () => {
      if (signal?.aborted) return resolve(undefined);
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
