import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { QueuedBytes } from '../../../src/server/http/queuedBytes';
import { Follower } from '../../../src/server/redis/follower';
import type { Page, RedisStream } from '../../../src/server/redis/redisStream';
import { fullSink } from '../../support/servers/fullSink';

test('a client is sent a history page by page: the next one is asked for when the socket has drained', async () => {
  const asked: (string | undefined)[] = [];
  const page = async (id?: string): Promise<Page> => {
    asked.push(id);
    const entry = { id: `${asked.length}-0`, bytes: new Uint8Array(1000), events: 1, type: undefined };
    return { entries: [entry], isSeamless: true, isLast: asked.length === 10 };
  };
  const { state, sink } = fullSink();
  const options = { queuedBytes: new QueuedBytes(), drainTimeout: 60_000 };
  const follower = new Follower(sink, { page } as unknown as RedisStream, options);
  follower.resume('0-1');
  for (const [pages, ids] of [['0-1'], ['0-1', '1-0'], ['0-1', '1-0', '2-0']].entries()) {
    for (let n = 0; n < 20; n += 1) await turn();
    expect([asked, state.written]).toEqual([ids, 1000 * (pages + 1)]);
    state.drain();
  }
  follower.stop();
});
