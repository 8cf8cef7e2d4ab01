// Hostile bodies and requests, in pieces of any size.
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { RequestGuard } from '../../../src/server/guard/requestGuard';
import { serveScript } from '../../support/mock/scriptServer';
import { CHUNKED, sendAll, TINY } from '../../support/servers/bodySenders';
import { ask, connectTo, eventually, openStream, sendRaw, startServer } from '../../support/servers/testServer';
import { lateness } from '../../support/time/lateness';

/** A guard that takes 5 ms for each request, as if other processes had the CPU. */
class SlowGuard extends RequestGuard {
  override check(request: IncomingMessage): ReturnType<RequestGuard['check']> {
    // Blocks without using the CPU.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    return super.check(request);
  }
}

test('a few pipelined requests are all answered, however long it takes', async () => {
  const { port } = await startServer({ guard: new SlowGuard([]) });
  const asked = 'GET /none HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n';
  const ask = () => sendRaw(port, asked.repeat(9) + asked.replace('Host', 'Connection: close\r\nHost'));
  // The first ones take CPU time to be compiled, which counts as reading.
  for (let n = 0; n < 5; n += 1) await ask();
  const answer = await ask();
  expect(answer.match(/HTTP\/1.1 404/g)).toHaveLength(10);
});

test('32 published bodies are read at a time; the next client gets Retry-After', async () => {
  const { port, stream, server } = await serveScript('');
  await openStream(stream);
  const open = await Promise.all(Array.from({ length: 32 }, () => connectTo(port)));
  for (const socket of open) socket.write(`POST /publish HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 2\r\n\r\nx`);
  const publish = () => ask(`${stream}`, { method: 'POST', body: 'hello' });
  let refused = await publish();
  while (refused.status === 200) refused = await publish();
  expect(refused).toMatchObject({ status: 503, headers: { 'retry-after': '1' } });
  expect(refused.body).toBe('Too many publications at once. Retry later.\n');
  for (const socket of open.slice(1)) socket.destroy();
  while ((await publish()).status !== 200);
  open[0]?.write('y');
  expect(String(await once(open[0] as NonNullable<(typeof open)[0]>, 'data'))).toContain('Sent on 1 connection.');
  open[0]?.destroy();
  expect(server.connectionCount).toBe(1);
});

test('a body in chunks may have 1 MB, too; nothing is published of a larger one', async () => {
  const { stream } = await serveScript('');
  const client = await openStream(stream);
  const headers = { 'Transfer-Encoding': 'chunked' };
  const publish = (size: number) => ask(stream, { method: 'POST', headers, body: `data: ${'x'.repeat(size - 6)}` });
  expect((await publish(2 ** 20 + 1)).status).toBe(413);
  expect((await publish(2 ** 20)).status).toBe(200);
  const sent = await client.until('x\n\n');
  expect(sent.match(/data: x/g)).toHaveLength(1);
});

test('a request for a stream may have a body of up to 64 MB; with a larger one it is refused, or its connection closed', async () => {
  const { port, stream, server } = await serveScript(':@ method POST\ndata: a\n\n');
  const declared = await connectTo(port);
  declared.write(`POST /event HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: ${64 * 2 ** 20 + 1}\r\n\r\n`);
  expect(String(await once(declared, 'data'))).toContain('HTTP/1.1 413');
  declared.destroy();
  const fits = await openStream(stream, { method: 'POST', body: Buffer.alloc(64 * 2 ** 20) });
  await fits.until('data: a\n\n');
  const chunk = `8000\r\n${'x'.repeat(0x8000)}\r\n`;
  sendAll(port, 1, `POST /event HTTP/1.1\r\n${CHUNKED}`, chunk, 1, 2049);
  await eventually(() => server.connectionCount === 2);
  await eventually(() => server.connectionCount === 1);
  expect(fits.response.destroyed).toBe(false);
});

test('a client that sends a body and leaves is noticed', async () => {
  const { port, server } = await serveScript(':@ method POST\ndata: a\n\n');
  const socket = await connectTo(port);
  socket.write(`POST /event HTTP/1.1\r\n${CHUNKED}${TINY.repeat(10_000)}`);
  await eventually(() => server.connectionCount === 1);
  socket.destroy();
  await eventually(() => server.connectionCount === 0);
});

test.each([
  ['text', '\n'.repeat(2 ** 20), 'text/plain'],
  ['text of another system', '\r'.repeat(2 ** 20), 'text/plain'],
  ['halves of characters', `${'\u{1f600}'.repeat(2 ** 18 - 1)}\r\n`, 'text/plain'],
  ['an event stream', `${'a\n'.repeat(2 ** 19 - 1)}\n\n`, 'text/event-stream'],
])('%s of 1 MB of line ends is published in turns', async (_name, body, type) => {
  const { stream, url } = await serveScript('');
  const publish = (path: string) => ask(path, { method: 'POST', body, headers: { 'Content-Type': type } });
  await publish(stream);
  const late = await lateness(async () => {
    expect((await publish(stream)).status).toBe(200);
    await ask(url);
  });
  console.log(`1 MB of lines: at most ${late.max.toFixed(0)} ms`);
  expect(late.max).toBeLessThan(300);
});

test.each([
  ['of all kinds', Array.from({ length: 30_000 }, (_, n) => `${n}😀${['\n', '\r\n', '\r', ' '][n % 4]}`).join('')],
  ['of two signs, one behind the other', `x${'\r\n'.repeat(30_000)}`],
  ['of two signs, at even places', '\r\n'.repeat(30_000)],
])('a text that is published in pieces arrives unchanged, with line ends %s', async (_, text) => {
  const { stream } = await serveScript('');
  const one = await openStream(stream);
  await ask(`${stream}?event=e&id=7`, { method: 'POST', body: `${text}end` });
  const got = await one.until('end\n\n');
  expect(got).toBe(
    `event: e\nid: 7\n${`${text}end`
      .split(/\r\n|\r|\n/)
      .map((line) => `data: ${line}\n`)
      .join('')}\n`,
  );
});
