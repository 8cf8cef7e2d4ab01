import { expect, test } from 'vitest';
import { Gate } from '../../../src/server/redis/gate';
import { PageSize } from '../../../src/server/redis/pageSize';

test('a gate lets as many tasks run as it may, the others in their order, also behind one that fails', async () => {
  const gate = new Gate(2);
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
