import { expect, test } from 'vitest';
import { LatestTask } from '../../src/turns/latestTask';

test('of the tasks that come while one is running, the latest is run, alone', async () => {
  const tasks = new LatestTask();
  const [done, ends]: [number[], (() => void)[]] = [[], []];
  const task = (number: number) => () =>
    new Promise<void>((resolve) => {
      ends.push(() => {
        done.push(number);
        resolve();
      });
    });
  const first = tasks.run(task(1));
  for (const number of [2, 3, 4]) await tasks.run(task(number));
  expect(ends).toHaveLength(1);
  ends[0]?.();
  await Promise.resolve();
  while (ends.length < 2) await Promise.resolve();
  ends[1]?.();
  await first;
  expect(done).toEqual([1, 4]);
});

test('after a task that failed, others are run', async () => {
  const tasks = new LatestTask();
  await expect(tasks.run(() => Promise.reject(new Error('Gone.')))).rejects.toThrow('Gone.');
  let isDone = false;
  await tasks.run(async () => {
    isDone = true;
  });
  expect(isDone).toBe(true);
});
