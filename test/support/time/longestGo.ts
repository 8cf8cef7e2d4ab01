import { setImmediate } from 'node:timers/promises';
import { OwnClock } from './ownTime';

/** Resolves with how long others had to wait for their turn at the most, until it is settled, in milliseconds of the processor. */
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
