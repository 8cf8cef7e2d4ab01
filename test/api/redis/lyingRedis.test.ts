import { expect, onTestFinished, test } from 'vitest';
import { serveEventStream } from '../../../src/api/serveEventStream';
import { bulk, type Liar, list, startLyingRedis } from '../../support/servers/lyingRedis';
import { openClient } from '../../support/servers/streamClient';

/** Serves the stream of a Redis that lies, and collects what it says. */
async function serve(liar: Liar) {
  const redis = await startLyingRedis(liar);
  const problems: (string | undefined)[] = [];
  const server = await serveEventStream(
    { redis: redis.url, stream: 'orders' },
    { redisTimeout: 1000, fromStart: true, commentInterval: 50, onProblem: (problem) => problems.push(problem) },
  );
  onTestFinished(() => server.close());
  return { server, problems };
}

const LIES: Record<string, string> = {
  'a map among fields': list(list(bulk('1-0'), list(bulk('data'), '%1\r\n+a\r\n+b\r\n'))),
  'a list among fields': list(list(bulk('1-0'), list(bulk('data'), list(list(bulk('x')))))),
  'null among fields': list(list(bulk('1-0'), list(bulk('data'), '$-1\r\n'))),
  'an error among fields': list(list(bulk('1-0'), list(bulk('data'), '-ERR x\r\n'))),
  'no list': ':7\r\n',
  'a map': '%1\r\n+a\r\n+b\r\n',
  'no id': list(list(bulk('x'), list(bulk('data'), bulk('a')))),
  'an unknown type': 'HTTP/1.1 400 Bad Request\r\n\r\n',
  'nested deeply': '*1\r\n'.repeat(100_000),
  'a length below zero': '*-7\r\n',
  'a huge length': '*999999999999\r\n',
  'a huge text': '$99999999999\r\nabc',
};

test.each(Object.entries(LIES))('a Redis that replies with %s ends neither server nor stream', async (_, lie) => {
  const unhandled: unknown[] = [];
  const note = (error: unknown) => unhandled.push(error);
  process.on('unhandledRejection', note);
  process.on('uncaughtException', note);
  process.on('warning', note);
  onTestFinished(() => {
    process.off('unhandledRejection', note).off('uncaughtException', note).off('warning', note);
  });
  for (const kind of ['XRANGE', 'XREAD', 'XADD']) {
    let count = 0;
    const { server, problems } = await serve(([name]) => (name === kind && ++count > 0 ? (kind === 'XREAD' ? list(list(bulk('orders'), lie)) : lie) : undefined));
    const client = await openClient(server.url);
    const p = await Promise.race([server.publish({ data: 'x' }).catch(String), new Promise(r => setTimeout(r, 1500))]);
    await new Promise(r => setTimeout(r, 300));
    console.log(kind, count, problems.slice(0,3), p, unhandled.slice(0,2));
    client.close?.();
    await server.close();
  }
  expect(unhandled).toEqual([]);
});
