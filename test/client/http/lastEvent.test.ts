// A subscription that ends behind the last wanted event, and one whose reconnect is put off.
import { expect, onTestFinished, test } from 'vitest';
import { Subscription } from '../../../src/client/http/subscription';
import type { SubscriptionOptions } from '../../../src/client/http/subscriptionOptions';
import { get } from '../../support/client/requests';
import { ended, numbered, open, serveInTurn } from '../../support/servers/streamServer';

/** Subscribes, and logs what it tells of, up to the event with the data `until`. */
async function logOf(url: string, until: string, options: Partial<SubscriptionOptions>, log: string[] = []) {
  await new Promise<void>((resolve) => {
    const subscription: Subscription = new Subscription(
      get(url),
      { reconnect: true, lastEventId: '', position: 0, ...options },
      {
        onConnect: () => log.push('connect'),
        onResponse: () => undefined,
        onBytes: (chunk) => log.push(Buffer.from(chunk).toString()),
        onEvent: ({ data }) => {
          log.push(data);
          if (data !== until) return;
          subscription.close();
          resolve();
        },
        onLastEventId: () => undefined,
        onWait: () => log.push('wait'),
        onEnd: () => log.push('end'),
      },
    );
    onTestFinished(() => subscription.close());
  });
  return log;
}

test('nothing behind the last event is passed on, though it came with it', async () => {
  const { url } = await serveInTurn(open(numbered(9)));
  const asked: string[] = [];
  const isLast = ({ data }: { data: string }) => {
    asked.push(data);
    return data === '3';
  };
  expect(await logOf(url, '3', { isLast })).toEqual(['connect', numbered(3), '1', '2', '3']);
  // Each event is asked about once.
  expect(asked).toEqual(['1', '2', '3']);
});

test('each connection is read ahead anew, without the unfinished event of the one before', async () => {
  const { url } = await serveInTurn(ended(`retry: 1\n${numbered(1)}data: un`), open(numbered(4)));
  let events = 0;
  const isLast = () => {
    events += 1;
    return events === 3;
  };
  const log = await logOf(url, '2', { isLast });
  expect(log).toEqual(['connect', `retry: 1\n${numbered(1)}data: un`, '1', 'wait', 'connect', numbered(2), '1', '2']);
});

test('a reconnect comes behind what is awaited before it', async () => {
  const { url } = await serveInTurn(ended(`retry: 1\n${numbered(1)}`), open('data: 2\n\n'));
  const log: string[] = [];
  const beforeReconnect = async () => {
    await new Promise((resolve) => setImmediate(resolve));
    log.push('ready');
  };
  await logOf(url, '2', { beforeReconnect }, log);
  expect(log.filter((one) => /^[a-z]+$/.test(one))).toEqual(['connect', 'wait', 'ready', 'connect']);
});

test.each([
  ['\x1e{"a":1}\x1e{"b":2}', '\x1e{"a":1}\x1e', '{"a":1}'],
  ['\x1e[1\n\x1e[2\n', '\x1e[1\n\x1e', '[1'],
])('a JSON text that the next one ends is the last event, too: %j', { timeout: 10_000 }, async (text, passed, data) => {
  const { url } = await serveInTurn(open(text));
  expect(await logOf(url, data, { isLast: () => true, readAs: 'lines' })).toEqual(['connect', passed, data]);
});
