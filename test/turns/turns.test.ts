import { setTimeout as after } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Turns } from '../../src/turns/turns';

/** Keeps the CPU busy for a time, in milliseconds. */
function work(time: number): void {
  const until = performance.now() + time;
  while (performance.now() < until);
}

test('runs tasks in order, none synchronously', async () => {
  const turns = new Turns();
  const done: number[] = [];
  for (const n of [1, 2, 3]) turns.add(() => done.push(n));
  expect(done).toEqual([]);
  await turns.next();
  expect(done).toEqual([1, 2, 3]);
});

test('a task that has more to do is queued after those that are waiting', async () => {
  const turns = new Turns();
  const done: string[] = [];
  turns.add(() => {
    done.push('a1');
    turns.add(() => done.push('a2'));
  });
  turns.add(() => done.push('b'));
  await turns.next();
  await turns.next();
  expect(done).toEqual(['a1', 'b', 'a2']);
});

test('a thousand tasks that are always busy leave timers their turn', async () => {
  const turns = new Turns();
  let runs = 0;
  let isOver = false;
  const task = () => {
    work(1);
    runs += 1;
    if (!isOver) turns.add(task);
  };
  for (let n = 0; n < 1000; n += 1) turns.add(task);
  const before = runs;
  const timers = 5;
  for (let n = 0; n < timers; n += 1) {
    const ran = runs;
    await after(1);
    // A turn of ten tasks of 1 ms each, and one that had begun before.
    expect(runs - ran).toBeLessThanOrEqual(24);
  }
  expect(runs).toBeGreaterThan(before);
  isOver = true;
});

test('a hundred callers that wait for their turn, and use all of it, leave timers their turn', async () => {
  const turns = new Turns();
  let runs = 0;
  const busy = async () => {
    for (let n = 0; n < 3; n += 1) {
      await turns.next();
      work(2);
      runs += 1;
    }
  };
  const all = Promise.all(Array.from({ length: 100 }, busy));
  for (let n = 0; n < 5; n += 1) {
    const ran = runs;
    await after(1);
    // The callers that had their turn after the timer was due, and the one that had it at that time.
    expect(runs - ran).toBeLessThanOrEqual(6);
  }
  await all;
  expect(runs).toBe(300);
});

test('a task that throws does not keep the others from their turn', async () => {
  const turns = new Turns();
  const errors: unknown[] = [];
  const listeners = process.listeners('uncaughtException');
  process.removeAllListeners('uncaughtException');
  process.once('uncaughtException', (error) => errors.push(error));
  turns.add(() => {
    throw new Error('a fault of ours');
  });
  await turns.next();
  for (const listener of listeners) process.on('uncaughtException', listener);
  expect(errors).toHaveLength(1);
});
