import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as after } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { RecordedFiles } from '../../../src/client/files/recordedFiles';
import { RecordingError } from '../../../src/client/files/recordingError';
import { Recorder } from '../../../src/client/recording/recorder';
import { canMount, fullDisk } from '../../support/client/fullDisk';
import { readSteps, temporaryFile } from '../../support/client/recordings';
import { program } from '../../support/programs/program';
import { drawn } from '../../support/random/drawn';
import { fuzz } from '../../support/random/fuzz';
import { randomChunks, randomStream } from '../../support/random/randomStream';
import { eventually, startServer } from '../../support/servers/testServer';
import { memory } from '../../support/time/memory';

const STREAM = { method: 'GET', status: 200, isEventStream: true };

/** Returns a recorder that has got a stream. */
async function newRecorder(path: string) {
  const failures: Error[] = [];
  const recorder = await Recorder.create(path, new RecordedFiles(), (error) => failures.push(error));
  onTestFinished(() => recorder.close());
  recorder.response(STREAM, 0);
  return { recorder, failures };
}

test('whole lines are in the file within moments; the rest of a line is when it is closed, at once', async () => {
  const path = temporaryFile('a.sse');
  const { recorder, failures } = await newRecorder(path);
  recorder.bytes(Buffer.from('data: a\ndata: ha'), 0);
  await eventually(() => recorder.size > 0);
  expect(readFileSync(path, 'utf8')).toBe('data: a\n');
  recorder.bytes(Buffer.from('lf\n'), 0);
  recorder.bytes(Buffer.from('data'), 0);
  recorder.close();
  expect(readFileSync(path, 'utf8')).toBe('data: a\ndata: half\ndata\n:@ no-newline\n');
  expect(recorder.size).toBe(38);
  recorder.close();
  recorder.bytes(Buffer.from('data: b\n'), 0);
  await after(20);
  expect(recorder.size).toBe(38);
  expect(failures).toEqual([]);
});

test('bytes that come during a write are written after it, whenever the recorder is closed', async () => {
  await fuzz(10, async (random) => {
    const path = temporaryFile('a.sse');
    const { recorder } = await newRecorder(path);
    const stream = Buffer.concat(Array.from({ length: 20 }, () => randomStream(random)));
    for (const chunk of randomChunks(stream, random)) {
      recorder.bytes(chunk, 0);
      if (random() < 0.5) await after(0);
    }
    recorder.close();
    expect(readSteps(readFileSync(path)).bytes.equals(stream)).toBe(true);
  });
});

test('an existing file is emptied; one in a missing folder can’t be created', async () => {
  const path = temporaryFile('a.sse');
  const { recorder } = await newRecorder(path);
  recorder.bytes(Buffer.from('data: a\n\n'), 0);
  recorder.close();
  await newRecorder(path);
  expect(readFileSync(path, 'utf8')).toBe('');
  await expect(newRecorder(join(path, 'b.sse'))).rejects.toThrow(/ENOTDIR|ENOENT/);
});

test.runIf(canMount())('a full disk ends a recording, which is reported once; complete writes stay', async () => {
  const path = join(fullDisk(), 'a.sse');
  const { recorder, failures } = await newRecorder(path);
  const line = Buffer.from(`data: ${'x'.repeat(10_000)}\n`);
  for (let n = 0; n < 50; n += 1) recorder.bytes(line, 0);
  await eventually(() => failures.length > 0);
  expect(failures[0]?.message).toContain('ENOSPC');
  recorder.bytes(Buffer.from('data: b\n\n'), 0);
  recorder.close();
  await after(20);
  expect(failures).toHaveLength(1);
  expect(readFileSync(path).length).toBeGreaterThan(10_000);
});

test.runIf(canMount())('a failed last write is reported, too', async () => {
  const { recorder, failures } = await newRecorder(join(fullDisk(), 'a.sse'));
  recorder.bytes(Buffer.alloc(500_000, 'x'), 0);
  recorder.close();
  expect(failures[0]?.message).toContain('ENOSPC');
});

test.runIf(process.platform !== 'win32')('a file that may not grow any more ends a recording, too', async () => {
  const file = temporaryFile('limited.sse');
  const { url } = await startServer();
  const command = `trap '' XFSZ; ulimit -f 8; exec "${process.execPath}" "${program('recordingProcess')}" "${url}event?interval=10" "${file}"`;
  const child = spawn('sh', ['-c', command], { stdio: ['ignore', 'ignore', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  child.stderr.on('data', (text: Buffer) => {
    said += text;
  });
  expect(await once(child, 'exit')).toEqual([1, null]);
  expect(said).toContain('EFBIG');
  expect(readFileSync(file).length).toBeLessThanOrEqual(8 * 1024);
});

test.runIf(process.platform !== 'win32')('a deleted file ends a recording', async () => {
  const path = temporaryFile('a.sse');
  const { recorder, failures } = await newRecorder(path);
  unlinkSync(path);
  recorder.bytes(Buffer.from('data: a\n\n'), 0);
  await eventually(() => failures.length > 0);
  expect(failures).toEqual([new RecordingError('deleted')]);
});

test('a recording ends when more than 16 MB are queued: memory is bounded', async () => {
  const { recorder, failures } = await newRecorder(temporaryFile('a.sse'));
  const line = Buffer.from(`data: ${'x'.repeat(64 * 1024)}\n`);
  // No write finishes during this loop.
  for (let n = 0; n < 300; n += 1) recorder.bytes(line, 0);
  expect(failures).toEqual([new RecordingError('slow')]);
});

test('16 MB of one-byte lines, each a chunk, take no more than 80 MB while they are queued', async () => {
  const { recorder, failures } = await newRecorder(temporaryFile('a.sse'));
  const before = memory();
  const lines = Buffer.from(':@\n'.repeat(50_000));
  for (let n = 0; n < 80; n += 1) recorder.bytes(lines, 0);
  expect(memory() - before).toBeLessThan(80 * 1024 * 1024);
  recorder.close();
  expect(failures).toEqual([]);
  expect(recorder.size).toBe(80 * 200_000);
});

/** Starts the process that records. */
function startProcess(url: string, file: string): ChildProcessByStdio<null, Readable, null> {
  const child = spawn(process.execPath, [program('recordingProcess'), url, file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

test.each(drawn([3, 7, 12], 1))(
  'a killed process leaves a file with all whole lines that had come (%i)',
  async (ticks) => {
    const file = temporaryFile('killed.sse');
    let sent = '';
    const { url } = await startServer({
      openStream: () => ({
        status: 200,
        play: (connection) => {
          let number = 0;
          const timer = setInterval(() => {
            number += 1;
            // Sometimes, the chunks of a line come separately.
            const [head, tail] = [`id: ${number}\ndata: ${'x'.repeat(number % 500)}`, `${number}\n\n`];
            sent += head + tail;
            connection.write(head + (number % 3 === 0 ? '' : tail));
            if (number % 3 === 0) connection.write(tail);
          }, 2);
          return () => clearInterval(timer);
        },
      }),
    });
    const child = startProcess(`${url}event`, file);
    const said: { events: number; size: number }[] = [];
    for await (const line of createInterface(child.stdout)) {
      const [events = 0, size = 0] = line.split(' ').map(Number);
      said.push({ events, size });
      // On a busy machine, much comes at a time.
      if (said.length >= ticks && readFileSync(file, 'utf8').split(':@ wait').length > 11) break;
    }
    child.kill('SIGKILL');
    await once(child, 'exit');
    const { bytes, sends } = readSteps(readFileSync(file));
    const text = bytes.toString();
    expect(sent.startsWith(text)).toBe(true);
    expect(text.endsWith('\n')).toBe(true);
    expect(readFileSync(file).length).toBeGreaterThanOrEqual(said.at(-1)?.size ?? Number.NaN);
    // A write takes all that came during the one before.
    const sizes = [...new Set(said.map(({ size }) => size))];
    const before = said.findLast(({ size }) => size <= (sizes.at(-3) ?? 0));
    expect(text.match(/\n\n/g)?.length).toBeGreaterThanOrEqual(before?.events ?? 0);
    expect(sends.length).toBeGreaterThan(10);
  },
);
