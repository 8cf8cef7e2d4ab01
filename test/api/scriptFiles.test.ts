// Scripts from files: found, refused, checked, and read again after a save.
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { checkEventStream } from '../../src/api/checkEventStream';
import { ScriptError } from '../../src/api/mock/scriptError';
import { serveEventStream } from '../../src/api/serveEventStream';
import { pathInFolder } from '../support/mock/scriptFolder';
import { serveScriptAt } from '../support/mock/serveMock';
import { eventually, openStream } from '../support/servers/testServer';

/** Writes a script and returns its path. */
function written(text: string): string {
  const path = pathInFolder('orders.sse');
  writeFileSync(path, text);
  return path;
}

/** Returns what a new connection is sent first. */
async function firstEvent(url: string): Promise<string> {
  const { until, response } = await openStream(url);
  const event = await until('\n\n');
  response.destroy();
  return event;
}

test('a file is given by its path, also a relative one, or by its URL', async () => {
  const path = written('data: a\n\n');
  for (const location of [path, relative('.', path), pathToFileURL(path), pathToFileURL(path).href]) {
    const { url } = await serveScriptAt(location);
    expect(await firstEvent(url)).toBe('data: a\n\n');
  }
});

test('errors in a file are an error with a line for each of the first ten', async () => {
  const path = written(`data: a\n\n  \n${':@ wiat 1s\n'.repeat(12)}`);
  const error = await serveEventStream(path).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ScriptError);
  const { message, problems } = error as ScriptError;
  const lines = message.split('\n');
  expect(lines.length).toBe(10);
  expect(lines[0]).toBe(`${path}:4:4: There is no directive “wiat”. Did you mean “wait”?`);
  expect(problems.length).toBe(12);
  expect(problems[0]).toEqual({
    severity: 'error',
    line: 4,
    column: 4,
    message: 'There is no directive “wiat”. Did you mean “wait”?',
  });
});

test('an error in a text is named so, and control characters that it quotes are visible', async () => {
  await expect(serveEventStream({ text: ':@ \u001b[31m\n' })).rejects.toThrow(
    /^text:1:4: There is no directive “⟨U\+001B⟩\[31m”/,
  );
});

test.each<[string, (path: string) => void, string]>([
  ['is missing', () => undefined, 'there is no such file. Check its path.'],
  ['is a folder', (path) => mkdirSync(path), 'it is not a regular file.'],
  [
    'is larger than 64 MB',
    (path) => [writeFileSync(path, ''), truncateSync(path, 2 ** 26 + 1)],
    'it is larger than 64 MB. Split it.',
  ],
])('a file that %s can’t be read', async (_, make, sentence) => {
  const path = pathInFolder('orders.sse');
  make(path);
  // A folder can be served.
  for (const read of sentence.includes('regular') ? [checkEventStream] : [serveEventStream, checkEventStream])
    await expect(read(path)).rejects.toEqual(new ScriptError(`${path} can’t be read: ${sentence}`));
});

test.skipIf(process.platform === 'win32')('a pipe is refused at once, also one that nobody writes to', async () => {
  const path = pathInFolder('pipe');
  execFileSync('mkfifo', [path]);
  await expect(serveEventStream(path)).rejects.toThrow('it is not a regular file.');
});

test.each([[undefined], [7], [{}], [new URL('https://a.example/x.sse')]])('%s is no script', async (location) => {
  await expect(serveEventStream(location as unknown as string)).rejects.toThrow(TypeError);
});

test('checkEventStream tells of errors and warnings, events and duration', async () => {
  expect(await checkEventStream(written('data: a\n\n:@ wait 1.5s\ndata: b\n\n'))).toEqual({
    ok: true,
    problems: [],
    events: 2,
    duration: 1500,
  });
  expect(await checkEventStream({ text: 'dta: a\n\n' })).toMatchObject({
    ok: true,
    problems: [{ severity: 'warning', line: 1, column: 1, message: expect.stringContaining('Did you mean “data”?') }],
  });
  expect(await checkEventStream({ text: 'data: a\n\n:@ wait\n' })).toMatchObject({
    ok: false,
    problems: [{ severity: 'error', line: 3 }],
  });
});

/** Serves a file that is watched, and collects what is told of it. */
async function serveWatched(path: string) {
  const read: (string | undefined)[] = [];
  const mock = await serveScriptAt(path, { watch: true, onRead: (problem) => read.push(problem) });
  return { mock, read };
}

test('a saved file is played to new connections, also if an editor has replaced it', async () => {
  const path = written('data: a\n\n');
  const { mock, read } = await serveWatched(path);
  const old = await openStream(mock.url);
  await old.until('data: a\n\n');
  writeFileSync(path, 'data: b\n\n');
  await eventually(() => read.length === 1);
  expect(await firstEvent(mock.url)).toBe('data: b\n\n');
  const replacement = join(dirname(path), 'orders.sse.tmp');
  writeFileSync(replacement, 'data: c\n\n');
  renameSync(replacement, path);
  await eventually(() => read.length === 2);
  expect(await firstEvent(mock.url)).toBe('data: c\n\n');
  rmSync(path);
  await eventually(() => read.length === 3);
  writeFileSync(path, 'data: d\n\n');
  await eventually(() => read.length === 4);
  expect(await firstEvent(mock.url)).toBe('data: d\n\n');
  expect(read).toEqual([
    undefined,
    undefined,
    `${path} can’t be read: there is no such file. Check its path.`,
    undefined,
  ]);
  expect([old.text(), mock.connections[0]?.isOpen]).toEqual(['data: a\n\n', true]);
});

test('the folder of a file may go, and another come in its place', async () => {
  const path = written('data: a\n\n');
  const { mock, read } = await serveWatched(path);
  renameSync(dirname(path), `${dirname(path)}-away`);
  await eventually(() => read.at(-1)?.endsWith('there is no such file. Check its path.') === true);
  mkdirSync(dirname(path));
  writeFileSync(path, 'data: b\n\n');
  await eventually(() => read.at(-1) === undefined);
  writeFileSync(path, 'data: c\n\n');
  await eventually(async () => (await firstEvent(mock.url)) === 'data: c\n\n');
  rmSync(`${dirname(path)}-away`, { recursive: true });
});

test.runIf(process.platform === 'linux' && process.getuid?.() !== 0)(
  'a file is watched also where the folder around its own can’t be read',
  async () => {
    const path = join(dirname(written('data: a\n\n')), 'own', 'a.sse');
    mkdirSync(dirname(path));
    writeFileSync(path, 'data: a\n\n');
    chmodSync(dirname(dirname(path)), 0o311);
    onTestFinished(() => chmodSync(dirname(dirname(path)), 0o755));
    const { read } = await serveWatched(path);
    writeFileSync(path, 'data: b\n\n');
    await eventually(() => read.length > 0);
    expect(read).toEqual([undefined]);
  },
);

test('a saved file with an error keeps the old script', async () => {
  const path = written('data: a\n\n');
  const { mock, read } = await serveWatched(path);
  writeFileSync(path, ':@ wait\n');
  await eventually(() => read.length === 1);
  expect(read[0]).toMatch(/orders\.sse:1:4: A pause is given in seconds/);
  expect(await firstEvent(mock.url)).toBe('data: a\n\n');
});

test('another file, and a save that changes nothing, are not told of', async () => {
  const path = written('data: a\n\n');
  const { read } = await serveWatched(path);
  writeFileSync(join(dirname(path), 'other.sse'), 'data: x\n\n');
  writeFileSync(path, 'data: a\n\n');
  // Changes come in order: that of a file that is watched later comes after these.
  const later = written('data: a\n\n');
  const { read: readLater } = await serveWatched(later);
  writeFileSync(later, 'data: b\n\n');
  await eventually(() => readLater.length === 1);
  expect(read).toEqual([]);
});

test('nothing is told of a file once its mock is closed', async () => {
  const path = written('data: a\n\n');
  const { mock, read } = await serveWatched(path);
  writeFileSync(path, 'data: b\n\n');
  await mock.close();
  const { read: readLater } = await serveWatched(path);
  writeFileSync(path, 'data: c\n\n');
  await eventually(() => readLater.length === 1);
  expect(read).toEqual([]);
});
