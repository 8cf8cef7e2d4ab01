// Clients of event streams that come again after a drop: each gets every event once.
import { EventSource } from 'eventsource';
import { expect, onTestFinished, test, vi } from 'vitest';
import { serveMocks } from '../support/clients/clientMocks';
import { longTest } from '../support/time/longRun';

const ORDERS = ['one', 'two', 'th\nree', 'four'];

const mocks = serveMocks();

/** Returns what clients of a path sent with their requests, in order. */
const asked = () => mocks.requests.map(({ method, lastEventId, status }) => `${method} ${lastEventId} ${status}`);

/** Resolves with the data of a source's first events of a type. */
async function read(source: EventSource, type: string, count: number): Promise<string[]> {
  onTestFinished(() => source.close());
  const got: string[] = [];
  await new Promise<void>((resolve) => {
    source.addEventListener(type, ({ data }) => {
      got.push(data);
      if (got.length === count) resolve();
    });
  });
  source.close();
  return got;
}

test('eventsource gets each event once, through a drop in the middle of one', async () => {
  expect(await read(new EventSource(`${mocks.root}/orders`), 'order', 4)).toEqual(ORDERS);
  expect(asked()).toEqual(['GET  200', 'GET 2 200']);
});

longTest('event-source-polyfill gets each event once, through a drop in the middle of one', async () => {
  // It writes each break there.
  vi.spyOn(console, 'error').mockReturnValue();
  onTestFinished(() => void vi.restoreAllMocks());
  const { EventSourcePolyfill } = await import('event-source-polyfill');
  expect(await read(new EventSourcePolyfill(`${mocks.root}/orders`), 'order', 4)).toEqual(ORDERS);
  expect(asked()).toEqual(['GET  200', 'GET 2 200']);
});
