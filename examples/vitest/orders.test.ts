import { readEventStream } from 'sse-counter';
import { expect, inject, test } from 'vitest';

test('reads all orders through ten drops', async () => {
  const orders: unknown[] = [];
  for await (const { data } of readEventStream(inject('events'), { count: 11, timeout: 10_000, reconnect: true }))
    orders.push(JSON.parse(data));
  expect(orders).toEqual(Array.from({ length: 11 }, (_, index) => ({ number: index + 1 })));
});
