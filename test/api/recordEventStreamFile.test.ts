// The file of a recording by the API: which are refused, and what other programs do to it.
import { appendFileSync, existsSync, mkdirSync, readFileSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { basename, dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { RecordingFileError, recordEventStream } from '../../src/api';
import { canMount, fullDisk } from '../support/client/fullDisk';
import { temporaryFile } from '../support/client/recordings';
import { failureOf, sentBy } from '../support/client/recordingsByApi';
import { ended, numbered, open, serveInTurn } from '../support/servers/streamServer';
import { eventually } from '../support/servers/testServer';

test('an existing file is refused, and overwritten with force', async () => {
  const server = await serveInTurn(ended(numbered(1)));
  const file = temporaryFile('a.sse');
  writeFileSync(file, 'data: old\n\n'.repeat(100));
  const error = await failureOf(server.url, file);
  expect(error).toBeInstanceOf(RecordingFileError);
  expect(error.message).toBe(`${file} exists already. Choose another name, or set force to overwrite it.`);
  expect([readFileSync(file, 'utf8').length, server.requests.length]).toEqual([1100, 0]);
  await recordEventStream(server.url, file, { force: true });
  expect(sentBy(file)).toBe(numbered(1));
});

test('of two recordings to one new file, one is refused', async () => {
  const { url } = await serveInTurn(ended(numbered(1)));
  const file = temporaryFile('a.sse');
  const results = await Promise.allSettled([recordEventStream(url, file), recordEventStream(url, file)]);
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(sentBy(file)).toBe(numbered(1));
});

test.each([false, true])(
  'what is no regular file, or in no folder, is refused with a sentence, force: %s',
  async (force) => {
    const { url, requests } = await serveInTurn(ended(numbered(1)));
    const folder = dirname(temporaryFile('a.sse'));
    mkdirSync(join(folder, 'b.sse'));
    expect((await failureOf(url, join(folder, 'b.sse'), { force })).message).toMatch(
      /a folder, a device or a pipe\. Choose a regular file\.$/,
    );
    expect((await failureOf(url, join(folder, 'no', 'c.sse'), { force })).message).toBe(
      `There is no folder ${join(folder, 'no')}. Create it, or correct the path.`,
    );
    if (process.platform !== 'win32')
      expect((await failureOf(url, '/dev/null', { force })).message).toContain('a folder, a device or a pipe');
    expect(requests).toEqual([]);
  },
);

test.runIf(process.platform !== 'win32')('a link to a file is refused without force, and stays with it', async () => {
  const { url } = await serveInTurn(ended(numbered(1)));
  const target = temporaryFile('a.sse');
  const link = join(dirname(target), 'link.sse');
  writeFileSync(target, '');
  symlinkSync(target, link);
  expect((await failureOf(url, link)).message).toContain('exists already');
  await recordEventStream(url, link, { force: true });
  expect(sentBy(target)).toBe(numbered(1));
});

test('a recording moves to another file when a program changes its own', async () => {
  let response: ServerResponse | undefined;
  const { url } = await serveInTurn((answer) => {
    response = answer;
    open(numbered(1))(answer, answer.req);
  });
  const file = temporaryFile('a.sse');
  const recorded = recordEventStream(url, file);
  await eventually(() => existsSync(file) && readFileSync(file, 'utf8').includes('data: 1\n\n'));
  appendFileSync(file, 'data: of another program\n\n');
  response?.end('data: 2\n\n');
  const recording = await recorded;
  expect(basename(recording.file)).toBe('a-2.sse');
  expect(sentBy(recording.file)).toBe(`${numbered(1)}data: 2\n\n`);
  expect(readFileSync(file, 'utf8')).toContain('of another program');
});

test.runIf(process.platform !== 'win32')('a file that is deleted ends the recording with a sentence', async () => {
  const server = await serveInTurn(open(numbered(1)));
  const file = temporaryFile('a.sse');
  const recorded = failureOf(server.url, file);
  await eventually(() => existsSync(file) && readFileSync(file, 'utf8').includes('data: 1\n\n'));
  unlinkSync(file);
  const error = await recorded;
  expect(error).toBeInstanceOf(RecordingFileError);
  expect(error.message).toBe(`The recording to ${file} has stopped: The file was deleted or moved.`);
  await eventually(() => server.closed === 1);
});

test.runIf(canMount())('a full disk ends the recording with a sentence; what was written stays', async () => {
  const { url } = await serveInTurn(open(`data: ${'x'.repeat(10_000)}\n\n`.repeat(50)));
  const file = join(fullDisk(), 'a.sse');
  const error = await failureOf(url, file);
  expect(error).toBeInstanceOf(RecordingFileError);
  expect(error.message).toMatch(/^The recording to .*a\.sse has stopped: ENOSPC/);
  expect(readFileSync(file).length).toBeGreaterThan(10_000);
});
