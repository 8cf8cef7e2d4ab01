import { expect, test } from 'vitest';
import { Gate } from '../../../src/server/redis/gate';
import { PageSize } from '../../../src/server/redis/pageSize';

test('a gate lets as many tasks run as it may, the others in their order, also behind one that fails', async () => {
  const gate = new Gate(() => 2);
  const begun: number[] = [];
  const ends: ((error?: Error) => void)[] = [];
  const tasks = [0, 1, 2, 3].map((n) =>
    gate.run(async () => {
      begun.push(n);
      await new Promise<void>((resolve, reject) => {
        ends[n] = (error) => (error ? reject(error) : resolve());
      });
    }),
  );
  expect(begun).toEqual([0, 1]);
  ends[1]?.(new Error('failed'));
  await expect(tasks[1]).rejects.toThrow('failed');
  expect(begun).toEqual([0, 1, 2]);
  ends[0]?.();
  await tasks[0];
  expect(begun).toEqual([0, 1, 2, 3]);
  ends[2]?.();
  ends[3]?.();
  await Promise.all([tasks[2], tasks[3]]);
});

test('a page has fewer entries the larger they are: one at least, 500 at most', () => {
  const size = new PageSize();
  size.note(10, 10_000_000);
  expect(size.count).toBe(1);
  for (let n = 0; n < 100; n += 1) size.note(10, 100);
  expect(size.count).toBe(500);
});

test('a gate whose number changes lets in as many as it may then', async () => {
  let maximum = 1;
  const gate = new Gate(() => maximum);
  const ends: (() => void)[] = [];
  const run = () => gate.run(() => new Promise<void>((resolve) => ends.push(resolve)));
  const all = [run(), run(), run(), run()];
  expect(ends).toHaveLength(1);
  maximum = 3;
  ends[0]?.();
  await all[0];
  await Promise.resolve();
  expect(ends).toHaveLength(4);
  maximum = 1;
  for (const end of ends) end();
  await Promise.all(all);
});

test('of small entries many pages are asked for at a time, of entries of megabytes or of any size one by one', () => {
  const size = new PageSize();
  expect(size.pages).toBe(1);
  for (let count = 0; count < 50; count += 1) size.note(500, 100_000);
  expect(size.pages).toBe(32);
  size.note(1, 1024 * 1024);
  expect(size.pages).toBe(4);
  size.noteTooLarge(1, 60 * 1024 * 1024);
  expect([size.count, size.pages]).toEqual([1, 1]);
});

test('pages that don’t come get smaller', () => {
  const size = new PageSize();
  const counts = Array.from({ length: 8 }, () => {
    size.noteTooLarge(size.count);
    return size.count;
  });
  expect(counts).toEqual([50, 25, 12, 6, 3, 1, 1, 1]);
});
