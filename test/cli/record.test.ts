// `sse-counter record`, as a process.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { serveScript } from '../support/mock/scriptServer';
import { folderWith, runCommand, startCommand } from '../support/programs/commandLine';

const windows = process.platform === 'win32';
const TWO = 'id: 1\ndata: a\n\nid: 2\ndata: b\n\n';

test('it records a stream to its end, and says how much is where', async () => {
  const { stream } = await serveScript(`${TWO}:@ end\n`);
  const file = join(folderWith(), 'a.sse');
  const { code, stdout, stderr } = await runCommand(['record', stream, '-o', file]);
  expect([code, stdout]).toEqual([0, '']);
  expect(stderr.replace(/\d+\.\d s/, 'TIME')).toBe(`Recorded 2 events in TIME to ${file}\n`);
  expect(readFileSync(file, 'utf8')).toContain(TWO);
  expect(await runCommand(['check', file])).toMatchObject({ code: 0, stdout: expect.stringContaining('2 events') });
});

test('an existing file is refused, unless --force is given', async () => {
  const { stream } = await serveScript(`${TWO}:@ end\n`);
  const file = join(folderWith({ 'a.sse': 'data: mine\n\n' }), 'a.sse');
  const refused = await runCommand(['record', stream, '-o', file]);
  expect(refused).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(/^[^\n]*a\.sse exists[^\n]*--force[^\n]*\n$/),
  });
  expect(readFileSync(file, 'utf8')).toBe('data: mine\n\n');
  expect(await runCommand(['record', stream, '-o', file, '--force'])).toMatchObject({ code: 0 });
  expect(readFileSync(file, 'utf8')).toContain(TWO);
});

test.each([
  [['--for', '3'], 0],
  [['--count', '1'], 0],
])('%j ends it', async (options, code) => {
  const { stream } = await serveScript('data: a\n\n:@ stall\n');
  const file = join(folderWith(), 'a.sse');
  expect(await runCommand(['record', stream, '-o', file, ...options])).toMatchObject({ code });
  expect(readFileSync(file, 'utf8')).toContain('data: a\n\n');
});

test.skipIf(windows).each(['SIGINT', 'SIGTERM'] as const)(
  '%s ends it with 0, and the file is complete',
  async (name) => {
    const { stream, source } = await serveScript(`${TWO}:@ stall\n`);
    const file = join(folderWith(), 'a.sse');
    const running = startCommand(['record', stream, '-o', file]);
    while (source === undefined || !readOrEmpty(file).includes('data: b\n\n')) await new Promise(setImmediate);
    running.process.kill(name);
    expect(await running.ended).toMatchObject({ code: 0, stderr: expect.stringMatching(/^Recorded 2 events in /) });
    expect(readFileSync(file, 'utf8')).toContain(TWO);
  },
);

test('a stream that isn’t there is a failure, and leaves no file', async () => {
  const file = join(folderWith(), 'a.sse');
  expect(await runCommand(['record', 'http://127.0.0.1:1/', '-o', file])).toMatchObject({
    code: 1,
    stderr: 'Nothing is listening on 127.0.0.1:1. Is the server running?\n',
  });
  expect(readOrEmpty(file)).toBe('');
});

test('a stream that breaks off is a failure, which says how much is where', async () => {
  const { stream } = await serveScript(`${TWO}:@ drop\n`);
  const file = join(folderWith(), 'a.sse');
  const { code, stderr } = await runCommand(['record', stream, '-o', file]);
  expect([code, stderr.replace(/\d+\.\d s/, 'TIME')]).toEqual([
    1,
    `Recorded 2 events in TIME to ${file}\nThe response ended before it was complete. Use --reconnect to read on, as an EventSource does.\n`,
  ]);
});

test('a response that is no event stream leaves no file, so that the next try finds none', async () => {
  const { url } = await serveScript(TWO);
  const file = join(folderWith(), 'a.sse');
  const { code, stderr } = await runCommand(['record', url, '-o', file]);
  expect([code, stderr]).toEqual([
    1,
    'The response is not an event stream: its type is text/html, not text/event-stream. Check the URL, the method and the headers of the request.\n',
  ]);
  expect(existsSync(file)).toBe(false);
});

test('-o - is refused: it would be a file of that name', async () => {
  expect(await runCommand(['record', 'http://127.0.0.1:1/', '-o', '-'])).toEqual({
    code: 2,
    stdout: '',
    stderr: '-o takes a file; for standard output use sse-counter read --raw. See: sse-counter help record\n',
  });
});

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // It isn't there yet.
    return '';
  }
}
