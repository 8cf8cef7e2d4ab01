import { expect, test } from 'vitest';
import { EventQueue } from '../../../src/api/reading/eventQueue';

const event = (size: number) => ({ time: 0, event: '', data: '', id: null, lastEventId: '', size });

test('the queue is full at 100 events, and low again at 50', () => {
  const queue = new EventQueue();
  for (let count = 0; count < 99; count += 1) queue.add(event(1));
  expect([queue.isFull, queue.isLow]).toEqual([false, false]);
  queue.add(event(1));
  expect(queue.isFull).toBe(true);
  for (let count = 0; count < 49; count += 1) queue.take();
  expect(queue.isLow).toBe(false);
  queue.take();
  expect([queue.isFull, queue.isLow]).toEqual([false, true]);
});

test('the queue is full at 16 MB, and low again at 8', () => {
  const queue = new EventQueue();
  queue.add(event(8 * 1024 * 1024));
  queue.add(event(8 * 1024 * 1024 - 1));
  expect(queue.isFull).toBe(false);
  queue.add(event(1));
  expect(queue.isFull).toBe(true);
  queue.take();
  expect([queue.isFull, queue.isLow]).toEqual([false, true]);
});

test('events come out in their order, and none after a clear', () => {
  const queue = new EventQueue();
  for (const size of [1, 2, 3]) queue.add(event(size));
  expect([queue.take()?.size, queue.take()?.size]).toEqual([1, 2]);
  queue.clear();
  expect([queue.take(), queue.isLow]).toEqual([undefined, true]);
});
