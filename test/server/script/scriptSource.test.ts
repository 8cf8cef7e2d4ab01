import { once } from 'node:events';
import { expect, test } from 'vitest';
import { scriptOf, serveScript } from '../../support/mock/scriptServer';
import { ask, connectTo, eventually, openStream } from '../../support/servers/testServer';
import { clockLateness } from '../../support/time/lateness';

/** A file of three events with ids, and pauses between them. */
const THREE = 'id: 1\ndata: a\n\n:@ wait 50ms\nid: 2\ndata: b\n\n:@ wait 50ms\nid: 3\ndata: c\n\n';

test('a file is played to each connection from its beginning, byte for byte, without its directives', async () => {
  const file = 'retry: 500\r\n: hello\r\rdata: a\ndata: b\n\n:@ wait 10ms\nevent: x\r\ndata\r\n\r\n:@ end\n';
  const { stream } = await serveScript(file);
  const sent = 'retry: 500\r\n: hello\r\rdata: a\ndata: b\n\nevent: x\r\ndata\r\n\r\n';
  expect(await (await openStream(stream)).whole).toBe(sent);
  expect(await (await openStream(stream)).whole).toBe(sent);
});

test('the pauses are the file’s own, and with speed=10 a tenth of them', async () => {
  const { stream } = await serveScript('data: a\n\n:@ wait 0.3s\ndata: b\n\n:@ wait 200ms\ndata: c\n\n:@ end\n');
  /** Opens the stream, and expects pauses of these lengths, or longer by as much as timers are late meanwhile. */
  const expectPauses = async (query: string, b: number, c: number) => {
    const one = await openStream(`${stream}${query}`);
    const came = [0, 0, 0];
    const late = await clockLateness(async () => {
      for (const [index, name] of ['a', 'b', 'c'].entries()) {
        await one.until(`data: ${name}\n\n`);
        came[index] = performance.now();
      }
    });
    for (const [index, pause] of [b, c].entries()) {
      const measured = (came[index + 1] ?? 0) - (came[index] ?? 0);
      expect(Math.abs(measured - pause)).toBeLessThan(20 + late);
    }
  };
  await expectPauses('', 300, 200);
  await expectPauses('?speed=10', 30, 20);
});

test('at the end of the file the stream stays open', async () => {
  const { stream, source, server } = await serveScript('data: a\n\n');
  const { until, response } = await openStream(stream);
  await until('data: a\n\n');
  const states = () => [...source.connections].map(({ player }) => `${player.state} ${player.event}`);
  await eventually(() => states().join() === 'over 1');
  expect(server.connectionCount).toBe(1);
  expect(response.complete).toBe(false);
});

test.each(['1', '2', '3'])('a client that has seen event %s gets those after it, and nothing twice', async (id) => {
  const { stream } = await serveScript(THREE);
  const rest = THREE.replaceAll(/:@.*\n/g, '')
    .split(/(?<=\n\n)/)
    .slice(Number(id));
  const { until, text } = await openStream(`${stream}?speed=100`, { headers: { 'Last-Event-ID': id } });
  if (id !== '3') await until('data: c\n\n');
  expect(text()).toBe(rest.join(''));
});

test('a client can resume after an id in letters of any writing system', async () => {
  const { stream } = await serveScript('id: 数\ndata: a\n\nid: é\ndata: b\n\n:@ end\n');
  const headers = { 'Last-Event-ID': Buffer.from('数').toString('latin1') };
  expect(await (await openStream(stream, { headers })).whole).toBe('id: é\ndata: b\n\n');
});

test('a client whose id the file doesn’t have gets it from the beginning', async () => {
  const { stream } = await serveScript('id: 1\ndata: a\n\n:@ end\n');
  const { whole } = await openStream(stream, { headers: { 'Last-Event-ID': 'other' } });
  expect(await whole).toBe('id: 1\ndata: a\n\n');
});

test('a client that has seen the last event of a file with an end gets 204, which tells an EventSource to stop', async () => {
  const { stream } = await serveScript('id: 1\ndata: a\n\n:@ end\n');
  expect(await ask(stream, { headers: { 'Last-Event-ID': '1' } })).toMatchObject({ status: 204, body: '' });
});

test('a client that has seen the last event gets 204 even if comments follow it', async () => {
  const { stream } = await serveScript('id: 1\ndata: a\n\n:@ wait 10ms\n: bye\n\n:@ end\n');
  expect((await ask(stream, { headers: { 'Last-Event-ID': '1' } })).status).toBe(204);
});

test('drop closes the connection after the data sent so far, and a client that reconnects resumes', async () => {
  const { stream } = await serveScript('id: 1\ndata: a\n\ndata: half\n:@ drop\ndata: whole\nid: 2\n\n:@ end\n');
  const { whole, text } = await openStream(stream);
  await expect(whole).rejects.toThrow('aborted');
  expect(text()).toBe('id: 1\ndata: a\n\ndata: half\n');
  const again = await openStream(stream, { headers: { 'Last-Event-ID': '1' } });
  expect(await again.whole).toBe('data: half\ndata: whole\nid: 2\n\n');
});

test('a client that resumes in a recording doesn’t get the lines of an event that was cut off', async () => {
  const file = 'id: 1\ndata: a\n\ndata: ha\n:@ no-newline\n:@ drop\n:@ connection\ndata: whole\nid: 2\n\n:@ end\n';
  const { stream } = await serveScript(file);
  const { whole, text } = await openStream(stream);
  await expect(whole).rejects.toThrow('aborted');
  expect(text()).toBe('id: 1\ndata: a\n\ndata: ha');
  const again = await openStream(stream, { headers: { 'Last-Event-ID': '1' } });
  expect(await again.whole).toBe('data: whole\nid: 2\n\n');
});

test('a client that resumes after a drop doesn’t wait for the pauses before it again', async () => {
  const { stream } = await serveScript('id: 1\ndata: a\n\n:@ wait 60s\n:@ drop\n:@ wait 30ms\ndata: b\n\n:@ end\n');
  const start = performance.now();
  expect(await (await openStream(stream, { headers: { 'Last-Event-ID': '1' } })).whole).toBe('data: b\n\n');
  expect(performance.now() - start).toBeGreaterThan(25);
});

test('reset ends the connection with TCP’s RST', async () => {
  const { stream, port } = await serveScript('data: a\n\n:@ wait 50ms\n:@ reset\n');
  const socket = await connectTo(port);
  socket.write(`GET ${new URL(stream).pathname} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`);
  socket.resume();
  const [error] = await once(socket, 'error');
  expect(error).toMatchObject({ code: 'ECONNRESET' });
});

test('stall sends nothing more, and leaves the connection open', async () => {
  const { stream, source } = await serveScript('data: a\n\n:@ stall\ndata: b\n\n');
  const { until, text, response } = await openStream(stream);
  await until('data: a\n\n');
  await eventually(() => [...source.connections].some(({ player }) => player.state === 'stalled'));
  expect(source.publish({ bytes: Buffer.from('data: c\n\n'), events: 1, ids: [] })).toBe(0);
  expect(text()).toBe('data: a\n\n');
  expect(response.destroyed).toBe(false);
});

test('status refuses the next request for a stream, once; after a fault, it takes effect with it', async () => {
  const { stream } = await serveScript(
    'id: 1\ndata: a\n\n:@ drop\n:@ status 503 retry-after 2\n:@ status 429\ndata: b\n\n:@ end\n',
  );
  await expect((await openStream(stream)).whole).rejects.toThrow('aborted');
  const headers = { 'Last-Event-ID': '1' };
  expect(await ask(stream, { headers })).toMatchObject({ status: 503, headers: { 'retry-after': '2' } });
  expect(await ask(stream, { headers })).toMatchObject({ status: 429 });
  expect(await (await openStream(stream, { headers })).whole).toBe('data: b\n\n');
});

test('loop starts over at the beginning, at the time given by the pauses', async () => {
  const { stream, source } = await serveScript('data: a\n\n:@ wait 20ms\ndata: b\n\n:@ wait 20ms\n:@ loop\n');
  const start = performance.now();
  const one = await openStream(stream);
  const round = 'data: a\n\ndata: b\n\n';
  await one.until(round.repeat(5));
  expect(performance.now() - start).toBeGreaterThan(170);
  expect([...source.connections][0]?.connection.eventsSent).toBeGreaterThanOrEqual(10);
});

test('a large file is sent whole, as fast as its client reads', async () => {
  const data = `data: ${'x'.repeat(1000)}\n\n`.repeat(20_000);
  const { stream } = await serveScript(`${data}:@ end\n`);
  const { response, whole } = await openStream(stream);
  response.pause();
  await new Promise((resolve) => setTimeout(resolve, 200));
  response.resume();
  expect(await whole).toBe(data);
});

test('a saved file is played to new connections only; open ones keep the old version', async () => {
  const { stream, source } = await serveScript('data: old\n\n:@ wait 100ms\ndata: old too\n\n:@ end\n');
  const before = await openStream(stream);
  await before.until('data: old\n\n');
  source.load(scriptOf('data: new\n\n:@ end\n'));
  expect(await (await openStream(stream)).whole).toBe('data: new\n\n');
  expect(await before.whole).toBe('data: old\n\ndata: old too\n\n');
});

test('an invalid speed is refused with a sentence', async () => {
  const { stream } = await serveScript(THREE);
  for (const query of ['speed=0', 'speed=fast', 'speed', 'speed=1&speed=2', 'user=7&speed=%'])
    expect(await ask(`${stream}?${query}`), query).toMatchObject({
      status: 400,
      body: expect.stringContaining('The option "speed" takes a number from 0.1 to 1000'),
    });
});

test('when the server closes, no timer and no connection is left', async () => {
  const { stream, server, source } = await serveScript('data: a\n\n:@ wait 60s\ndata: b\n\n');
  const streams = await Promise.all([1, 2, 3].map(() => openStream(stream)));
  for (const { until } of streams) await until('data: a\n\n');
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  const before = timers();
  await server.close();
  expect([...source.connections]).toEqual([]);
  expect(timers()).toBeLessThanOrEqual(before - 3);
});
