import { once } from 'node:events';
import { expect, onTestFinished, test, vi } from 'vitest';
import { ask, connectTo, eventually, openStream, startServer } from '../../support/servers/testServer';

test('a stream has the headers that keep proxies from buffering it', async () => {
  const { url } = await startServer();
  const { response } = await openStream(`${url}event`, { headers: { Connection: 'keep-alive' } });
  expect(response.statusCode).toBe(200);
  expect(response.headers).toMatchObject({
    'content-type': 'text/event-stream',
    'cache-control': 'no-cache, no-transform',
    'connection': 'keep-alive',
    'x-accel-buffering': 'no',
  });
});

test('headers are sent at once, long before the first event', async () => {
  const { url } = await startServer();
  const stream = await openStream(`${url}event?interval=3600000`);
  expect(stream.response.statusCode).toBe(200);
  expect(stream.text()).toBe('');
});

test('the default stream is, byte for byte, the count from 1, once a second from one second after connecting', async () => {
  const { url, opened } = await startServer();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  onTestFinished(() => void vi.useRealTimers());
  const stream = await openStream(`${url}event`);
  for (const sent of [0, 1, 2]) {
    // Ticks are due at multiples of 2 ms.
    await vi.advanceTimersByTimeAsync(sent === 0 ? 998 : 996);
    expect(opened[0]?.eventsSent).toBe(sent);
    await vi.advanceTimersByTimeAsync(4);
    expect(opened[0]?.eventsSent).toBe(sent + 1);
  }
  expect(await stream.until('data: 3\n\n')).toBe('data: 1\n\ndata: 2\n\ndata: 3\n\n');
});

test('every connection has its own count, from 1', async () => {
  const { url } = await startServer();
  const one = await openStream(`${url}event?interval=10`);
  await one.until('data: 5\n\n');
  const two = await openStream(`${url}event?interval=10`);
  expect(await two.until('data: 2\n\n')).toBe('data: 1\n\ndata: 2\n\n');
});

test('the stream ends properly after the number of events given by limit', async () => {
  const { url } = await startServer();
  const { whole } = await openStream(`${url}event?interval=10&from=7&limit=3`);
  expect(await whole).toBe('data: 7\n\ndata: 8\n\ndata: 9\n\n');
});

test('event, id and retry are sent as fields; retry comes once, at the beginning, before the first interval is over', async () => {
  const { url } = await startServer();
  const stream = await openStream(`${url}event?interval=500&limit=2&event=count&id=1&retry=250`);
  expect(await stream.until('\n\n')).toBe('retry: 250\n\n');
  expect(await stream.whole).toBe('retry: 250\n\nevent: count\nid: 1\ndata: 1\n\nevent: count\nid: 2\ndata: 2\n\n');
});

test('text that isn’t ASCII arrives whole: the size of a chunk is in bytes', async () => {
  const { url } = await startServer();
  const { whole } = await openStream(`${url}event?interval=10&limit=2&event=${encodeURIComponent('数える 🎉')}`);
  expect(await whole).toBe('event: 数える 🎉\ndata: 1\n\nevent: 数える 🎉\ndata: 2\n\n');
});

test('after a stream that ended, its connection serves the next request', async () => {
  const { port } = await startServer();
  const request = (path: string, end: string) =>
    `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: ${end}\r\n\r\n`;
  const socket = await connectTo(port);
  let text = '';
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    text += chunk;
  });
  for (const ends of [1, 2]) {
    socket.write(request('/event?interval=10&limit=2', 'keep-alive'));
    await eventually(() => text.split('\r\n0\r\n\r\n').length > ends);
  }
  socket.write(request('/event?limit=0', 'close'));
  await once(socket, 'close');
  expect(text.match(/HTTP\/1.1 200 OK/g)).toHaveLength(2);
  expect(text.match(/9\r\ndata: 1\n\n\r\n9\r\ndata: 2\n\n\r\n0\r\n\r\n/g)).toHaveLength(2);
  expect(text).toContain('HTTP/1.1 400 Bad Request');
});

test('an option that is wrong gets 400 and one sentence, and opens no stream', async () => {
  const { url, opened } = await startServer();
  const { status, headers, body } = await ask(`${url}event?interval=9`);
  expect(status).toBe(400);
  expect(headers['content-type']).toBe('text/plain; charset=utf-8');
  expect(body).toBe('The option "interval" takes a whole number of milliseconds from 10 to 3600000.\n');
  expect(opened).toEqual([]);
});

const resumed = (url: string, query: string, lastEventId: string) =>
  openStream(`${url}event?interval=10&${query}`, { headers: { 'Last-Event-ID': lastEventId } });

test('with ids, a client that has seen 41 resumes at 42', async () => {
  const { url } = await startServer();
  const { whole } = await resumed(url, 'id=1&limit=43', '41');
  expect(await whole).toBe('id: 42\ndata: 42\n\nid: 43\ndata: 43\n\n');
});

test.each(['43', '44', '99999999999999999999'])(
  'past the last number (Last-Event-ID %s of 43) the response is 204, which stops an EventSource',
  async (id) => {
    const { url } = await startServer();
    const { response } = await resumed(url, 'id=1&limit=43', id);
    expect(response.statusCode).toBe(204);
  },
);

test.each(['', 'abc', '-5', '4.5', '41, 42', '0x10'])(
  'a Last-Event-ID that isn’t a number (%j) is ignored',
  async (id) => {
    const { url } = await startServer();
    const { whole } = await resumed(url, 'id=1&limit=1', id);
    expect(await whole).toBe('id: 1\ndata: 1\n\n');
  },
);

test('a Last-Event-ID before the first number starts at the first number', async () => {
  const { url } = await startServer();
  const { whole } = await resumed(url, 'id=1&from=100&limit=1', '41');
  expect(await whole).toBe('id: 100\ndata: 100\n\n');
});

test('without ids, Last-Event-ID is ignored', async () => {
  const { url } = await startServer();
  const { whole } = await resumed(url, 'limit=1', '41');
  expect(await whole).toBe('data: 1\n\n');
});

test('a client that leaves stops its timer, and is reported with its address, events and age', async () => {
  const { server, port, opened, closed, errors } = await startServer();
  const socket = await connectTo(port);
  const address = `127.0.0.1:${socket.localPort}`;
  socket.write('GET /event?interval=10 HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await eventually(() => (opened[0]?.eventsSent ?? 0) >= 1);
  expect(opened.map(({ remote }) => remote)).toEqual([address]);
  expect(server.connectionCount).toBe(1);
  socket.resetAndDestroy();
  await eventually(() => closed.length === 1);
  expect(closed).toEqual(opened);
  expect(server.connectionCount).toBe(0);
  const sent = closed[0]?.eventsSent;
  expect(closed[0]?.age).toBeGreaterThanOrEqual(9);
  // Ten more events of another stream prove that enough time has passed for the first stream's timer to fire.
  await (await openStream(`http://127.0.0.1:${port}/event?interval=10&limit=10`)).whole;
  expect(closed[0]?.eventsSent).toBe(sent);
  expect(errors).toEqual([]);
});

test('a client that leaves in the middle of an event ends the stream without an error', async () => {
  let stopped = false;
  const { server, port, closed, errors } = await startServer({
    openStream: () => ({
      status: 200,
      play: (connection) => {
        // More than the sockets' buffers can take.
        connection.send({ data: 'x'.repeat(16 * 1024 * 1024) });
        return () => {
          stopped = true;
        };
      },
    }),
  });
  const socket = await connectTo(port);
  socket.write('GET /event HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await new Promise<void>((resolve) => {
    socket.on('data', (chunk) => chunk.includes('data: x') && resolve());
  });
  socket.resetAndDestroy();
  await eventually(() => closed.length === 1);
  expect(server.connectionCount).toBe(0);
  expect([stopped, closed[0]?.wasCutOff]).toEqual([true, false]);
  expect(errors).toEqual([]);
});

test('a stream pipelined behind another request is refused: it could never begin', async () => {
  const { server, port, closed } = await startServer();
  const request = 'GET /event?interval=10&limit=2 HTTP/1.1\r\nHost: localhost\r\n\r\n';
  const socket = await connectTo(port);
  let text = '';
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    text += chunk;
  });
  socket.write(request + request);
  await eventually(() => text.includes('pipelined'));
  expect(text).toMatch(/^HTTP\/1.1 200 .*data: 1\n\n.*data: 2\n\n.*HTTP\/1.1 400 /s);
  expect(closed).toHaveLength(1);
  expect(server.connectionCount).toBe(0);
  socket.destroy();
});

test.each(['/', '/event', '/x'])(
  'a client that requests %s behind a stream, which may never end, is disconnected at the fourth request',
  async (target) => {
    const { port } = await startServer();
    for (const [count, isLet] of [
      [3, true],
      [4, false],
    ] as const) {
      const socket = await connectTo(port);
      onTestFinished(() => void socket.destroy());
      let isClosed = false;
      let text = '';
      socket.once('close', () => {
        isClosed = true;
      });
      socket.setEncoding('latin1').on('data', (chunk: string) => {
        text += chunk;
      });
      socket.write('GET /event?interval=10 HTTP/1.1\r\nHost: localhost\r\n\r\n');
      await eventually(() => text.includes('data: 1\n\n'));
      socket.write(`GET ${target} HTTP/1.1\r\nHost: localhost\r\n\r\n`.repeat(count));
      await eventually(() => (isLet ? text.includes('data: 5\n\n') : isClosed));
      expect(isClosed).toBe(!isLet);
    }
  },
);

test('a client that sends requests without reading responses is disconnected at the seventeenth pending one', async () => {
  const { port } = await startServer();
  const asked = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n';
  const patient = await connectTo(port);
  let answers = 0;
  patient.setEncoding('latin1').on('data', (chunk: string) => {
    answers += chunk.split('HTTP/1.1 200').length - 1;
  });
  patient.write(asked.repeat(16));
  await eventually(() => answers === 16);
  patient.destroy();
  const hasty = await connectTo(port);
  hasty.pause().write(asked.repeat(1000));
  await once(hasty.resume(), 'close');
});

test('a request with 100 headers is answered; with 101 it is refused, or disconnected if pipelined', async () => {
  const { port, refusals } = await startServer();
  const head = (count: number) => `GET /x HTTP/1.1\r\nHost: localhost\r\n${'a:\r\n'.repeat(count - 1)}\r\n`;
  const ask = async (text: string) => {
    const socket = await connectTo(port);
    onTestFinished(() => void socket.destroy());
    let answer = '';
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      answer += chunk;
    });
    socket.write(text);
    return { socket, answer: () => answer };
  };
  const most = await ask(head(100));
  await eventually(() => most.answer().includes('HTTP/1.1 404'));
  const more = await ask(head(101));
  await once(more.socket, 'close');
  expect(more.answer()).toContain('403 Forbidden');
  expect(more.answer()).toContain('The request has more than 100 headers.');
  expect(refusals).toEqual([expect.stringContaining('Not found'), expect.stringContaining('more than 100 headers')]);
  const behind = await ask('GET /event?interval=10 HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await eventually(() => behind.answer().includes('data: 1'));
  behind.socket.write(head(101));
  await once(behind.socket, 'close');
});

test('an inactive connection, such as one with an unread response, is closed; one with a quiet stream is not', async () => {
  const { port, url } = await startServer({ limits: { timeout: 300 } });
  const quiet = await openStream(`${url}event?interval=1000`);
  const socket = await connectTo(port);
  socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n');
  await once(socket.resume(), 'close');
  expect(await quiet.until('data: 2\n\n')).toContain('data: 1\n\n');
});

test('a client that pipelines two streams and leaves, leaves nothing behind', async () => {
  const { server, port, opened, closed, errors } = await startServer();
  const request = 'GET /event?interval=10 HTTP/1.1\r\nHost: localhost\r\n\r\n';
  const socket = await connectTo(port);
  socket.write(request + request);
  await eventually(() => (opened[0]?.eventsSent ?? 0) >= 1);
  socket.destroy();
  await eventually(() => closed.length === opened.length);
  expect(server.connectionCount).toBe(0);
  await server.close();
  expect(errors).toEqual([]);
});

test('an HTTP/1.0 client gets the same stream, ended by the end of the connection', async () => {
  const { port } = await startServer();
  const socket = await connectTo(port);
  socket.write('GET /event?interval=10&limit=2 HTTP/1.0\r\n\r\n');
  let answer = '';
  for await (const chunk of socket.setEncoding('latin1')) answer += chunk;
  expect(answer.split('\r\n\r\n')[1]).toBe('data: 1\n\ndata: 2\n\n');
});

test('a thousand clients at a time each get their own count', async () => {
  const { url, server, closed } = await startServer();
  const streams = await Promise.all(Array.from({ length: 1000 }, () => openStream(`${url}event?interval=200`)));
  const texts = await Promise.all(streams.map(({ until }) => until('data: 3\n\n')));
  expect(server.connectionCount).toBe(1000);
  expect(new Set(texts)).toEqual(new Set(['data: 1\n\ndata: 2\n\ndata: 3\n\n']));
  for (const { response } of streams) response.destroy();
  await eventually(() => closed.length === 1000);
  expect(server.connectionCount).toBe(0);
});
