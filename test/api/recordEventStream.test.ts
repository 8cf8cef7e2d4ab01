// Recording a stream to a file by the API: what is in the file, and when it is complete.
import { getEventListeners } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { RequestError, readEventStream, recordEventStream, StreamError, StreamTimeoutError } from '../../src/api';
import { temporaryFile, withoutWaits } from '../support/client/recordings';
import { failureOf, sentBy } from '../support/client/recordingsByApi';
import { serveScript } from '../support/mock/scriptServer';
import { cut, ended, numbered, open, refused, serveInTurn, serveLines } from '../support/servers/streamServer';
import { eventually, freePort } from '../support/servers/testServer';

test('a stream is recorded to its end, and plays back as the same events', async () => {
  const { url } = await serveInTurn(ended(`: hello\n${numbered(3)}`));
  const file = temporaryFile('a.sse');
  const recording = await recordEventStream(url, file);
  expect(recording).toMatchObject({ file, cause: 'end', status: 200, events: 3, reconnects: 0 });
  expect(recording).not.toHaveProperty('firstEvent');
  expect(withoutWaits(readFileSync(file, 'utf8'))).toBe(`: hello\n${numbered(3)}:@ end\n`);
  const again = await serveScript(readFileSync(file, 'utf8'));
  const data: string[] = [];
  for await (const event of readEventStream(`${again.url}event`)) data.push(event.data);
  expect(data).toEqual(['1', '2', '3']);
});

test('exactly count events are in the file', async () => {
  const { url } = await serveInTurn(open(numbered(5)));
  const file = temporaryFile('a.sse');
  expect(await recordEventStream(url, file, { count: 2 })).toMatchObject({ cause: 'count', events: 2 });
  expect(sentBy(file)).toBe(numbered(2));
});

test('a recording goes on over reconnects, and notes each connection', async () => {
  const server = await serveInTurn(cut(`retry: 1\n${numbered(1)}`), ended('data: 2\n\n'), refused(204));
  const file = temporaryFile('a.sse');
  const reconnects: number[] = [];
  const options = { reconnect: true, onReconnect: ({ number }: { number: number }) => void reconnects.push(number) };
  const recording = await recordEventStream(server.url, file, options);
  expect(recording).toMatchObject({ cause: 'noContent', events: 2, reconnects: 2 });
  expect([reconnects, server.requests[1]?.headers['last-event-id']]).toEqual([[1, 2], '1']);
  expect(withoutWaits(readFileSync(file, 'utf8'))).toBe(
    `retry: 1\n${numbered(1)}:@ drop\n:@ connection\ndata: 2\n\n:@ end\n:@ status 204\n`,
  );
});

test('a recording is complete after its duration', async () => {
  const { url } = await serveInTurn(open(numbered(2)));
  const file = temporaryFile('a.sse');
  expect(await recordEventStream(url, file, { duration: 1000 })).toMatchObject({ cause: 'duration', events: 2 });
  expect(sentBy(file)).toBe(numbered(2));
});

test('a recording is complete when its signal aborts', async () => {
  const server = await serveInTurn(open(numbered(2)));
  const [file, controller] = [temporaryFile('a.sse'), new AbortController()];
  const onProgress = ({ events }: { events: number }) => void (events === 2 && controller.abort());
  const recording = await recordEventStream(server.url, file, { signal: controller.signal, onProgress });
  expect(recording).toMatchObject({ cause: 'signal', events: 2 });
  expect(sentBy(file)).toBe(numbered(2));
  await eventually(() => server.closed === 1);
  expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
});

test('with a signal that is aborted already, or no response in time, the file is empty', async () => {
  const server = await serveInTurn(() => undefined);
  const [one, other] = [temporaryFile('a.sse'), temporaryFile('b.sse')];
  expect(await recordEventStream(server.url, one, { signal: AbortSignal.abort() })).toMatchObject({ cause: 'signal' });
  expect(await recordEventStream(server.url, other, { duration: 10 })).toMatchObject({ cause: 'duration' });
  expect([one, other].map((file) => readFileSync(file, 'utf8'))).toEqual(['', '']);
});

test('after a timeout, what came is in the file', async () => {
  const { url } = await serveInTurn(open(numbered(2)));
  const file = temporaryFile('a.sse');
  const error = await failureOf(url, file, { timeout: 4000, count: 3 });
  expect(error).toBeInstanceOf(StreamTimeoutError);
  expect(error.message).toContain('2 of 3 events came within 4 s');
  expect(sentBy(file)).toBe(numbered(2));
});

test('after a cut, what came is in the file', async () => {
  const { url } = await serveInTurn(cut(`${numbered(2)}data: 3`));
  const file = temporaryFile('a.sse');
  const error = await failureOf(url, file);
  expect([error instanceof StreamError, error.message]).toEqual([
    true,
    expect.stringContaining('The response ended before it was complete. Its last event was incomplete'),
  ]);
  expect(withoutWaits(readFileSync(file, 'utf8'))).toBe(`${numbered(2)}data: 3\n:@ no-newline\n:@ drop\n`);
});

test('a refusal fails, and is in the file', async () => {
  const { url } = await serveInTurn(refused(503, { 'Retry-After': '2' }));
  const file = temporaryFile('a.sse');
  expect((await failureOf(url, file)).message).toContain('The server answered 503 Service Unavailable.');
  expect(readFileSync(file, 'utf8')).toBe(':@ status 503 retry-after 2\n');
});

test('without a response there is no file, unless there was one before', async () => {
  const [url, file] = [`http://127.0.0.1:${await freePort()}/`, temporaryFile('a.sse')];
  expect((await failureOf(url, file)).message).toContain('Nothing is listening');
  expect((await failureOf(url, file, { force: true })).message).toContain('Nothing is listening');
  expect(existsSync(file)).toBe(false);
  writeFileSync(file, 'data: old\n\n');
  await failureOf(url, file, { force: true });
  expect(existsSync(file)).toBe(true);
});

test('a missing path is an error that names it', async () => {
  await expect(recordEventStream('http://127.0.0.1:1/', undefined as unknown as string)).rejects.toThrow(
    new TypeError('file takes the path of the file to create.'),
  );
});

test('a request that can’t be made creates no file', async () => {
  const file = temporaryFile('a.sse');
  expect(await failureOf('curl https://a/$ROOM', file)).toBeInstanceOf(RequestError);
  expect(existsSync(file)).toBe(false);
});

test('more events than the history keeps are recorded', async () => {
  const [line, lines] = [`data: ${'x'.repeat(50)}\n\n`, 120_000];
  const { url } = await serveLines(line.repeat(100), lines / 100);
  const file = temporaryFile('a.sse');
  const recording = await recordEventStream(url, file);
  expect(recording).toMatchObject({ events: lines, bytes: lines * line.length, file });
  expect(withoutWaits(readFileSync(file, 'utf8')) === `${line.repeat(lines)}:@ end\n`).toBe(true);
});

test('progress is told while it goes on, and once more at the end', async () => {
  const { url } = await serveInTurn(ended(numbered(3)));
  const told: { events: number; bytes: number }[] = [];
  await recordEventStream(url, temporaryFile('a.sse'), { onProgress: (one) => void told.push(one) });
  expect(told.at(-1)).toEqual({ events: 3, bytes: numbered(3).length });
});

test.each(['onProgress', 'onReconnect'] as const)('an error in %s ends the recording with that error', async (name) => {
  const server = await serveInTurn(ended(numbered(1)), open(numbered(1)));
  const error = new Error('of the caller');
  const fail = (told: object) => {
    // On a busy machine, the first bytes may have no whole event.
    if (!('events' in told) || told.events === 1) throw error;
  };
  const file = temporaryFile('a.sse');
  expect(await failureOf(server.url, file, { reconnect: true, [name]: fail })).toBe(error);
  expect(sentBy(file)).toContain('data: 1\n');
  await eventually(() => server.closed === server.requests.length);
});

test.each([
  [{ duration: 0 }, 'duration takes milliseconds above 0'],
  [{ duration: 2 ** 31 }, 'duration takes milliseconds above 0'],
  [{ count: 0 }, 'count takes a whole number from 1'],
  [{ timeout: -1 }, 'timeout takes milliseconds above 0'],
])('the options %j are refused, and no file is created', async (options, message) => {
  const file = temporaryFile('a.sse');
  const error = await failureOf('http://127.0.0.1:1/', file, options);
  expect([error instanceof RangeError, error.message]).toEqual([true, expect.stringContaining(message)]);
  expect(readdirSync(dirname(file))).toEqual([]);
});
