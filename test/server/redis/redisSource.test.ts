import { setImmediate as turn } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { EncodedEntry } from '../../../src/server/redis/entries/entry';
import { RedisSource } from '../../../src/server/redis/redisSource';
import type { RedisStream } from '../../../src/server/redis/redisStream';
import type { StreamSink } from '../../../src/server/source';
import { Turns } from '../../../src/turns/turns';

const HISTORY = { length: 0, added: 0, first: undefined, last: '0-0' };

test('entries are sent to many clients in turns, and the next ones are read when all have them', async () => {
  let asked = 0;
  let give: (entries: EncodedEntry[]) => void = () => undefined;
  const up = async () => undefined;
  const stream = {
    ...{ commands: { up }, waiting: { up }, isUp: true, history: async () => HISTORY, close: () => undefined },
    next: () => {
      asked += 1;
      const entries = new Promise<EncodedEntry[]>((resolve) => {
        give = resolve;
      });
      return { isKept: Promise.resolve(true), entries };
    },
  } as unknown as RedisStream;
  const onError = (error: unknown) => expect.unreachable(String(error));
  const source = new RedisSource({ stream, history: HISTORY, fromStart: false, turns: new Turns(), onError });
  onTestFinished(() => source.close());
  let sent = 0;
  const write = (bytes: Uint8Array) => {
    if (bytes.length < 1000) return;
    sent += 1;
    // A large write takes a while.
    for (const end = performance.now() + 2; performance.now() < end; );
  };
  const sink = { isFull: false, write, request: { url: '/event', rawHeaders: [] } } as unknown as StreamSink;
  for (let n = 0; n < 50; n += 1) {
    const opening = source.main.openStream({ method: 'GET', query: '', lastEventId: undefined, headers: {} });
    if (opening.play) opening.play(sink);
  }
  while (asked < 1) await turn();
  give([{ id: '1-0', type: undefined, bytes: new Uint8Array(1000), events: 1 }]);
  let others = 0;
  for (; sent < 50; others += 1) {
    await turn();
    if (sent < 50) expect(asked).toBe(1);
  }
  // Ten milliseconds are five writes.
  expect(others).toBeGreaterThan(5);
  while (asked < 2) await turn();
});
