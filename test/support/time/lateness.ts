import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as after } from 'node:timers/promises';
import { OwnClock } from './ownTime';

/** Interval in which timers are looked at, in milliseconds. */
const INTERVAL = 5;

/**
 * Resolves with how long timers wait for others of this process while something goes on, in milliseconds of its own
 * processor: 99 of a hundred no longer, and the one that waits longest.
 */
export async function lateness(action: () => Promise<unknown>): Promise<{ p99: number; max: number }> {
  const clock = new OwnClock();
  const waited: number[] = [];
  const look = () => void waited.push(clock.lap());
  const timer = setInterval(look, INTERVAL);
  await after(20);
  await action();
  await after(20);
  clearInterval(timer);
  look();
  waited.sort((a, b) => a - b);
  return { p99: waited[Math.floor(0.99 * waited.length)] ?? Number.NaN, max: waited.at(-1) ?? Number.NaN };
}

/**
 * Resolves with how late timers are by the clock on the wall while something goes on, at the most, in milliseconds: where
 * others have the processor, anything that is due at a time is as late.
 */
export async function clockLateness(action: () => Promise<unknown>): Promise<number> {
  const resolution = 1;
  const delay = monitorEventLoopDelay({ resolution });
  delay.enable();
  await action();
  delay.disable();
  return Math.max(0, delay.max / 1e6 - resolution);
}
