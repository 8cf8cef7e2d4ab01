import { setImmediate } from 'node:timers/promises';

/** The longest time of this process between two looks at what waits, in milliseconds, until it is called. */
export function longestGo(): () => number {
  let [longest, isOver, last] = [0, false, process.cpuUsage()];
  const look = () => {
    const { user, system } = process.cpuUsage(last);
    longest = Math.max(longest, (user + system) / 1000);
    last = process.cpuUsage();
  };
  void (async () => {
    for (; !isOver; await setImmediate()) look();
  })();
  return () => {
    isOver = true;
    look();
    return longest;
  };
}
