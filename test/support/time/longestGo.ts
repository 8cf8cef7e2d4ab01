import { setImmediate } from 'node:timers/promises';
import { OwnClock } from './ownTime';

/** Resolves with the longest CPU time without a break until the action has settled, in milliseconds. */
export async function longestGo(action: Promise<unknown>): Promise<number> {
  let [longest, isOver] = [0, false];
  const whole = action.finally(() => {
    isOver = true;
  });
  const clock = new OwnClock();
  while (!isOver) {
    await setImmediate();
    longest = Math.max(longest, clock.lap());
  }
  await whole;
  return longest;
}
