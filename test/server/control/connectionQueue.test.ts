import { expect, test } from 'vitest';
import { ConnectionQueue } from '../../../src/server/control/connectionQueue';
import type { OpenedConnection } from '../../../src/server/source';
import { ClosedError, WaitTimeoutError } from '../../../src/server/wait';

const opened = (id: number, lastEventId = ''): OpenedConnection => ({
  id,
  path: '/event',
  lastEventId,
  since: 0,
  origin: undefined,
  eventsSent: 0,
  isOpen: true,
  wasCutOff: false,
});

/** Returns the message of the error of a wait that takes too long. */
const late = (queue: ConnectionQueue, timeout = 5) =>
  queue.next({ timeout }).then(
    () => 'resolved',
    (error: WaitTimeoutError) => error.message,
  );

test('each connection is given once, in the order of coming, also one that came before it was asked for', async () => {
  const queue = new ConnectionQueue();
  queue.add(opened(1));
  const calls = [1, 2, 3].map(() => queue.next({ timeout: 60_000 }));
  queue.add(opened(2));
  queue.add(opened(3));
  queue.add(opened(4));
  expect((await Promise.all(calls)).map(({ id }) => id)).toEqual([1, 2, 3]);
  expect((await queue.next({ timeout: 0 })).id).toBe(4);
});

test('of connections that nobody asks for, the last 1000 are kept', async () => {
  const queue = new ConnectionQueue();
  for (let id = 1; id <= 1001; id += 1) queue.add(opened(id));
  for (let id = 2; id <= 1001; id += 1) expect((await queue.next({ timeout: 0 })).id).toBe(id);
  await expect(queue.next({ timeout: 0 })).rejects.toBeInstanceOf(WaitTimeoutError);
});

test('a connection isn’t given to a wait that has ended', async () => {
  const queue = new ConnectionQueue();
  const abort = new AbortController();
  const left = queue.next({ timeout: 60_000, signal: abort.signal });
  abort.abort(new Error('left'));
  await expect(left).rejects.toThrow('left');
  expect(await late(queue)).not.toBe('resolved');
  queue.add(opened(1));
  expect((await queue.next({ timeout: 0 })).id).toBe(1);
});

test('a signal that is aborted already gets no connection', async () => {
  const queue = new ConnectionQueue();
  queue.add(opened(1));
  await expect(queue.next({ timeout: 0, signal: AbortSignal.abort(new Error('over')) })).rejects.toThrow('over');
  expect((await queue.next({ timeout: 0 })).id).toBe(1);
});

test.each<[came: (string | number)[], told: string]>([
  [[], 'none came'],
  [[''], '1 connection came, none with Last-Event-ID, and earlier calls had it'],
  [['', ''], '2 connections came, none with Last-Event-ID, and earlier calls had them all'],
  [['', '7', '8'], '3 connections came, 2 with Last-Event-ID, and earlier calls had them all'],
  [[403], 'none came; 1 request was refused, the last with 403: Not you. Ask'],
  [[503], 'none came; 1 request was refused, the last with 503'],
  [
    ['', 503, 204],
    '1 connection came, none with Last-Event-ID, and earlier calls had it; 2 requests were refused, the last with 204',
  ],
])('the error after %j says what came', async (came, told) => {
  const queue = new ConnectionQueue();
  for (const one of came) {
    if (typeof one === 'number') queue.noteRefused({ status: one, ...(one === 403 && { reason: 'Not you. Ask.' }) });
    else queue.add(opened(1, one));
    if (typeof one === 'string') await queue.next({ timeout: 0 });
  }
  expect(await late(queue, 50)).toBe(`No connection within 0.05 s: ${told}.`);
});

test('closing ends the waits, and those to come', async () => {
  const queue = new ConnectionQueue();
  const waiting = queue.next({ timeout: 60_000 });
  queue.close();
  await expect(waiting).rejects.toBeInstanceOf(ClosedError);
  queue.add(opened(1));
  await expect(queue.next({ timeout: 60_000 })).rejects.toThrow('The server is closed.');
});
