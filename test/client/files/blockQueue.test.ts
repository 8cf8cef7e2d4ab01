import { expect, test } from 'vitest';
import { BlockQueue } from '../../../src/client/files/blockQueue';
import { fuzz } from '../../support/random/fuzz';

const MB = 1024 * 1024;

test('the blocks that leave the queue have the bytes of the chunks that came, however many leave at a time', async () => {
  await fuzz(2, (random) => {
    const queue = new BlockQueue();
    const [came, left]: [Buffer[], Buffer[]] = [[], []];
    for (let round = 0; round < 200; round += 1) {
      const piece = Buffer.alloc(Math.floor(random() * (random() < 0.01 ? 3 * MB : 2000)), round);
      came.push(piece);
      queue.append(piece);
      while (random() < 0.4 && queue.size > 0) {
        const { first } = queue;
        expect(first.length).toBeLessThanOrEqual(MB);
        const count = random() < 0.5 ? first.length : Math.ceil(random() * first.length);
        left.push(Buffer.from(first.subarray(0, count)));
        queue.shift(count);
      }
    }
    for (; queue.size > 0; queue.shift(queue.first.length)) left.push(Buffer.from(queue.first));
    expect(Buffer.concat(left).equals(Buffer.concat(came))).toBe(true);
    expect(queue.first).toHaveLength(0);
  });
});

test('the bytes that are being written don’t change while more are appended', () => {
  const queue = new BlockQueue();
  queue.append(Buffer.from('abc'));
  const { first } = queue;
  for (let n = 0; n < 1000; n += 1) queue.append(Buffer.from('defg'));
  expect(Buffer.from(first).toString()).toBe('abc');
  queue.shift(3);
  expect(Buffer.from(queue.first.subarray(0, 4)).toString()).toBe('defg');
});
