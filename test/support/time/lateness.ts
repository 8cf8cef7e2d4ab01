import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as after } from 'node:timers/promises';
import { OwnClock } from './ownTime';

/** Interval of the observed timers, in milliseconds. */
const INTERVAL = 5;

/**
 * Resolves with the delay of timers during an action, in milliseconds of this process's CPU time: the 99th percentile and
 * the maximum.
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
 * Resolves with the maximum delay of timers on the wall clock during an action, in milliseconds: if other processes use the
 * CPU, everything that is due at a time is as late.
 */
export async function clockLateness(action: () => Promise<unknown>): Promise<number> {
  const resolution = 1;
  const delay = monitorEventLoopDelay({ resolution });
  delay.enable();
  await action();
  delay.disable();
  return Math.max(0, delay.max / 1e6 - resolution);
}
