// Long pasted texts are read in a worker thread, so that no text on the clipboard can block the extension host.
import { resolve } from 'node:path';
import { expect, inject, onTestFinished, test } from 'vitest';
import { MAX_AT_ONCE, RequestReader } from '../../../../src/extension/inspector/pasted/requestReader';
import type { Log } from '../../../../src/extension/shared/output/log';
import { InspectorBench } from '../../../support/inspector/inspectors';
import { readPasted } from '../../../support/inspector/readPasted';
import { eventually } from '../../../support/servers/testServer';

const FILE = resolve(inject('programs'), 'dist/requestThread.cjs');
const TOO_COMPLEX = 'The text is too complex to be read. Shorten it.';

function newReader(options: { timeout?: number; file?: string } = {}) {
  const log: unknown[] = [];
  const note = (text: unknown) => void log.push(text);
  const reader = new RequestReader({ file: FILE, log: { error: note } as unknown as Log, ...options });
  onTestFinished(() => reader.dispose());
  return { reader, log };
}

const threads = () =>
  process.getActiveResourcesInfo().filter((kind) => kind === 'MessagePort' || kind === 'Worker').length;

/** Returns a command of that length. */
const commandOf = (length: number) => `curl http://a/ -d '${'x'.repeat(length - 19)}'`;

test.each([
  ['a short text', 'curl http://a/ -H "X: $K" -d a=1'],
  ['the longest that is read at once', commandOf(MAX_AT_ONCE)],
  ['one more', commandOf(MAX_AT_ONCE + 1)],
  ['half a megabyte', commandOf(500_000)],
  ['a URL', 'https://example.com/events'],
  ['a long text that is no request', 'x y '.repeat(3000)],
  ['a long one that says what is wrong', `curl ${'x'.repeat(5000)} --no-such http://a/`],
  ['a text over 1 MB', commandOf(1_100_000)],
])('of %s, the same is read as in one thread', async (_, text) => {
  const { reader, log } = newReader();
  expect(await reader.read(text)).toEqual(readPasted(text));
  expect(await reader.problemOf(text)).toBe(readPasted(text).problem);
  expect(log).toEqual([]);
});

test('values and files are passed on with the text', async () => {
  const { reader } = newReader();
  const given = { values: new Map([['$K', 'v'.repeat(5000)]]), files: new Map([['f', 'text']]) };
  const text = 'curl http://a/ -H "X: $K" -d @f';
  expect((await reader.read(text, given)).parsed?.request).toMatchObject({
    body: 'text',
    headers: [['X', 'v'.repeat(5000)], expect.anything()],
  });
});

test('the reading of an endless text times out; meanwhile others have their turn, and nothing is left behind', async () => {
  const { reader, log } = newReader({ timeout: 300, file: resolve('test/support/inspector/endlessThread.cjs') });
  const before = threads();
  let turns = 0;
  const timer = setInterval(() => {
    turns += 1;
  }, 10);
  expect((await reader.read(commandOf(5000))).problem).toBe(TOO_COMPLEX);
  clearInterval(timer);
  expect(turns).toBeGreaterThan(5);
  await eventually(() => threads() <= before);
  expect(log).toEqual([]);
});

test('a text that would exhaust the memory ends its thread, but not the process', async () => {
  const { reader, log } = newReader({ file: resolve('test/support/inspector/greedyThread.cjs'), timeout: 60_000 });
  expect((await reader.read(commandOf(5000))).problem).toBe(TOO_COMPLEX);
  expect(String(log[0])).toContain('memory');
});

test('the failure of a thread is logged, and reported in words', async () => {
  const { reader, log } = newReader({ file: resolve('test/support/noSuchThread.cjs') });
  expect((await reader.read(commandOf(5000))).problem).toBe(TOO_COMPLEX);
  expect(String(log[0])).toContain('noSuchThread');
});

test('if a thread can’t be started, later texts are still read', async () => {
  // Node rejects a relative path that doesn't begin with a dot.
  const options = { file: 'nowhere.cjs', log: { error: () => undefined } as unknown as Log };
  const reader = new RequestReader(options);
  await expect(reader.read(commandOf(5000))).rejects.toThrow('path');
  options.file = FILE;
  expect((await reader.read(commandOf(5000))).parsed?.request.url).toBe('http://a/');
});

test('an edited text is read anew, and the previous reading ends', async () => {
  const { reader } = newReader({ file: resolve('test/support/inspector/endlessThread.cjs') });
  const before = threads();
  const reads = [1, 2, 3].map((n) => reader.problemOf(commandOf(5000 + n)));
  expect(await reader.problemOf('http://a/')).toBeUndefined();
  expect(await Promise.all(reads)).toEqual([undefined, undefined, undefined]);
  await eventually(() => threads() <= before);
});

test('only one thread runs at a time, however many texts are pasted', async () => {
  const { reader } = newReader();
  const before = threads();
  let most = 0;
  const timer = setInterval(() => {
    most = Math.max(most, threads());
  }, 1);
  const all = Array.from({ length: 20 }, (_, n) => reader.read(commandOf(5000 + n)));
  expect((await Promise.all(all)).map(({ parsed }) => parsed?.request.body?.length)).toEqual(
    Array.from({ length: 20 }, (_, n) => 5000 + n - 19),
  );
  clearInterval(timer);
  expect(most - before).toBeLessThan(6);
});

test('the end of the extension ends the reading', async () => {
  const { reader } = newReader({ file: resolve('test/support/inspector/endlessThread.cjs') });
  const read = reader.read(commandOf(5000));
  reader.dispose();
  expect((await read).problem).toBe(TOO_COMPLEX);
  expect((await reader.read(commandOf(5000))).problem).toBe(TOO_COMPLEX);
});

test('a long command is inspected like a short one', async () => {
  const bench = new InspectorBench();
  const panel = await bench.inspect(commandOf(20_000).replace('http://a/', 'http://127.0.0.1:1/'));
  await eventually(() => panel.posted.some((message) => message.type === 'form'));
  const form = panel.posted.find((message) => message.type === 'form');
  expect(form).toMatchObject({ form: { method: 'POST', url: 'http://127.0.0.1:1/' } });
});
