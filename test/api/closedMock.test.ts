// The end of a mock: nothing is left, and nothing can be asked of it.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import type { EventStreamMock } from '../../src/api/mock/eventStreamMock';
import { ScriptContent } from '../../src/api/mock/scriptContent';
import { ScriptFile } from '../../src/api/mock/scriptFile';
import { ServedMock } from '../../src/api/mock/servedMock';
import { Turns } from '../../src/turns/turns';
import { serveMock } from '../support/mock/serveMock';
import { program } from '../support/programs/program';
import { ask, eventually, isListening, openStream } from '../support/servers/testServer';

const handles = () => process.getActiveResourcesInfo().filter((kind) => /TCP|Timeout|FSEvent/.test(kind)).length;

test('close ends the streams, frees the port and leaves no handle; it may be called twice', async () => {
  const before = handles();
  const mock = await serveMock('data: a\n\n:@ wait 10s\ndata: b\n\n');
  const stream = await openStream(mock.url);
  await stream.until('data: a\n\n');
  const waits = Promise.allSettled([mock.connection(), mock.connection(), mock.idle()]);
  await Promise.all([mock.close(), mock.close()]);
  expect(await stream.whole).toBe('data: a\n\n');
  await waits;
  await mock[Symbol.asyncDispose]();
  expect([await isListening(mock.port), mock.connections]).toEqual([false, []]);
  expect(mock.requests.length).toBe(1);
  await eventually(() => handles() <= before);
});

test.each<[string, (mock: EventStreamMock) => unknown]>([
  ['connection', (mock) => mock.connection()],
  ['idle', (mock) => mock.idle()],
  ['publish', (mock) => mock.publish({})],
  ['drop', (mock) => mock.drop()],
  ['refuseNext', (mock) => mock.refuseNext()],
  ['pause', (mock) => mock.pause()],
  ['resume', (mock) => mock.resume()],
  ['restart', (mock) => mock.restart()],
])('%s fails after close', async (_, call) => {
  const mock = await serveMock('');
  await mock.close();
  await expect((async () => call(mock))()).rejects.toThrow('The server is closed.');
});

test('a mock that is closed while it starts leaves no port open', async () => {
  const turns = new Turns();
  const mock = new ServedMock(await ScriptContent.read(new ScriptFile({ text: '' }, turns)), turns, {});
  const listening = mock.listen(0, false);
  const closed = mock.close();
  await expect(listening).rejects.toThrow('The server was closed before it listened.');
  await closed;
});

test('a wait over HTTP is answered when the mock is closed', async () => {
  const mock = await serveMock('');
  const root = mock.url.replace(/event$/, '');
  const waiting = ask(`${root}connections?wait=1`);
  await ask(root);
  await mock.close();
  expect(await waiting).toMatchObject({ status: 503, body: 'The server is closed.\n' });
});

test('nothing keeps the process alive behind close', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [program('mockProcess')], { timeout: 60_000 });
  expect(stdout).toBe('closed\n');
});
