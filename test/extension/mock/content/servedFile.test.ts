// A file that is edited while it is served.
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { FileType, Uri } from 'vscode';
import { ServedFile } from '../../../../src/extension/mock/content/servedFile';
import type { Log } from '../../../../src/extension/shared/output/log';
import { OldScripts } from '../../../../src/server/script/oldScripts';
import { Turns } from '../../../../src/turns/turns';
import {
  address,
  FILE,
  openSession,
  port,
  shown,
  showsConnections,
  useFakes,
  windowOptions,
} from '../../../support/mock/mockSessions';
import { ask, eventually, openStream } from '../../../support/servers/testServer';
import { lateness } from '../../../support/time/lateness';
import { longTest } from '../../../support/time/longRun';
import { ownTimeOf } from '../../../support/time/ownTime';
import { fake } from '../../../support/vscode/index';

useFakes();

async function started() {
  const opened = openSession();
  await opened.session.start();
  return opened;
}

const ERROR = 'ticks.sse, line 1, column 4: ';

test('a changed file is played to new connections; earlier ones continue with the old version', async () => {
  fake.files.write(FILE, 'data: old\n\n:@ wait 100ms\ndata: old still\n\n');
  const { panel } = await started();
  const old = await openStream(address());
  fake.files.write(FILE, 'data: new\n\ndata: new too\n\ndata: three\n\n');
  fake.files.changed.fire(Uri.parse(FILE));
  await eventually(() => shown(panel, 'file').file.script?.events === 3);
  expect(await (await openStream(address())).until('\n\n')).toBe('data: new\n\n');
  await old.until('data: old still\n\n');
});

test('if old versions take too much memory, their clients are dropped, with a note in panel and log until the next reading', async () => {
  const { log: _, ...options } = windowOptions();
  const warnings: string[] = [];
  const log = { info: () => undefined, warn: (text: string) => void warnings.push(text) } as unknown as Log;
  const { session, panel } = openSession(undefined, { ...options, log, oldScripts: new OldScripts(0) });
  await session.start();
  const old = await openStream(address());
  await old.until('\n\n');
  fake.files.write(FILE, 'data: new\n\n');
  fake.files.changed.fire(Uri.parse(FILE));
  await expect(old.whole).rejects.toThrow();
  const note =
    'Old versions of files took too much memory: connections that played one of ticks.sse were closed (1). A client that reconnects gets the new version.';
  expect([shown(panel, 'file').file.note, warnings]).toEqual([note, [note]]);
  expect(await (await openStream(address())).until('\n\n')).toBe('data: new\n\n');
  fake.files.write(FILE, 'data: newer\n\ndata: 2\n\n');
  await eventually(() => session.address !== undefined);
  await showsConnections(panel, 1);
  panel.say({ type: 'dropAll' });
  await showsConnections(panel, 0);
  fake.files.changed.fire(Uri.parse(FILE));
  await eventually(() => shown(panel, 'file').file.script?.events === 2);
  expect(shown(panel, 'file').file.note).toBeUndefined();
});

test('a saved document is read again, even if its file system isn’t watched', async () => {
  const { panel } = await started();
  fake.files.write(FILE, 'data: saved\n\n');
  fake.files.saved.fire({ uri: Uri.parse(FILE) });
  await eventually(() => shown(panel, 'file').file.script?.events === 1);
});

test('other files of its folder are ignored', async () => {
  const { panel } = await started();
  panel.posted.length = 0;
  fake.files.saved.fire({ uri: Uri.parse('/folder/other.sse') });
  fake.files.changed.fire(Uri.parse('/folder/other.sse'));
  // Fires last: when it is read, the others would have been, too.
  fake.files.changed.fire(Uri.parse(FILE));
  await eventually(() => panel.posted.some(({ type }) => type === 'file'));
  expect(panel.posted.filter(({ type }) => type === 'file')).toHaveLength(1);
});

test('with an error in it, the previous version is played, and the panel shows the error until it is fixed', async () => {
  const { panel } = await started();
  fake.files.write(FILE, ':@ wiat 1s\ndata: never\n\n');
  fake.files.changed.fire(Uri.parse(FILE));
  await eventually(() => shown(panel, 'file').file.problem !== undefined);
  expect(shown(panel, 'file').file.problem).toContain(ERROR);
  expect(shown(panel, 'file').file.script?.events).toBe(2);
  expect(await (await openStream(address())).until('\n\n')).toBe('data: 1\n\n');
  fake.files.write(FILE, 'data: mended\n\n');
  fake.files.changed.fire(Uri.parse(FILE));
  await eventually(() => shown(panel, 'file').file.problem === undefined);
  expect(await (await openStream(address())).until('\n\n')).toBe('data: mended\n\n');
  expect(fake.errors).toEqual([]);
});

test('a click on the file’s name leads to the position of its error', async () => {
  const { panel } = await started();
  fake.files.write(FILE, 'data: 1\n\n:@ wiat 1s\n');
  fake.files.changed.fire(Uri.parse(FILE));
  await eventually(() => shown(panel, 'file').file.problem !== undefined);
  panel.say({ type: 'command', command: 'openFile' });
  await eventually(() => fake.done.length === 1);
  const selection = expect.objectContaining({ line: 2, column: 3 });
  expect(fake.done[0]).toEqual(['show', expect.objectContaining({ fsPath: FILE }), { viewColumn: -2, selection }]);
});

test('a file with a warning is played', async () => {
  fake.files.write(FILE, 'date: 1\n\ndata: 1\n\n');
  const { panel } = await started();
  expect(shown(panel, 'file').file.problem).toBeUndefined();
  expect(await (await openStream(address())).until('data: 1\n\n')).toBe('date: 1\n\ndata: 1\n\n');
});

test('a change of the method in the file changes the server and the commands', async () => {
  const { panel } = await started();
  fake.files.write(FILE, ':@ method POST\ndata: 1\n\n');
  fake.files.changed.fire(Uri.parse(FILE));
  const publish = `curl -d hello http://127.0.0.1:${port()}/publish`;
  await eventually(() => shown(panel, 'file').file.script?.method === 'POST');
  expect(shown(panel, 'server').server).toEqual({ state: 'serving', address: address(), publish });
  expect((await ask(address())).status).toBe(405);
  expect(await (await openStream(address(), { method: 'POST' })).until('\n\n')).toBe('data: 1\n\n');
});

test('a deleted file is still played, with a note', async () => {
  const { panel } = await started();
  fake.files.remove(FILE);
  fake.files.changed.fire(Uri.parse(FILE));
  await eventually(() => shown(panel, 'file').file.problem !== undefined);
  expect(shown(panel, 'file').file.problem).toBe('File not found: ticks.sse');
  expect(await (await openStream(address())).until('\n\n')).toBe('data: 1\n\n');
});

test('a deleted file is looked for at each Start', async () => {
  const { session, panel } = openSession();
  fake.files.remove(FILE);
  await session.start();
  const reason = 'File not found: ticks.sse';
  expect(shown(panel, 'server').server).toEqual({ state: 'stopped', reason });
  expect(fake.errors).toEqual([reason]);
  fake.files.write(FILE, 'data: back\n\n');
  await session.start();
  expect(await (await openStream(address())).until('\n\n')).toBe('data: back\n\n');
});

test('Start doesn’t serve a file that has an error by now, and names its position', async () => {
  const { session, panel } = await started();
  await session.stop();
  fake.files.write(FILE, ':@ wiat 1s\n');
  fake.files.changed.fire(Uri.parse(FILE));
  await eventually(() => shown(panel, 'file').file.problem !== undefined);
  await session.start();
  expect(shown(panel, 'server').server).toEqual({ state: 'stopped', reason: expect.stringContaining(ERROR) });
  expect(fake.errors).toEqual([expect.stringContaining(ERROR)]);
});

test('a file that is too large isn’t read, with a message', async () => {
  fake.files.write(FILE, 'data: 1\n\n', 128 * 1024 * 1024 + 1);
  const file = new ServedFile(Uri.parse(FILE), new Turns());
  await file.read();
  expect(file.problem).toEqual({ text: 'ticks.sse is larger than 128 MB.' });
  expect(file.script).toBeUndefined();
  fake.files.write(FILE, 'data: 1\n\n', 128 * 1024 * 1024);
  await file.read();
  expect([file.problem, file.script?.events]).toEqual([undefined, 1]);
  file.dispose();
});

test('a file of a file system that says no size isn’t read, either, if it is too large', async () => {
  fake.files.write(FILE, new Uint8Array(128 * 1024 * 1024 + 1), 0);
  const { file } = served();
  await file.read();
  expect(file.problem).toEqual({ text: 'ticks.sse is larger than 128 MB.' });
});

test('a file system that never answers is told of, and asked again at the next save', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const { read } = fake.files;
  fake.files.read = () => new Promise(() => undefined);
  const { file } = served();
  const reading = file.read();
  await vi.advanceTimersByTimeAsync(60_000);
  await reading;
  expect(file.problem?.text).toBe(
    'ticks.sse can’t be read: The file system does not answer. Check its connection, and try again.',
  );
  fake.files.read = read;
  fake.files.changed.fire(Uri.parse(FILE));
  await vi.advanceTimersByTimeAsync(1000);
  vi.useRealTimers();
  await eventually(() => file.script?.events === 2);
});

test('a name with pattern characters is watched all the same', () => {
  const file = new ServedFile(Uri.parse('/folder/a[1]{2,3}*.sse'), new Turns());
  expect(fake.files.watched).toEqual(['a?1??2?3??.sse']);
  file.dispose();
});

test('a failure to read is reported in the system’s words', async () => {
  fake.files.read = () => Promise.reject(new Error('Permission denied'));
  const file = new ServedFile(Uri.parse(FILE), new Turns());
  await file.read();
  expect(file.problem?.text).toBe('ticks.sse can’t be read: Permission denied');
  file.dispose();
});

test('of a file system’s long reason, and of a long name, as much is told as a panel lays out', async () => {
  const marks = '\u0301'.repeat(5000);
  fake.files.read = () => Promise.reject(new Error(`Error 500: <html>${marks.repeat(100)}`));
  fake.files.write(`/folder/a${marks}.sse`, '');
  const { file } = served(`/folder/a${marks}.sse`);
  await file.read();
  const { problem, name } = file.state();
  expect([problem, name]).toEqual([expect.stringMatching(/^a\u0301+… can’t be read: Error 500: <html.*…$/), file.name]);
  expect([problem?.length, name.length].map((length) => Number(length) < 200)).toEqual([true, true]);
});

test('after dispose during a reading, nothing is reported', async () => {
  const file = new ServedFile(Uri.parse(FILE), new Turns());
  let reads = 0;
  file.onRead(() => {
    reads += 1;
  });
  const reading = file.read();
  file.dispose();
  await reading;
  expect([reads, file.script]).toEqual([0, undefined]);
});

/** A script that takes more than a second to parse. */
const LARGE = Array.from({ length: 500_000 }, (_, n) => `id: ${n}\ndata: x\n\n`).join('');

function served(path = FILE) {
  const file = new ServedFile(Uri.parse(path), new Turns());
  onTestFinished(() => file.dispose());
  let reads = 0;
  file.onRead(() => {
    reads += 1;
  });
  return { file, reads: () => reads };
}

test('a large file leaves others their turn while it is read', async () => {
  fake.files.write(FILE, LARGE);
  const { file } = served();
  const late = await lateness(() => file.read());
  console.log(`500,000 events with ids: at most ${late.max.toFixed(0)} ms, ${late.p99.toFixed(0)} ms of a hundred`);
  expect(file.script?.events).toBe(500_000);
  expect(late.max).toBeLessThan(300);
});

test('a file saved during its reading is read anew, and callers get the last save', async () => {
  fake.files.write(FILE, LARGE);
  const { file, reads } = served();
  const first = file.read();
  for (let turn = 0; turn < 3; turn += 1) await setImmediate();
  fake.files.write(FILE, 'data: new\n\n');
  const second = file.read();
  await first;
  expect([file.script?.events, reads()]).toEqual([1, 1]);
  await second;
  expect(reads()).toBe(1);
});

test('a file that is written to all the time is read all the same', async () => {
  const { reads } = served();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  onTestFinished(() => void vi.useRealTimers());
  for (let time = 0; time < 1500; time += 50) {
    fake.files.changed.fire(Uri.parse(FILE));
    vi.advanceTimersByTime(50);
  }
  vi.useRealTimers();
  await eventually(() => reads() === 1);
});

longTest(
  'a large file that is saved repeatedly during its reading is read all the same, and callers continue',
  async () => {
    fake.files.write(FILE, LARGE);
    const { file, reads } = served();
    const saving = setInterval(() => void file.read(), 20);
    onTestFinished(() => clearInterval(saving));
    await file.read();
    expect([file.script?.events, reads()]).toEqual([500_000, 1]);
  },
);

test('dispose during the reading of a large file ends it', async () => {
  fake.files.write(FILE, LARGE);
  const { file, reads } = served();
  const reading = file.read();
  const rest = await ownTimeOf(async () => {
    for (let turn = 0; turn < 3; turn += 1) await setImmediate();
    file.dispose();
    await reading;
  });
  expect([reads(), file.script]).toEqual([0, undefined]);
  expect(rest).toBeLessThan(300);
});

test.each([
  ['a directory', FileType.Directory],
  ['a pipe or a device', FileType.Unknown],
  ['a link to a directory', FileType.Directory | FileType.SymbolicLink],
])('%s isn’t read, and is said to be none', async (_what, type) => {
  fake.files.setType(FILE, type);
  fake.files.read = () => new Promise(() => undefined);
  const { file } = served();
  await file.read();
  expect(file.problem?.text).toBe('ticks.sse can’t be read: it is not a regular file.');
});

test('a link to a file is read', async () => {
  fake.files.setType(FILE, FileType.File | FileType.SymbolicLink);
  const { file } = served();
  await file.read();
  expect(file.script?.events).toBe(2);
});

describe('files of the disk', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sse-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  /** Serves a file that VS Code reports as regular and of that size, though it may have been replaced. */
  function serveDisk(path: string, size = 10) {
    fake.files.write(path, '', size);
    return served(path).file;
  }

  test('a file is read in full, even if it has grown since', async () => {
    const path = join(folder, 'a.sse');
    writeFileSync(path, 'data: a\n\n'.repeat(50_000));
    const file = serveDisk(path, 0);
    await file.read();
    expect([file.problem, file.script?.events]).toEqual([undefined, 50_000]);
    appendFileSync(path, 'data: b\n\n');
    await file.read();
    expect(file.script?.events).toBe(50_001);
  });

  test('a file that was deleted since is reported as gone', async () => {
    const file = serveDisk(join(folder, 'none.sse'));
    await file.read();
    expect(file.problem?.text).toBe('File not found: none.sse');
  });

  test('a file that has grown beyond 128 MB since is too large', async () => {
    const path = join(folder, 'large.sse');
    writeFileSync(path, '');
    truncateSync(path, 128 * 2 ** 20 + 1);
    const file = serveDisk(path);
    await file.read();
    expect(file.problem?.text).toBe('large.sse is larger than 128 MB.');
  });

  test.skipIf(process.platform === 'win32')('a pipe that has replaced the file doesn’t block', async () => {
    const path = join(folder, 'pipe.sse');
    execFileSync('mkfifo', [path]);
    const file = serveDisk(path);
    await file.read();
    expect(file.problem?.text).toBe('pipe.sse can’t be read: it is not a regular file.');
  });

  test.skipIf(process.platform !== 'linux')(
    'nor is a device, and a file of the system is read to its end',
    async () => {
      const device = serveDisk('/dev/zero');
      await device.read();
      expect(device.problem?.text).toContain('it is not a regular file.');
      const file = serveDisk('/proc/self/cmdline', 0);
      await file.read();
      expect(file.problem).toBeUndefined();
    },
  );
});
