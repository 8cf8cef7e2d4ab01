// Edge cases: events without an end, byte order marks, and ids with whitespace don't affect what follows them.
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { serveScript } from '../../support/mock/scriptServer';
import { ask, connectTo, openStream } from '../../support/servers/testServer';

test.each([
  ['without its blank line', 'data: x\n', 'data: x\n\n'],
  ['without its line end', 'data: x', 'data: x\n\n'],
  ['that a carriage return ends, which a line feed would only go on', 'data: x\r', 'data: x\r\n\n'],
  ['which is a comment without its line end', ': x', ': x\n'],
])('after a last line %s, a publication is an event of its own', async (_, file, sent) => {
  const { stream } = await serveScript(file);
  const one = await openStream(stream);
  await one.until(file);
  await ask(stream, { method: 'POST', body: 'hello' });
  await ask(stream, { method: 'POST', body: 'again' });
  expect(await one.until('again\n\n')).toBe(`${sent}data: hello\n\ndata: again\n\n`);
});

test('a publication before the end of such a file is an event of its own, too', async () => {
  const { stream } = await serveScript('data: x\n:@ wait 100ms\ndata: y');
  const one = await openStream(stream);
  await one.until('data: x\n');
  await ask(stream, { method: 'POST', body: 'hello' });
  expect(await one.until('hello\n\n')).toBe('data: x\ndata: y\n\ndata: hello\n\n');
});

const CUT = 'id: 1\ndata: a\n\ndata: ha\n:@ no-newline\n:@ wait 60s\n:@ drop\n:@ connection\ndata: whole\nid: 2\n\n';

test.each([
  ['that the file leaves without its blank line', 'data: x\n', 'data: x\n', 'data: x\n\ndata: x\n'],
  ['whose line a carriage return ends', 'data: x\r', 'data: x\r', 'data: x\r\n\ndata: x\r'],
  ['that a connection has cut off in its line', CUT, 'data: ha', 'id: 1\ndata: a\n\ndata: ha\n\nid: 1\ndata: a\n\n'],
  ['that goes on behind a fault', 'data: x\n:@ stall\ndata: y\n\n', 'data: x\n', 'data: x\ndata: y\n\ndata: x\n'],
  ['in front of a loop', 'data: x\n:@ wait 60s\n:@ loop\ndata: y\n\n', 'data: x\n', 'data: x\n\ndata: x\n'],
])('a restart begins after an event %s', async (_, file, before, after) => {
  const { stream, source } = await serveScript(file);
  const one = await openStream(stream);
  await one.until(before);
  source.restart();
  expect(await one.until(after)).toBe(after);
});

test('on a shared timeline, a client that comes in the middle of an event after a fault gets the whole event, without the fault', async () => {
  const { stream, source } = await serveScript('data: x\n\ndata: a\n:@ wait 0.3s\n:@ drop\n:@ wait 1s\ndata: b\n\n');
  source.share(true);
  await expect((await openStream(stream)).whole).rejects.toThrow('aborted');
  const one = await openStream(stream);
  expect(await one.until('data: b\n\n')).toBe('data: a\ndata: b\n\n');
});

test('a restart while paused takes effect when the pause is over', async () => {
  const { stream, source } = await serveScript('data: x\n:@ wait 60s\ndata: y\n\n');
  const one = await openStream(stream);
  await one.until('data: x\n');
  source.pause(true);
  source.restart();
  source.pause(false);
  expect(await one.until('data: y\n\ndata: x\n')).toBe('data: x\ndata: y\n\ndata: x\n');
});

test('a byte order mark is sent only at the beginning of a stream: anywhere else it would spoil its line', async () => {
  const { stream, source } = await serveScript('\ufeffdata: a\n\n:@ wait 30ms\n:@ loop\n');
  const read = async () => {
    const one = await openStream(stream);
    await one.until('data: a\n\n'.repeat(2));
    return one;
  };
  expect((await read()).text()).toMatch(/^\ufeff(data: a\n\n){2,}$/);
  const one = await read();
  const { length } = one.text();
  source.restart();
  while (one.text().length === length) await once(one.response, 'data');
  expect(one.text()).toMatch(/^\ufeff(data: a\n\n){3,}$/);
  source.pause(true);
  const late = await openStream(stream);
  await ask(stream, { method: 'POST', body: 'first' });
  await late.until('data: first\n\n');
  source.pause(false);
  expect(await late.until('data: a\n\n')).toBe('data: first\n\ndata: a\n\n');
});

test.each(['1', '1 ', ' 1', '\t1'])('a client resumes after an id that is surrounded by whitespace: %j', async (id) => {
  const { stream } = await serveScript('id:  1\t\ndata: a\n\ndata: b\n\n:@ end\n');
  const { whole } = await openStream(stream, { headers: { 'Last-Event-ID': id } });
  expect(await whole).toBe('data: b\n\n');
});

test.each(['data: hello', 'data: hello\n', 'data: a\n\nid: 7\n', ': hello'])(
  'an incomplete event stream is not published: %j',
  async (body) => {
    const { stream, url } = await serveScript('data: a\n\n:@ wait 50ms\ndata: b\n\n:@ end\n');
    const one = await openStream(stream);
    await one.until('data: a\n\n');
    const headers = { 'Content-Type': 'text/event-stream' };
    expect(await ask(`${url}publish`, { method: 'POST', body, headers })).toMatchObject({
      status: 400,
      body: 'An event stream ends with a blank line; curl sends the line ends of a file with --data-binary.\n',
    });
    expect(await one.whole).toBe('data: a\n\ndata: b\n\n');
  },
);

test('a client that publishes with Expect: 100-continue is told to continue', async () => {
  const { port } = await serveScript('');
  const socket = await connectTo(port);
  socket.write('POST /publish HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n');
  const [leave] = await once(socket.setEncoding('latin1'), 'data');
  expect(leave).toBe('HTTP/1.1 100 Continue\r\n\r\n');
  socket.write('hello');
  const [answer] = await once(socket, 'data');
  expect(answer).toContain('HTTP/1.1 200 OK');
  socket.destroy();
});

test('a web page that publishes with Expect: 100-continue is refused', async () => {
  const { port } = await serveScript('');
  const socket = await connectTo(port);
  const page = 'Origin: http://localhost:5173\r\nExpect: 100-continue\r\nContent-Length: 5';
  socket.write(`POST /publish HTTP/1.1\r\nHost: localhost\r\n${page}\r\n\r\n`);
  const [answer] = await once(socket.setEncoding('latin1'), 'data');
  expect(answer).toContain('HTTP/1.1 403 Forbidden');
  socket.destroy();
});
