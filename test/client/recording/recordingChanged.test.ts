import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  closeSync,
  existsSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as after, setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { FileReplacement } from '../../../src/client/files/fileReplacement';
import { RecordedFiles } from '../../../src/client/files/recordedFiles';
import { RecordingError } from '../../../src/client/files/recordingError';
import { Recorder } from '../../../src/client/recording/recorder';
import {
  eventsIn,
  filesBeside,
  lookAtFiles,
  lookUntil,
  numbers,
  recordFiles,
  settled,
  streamByHand,
} from '../../support/client/recordedByHand';
import { temporaryFile } from '../../support/client/recordings';
import { drawn } from '../../support/random/drawn';
import { fuzz } from '../../support/random/fuzz';
import { eventually } from '../../support/servers/testServer';

// The tests trigger the checks of files.
beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

/** Ways in which another program changes a file. */
const CHANGES: Record<string, (path: string) => void> = {
  'edited in place, as VS Code saves': (path) => writeFileSync(path, `: edited\n${readFileSync(path)}`),
  'cut in place by an editor': (path) => writeFileSync(path, readFileSync(path).subarray(0, 30)),
  'edited, and put in its place by a rename': (path) => {
    writeFileSync(`${path}.tmp`, `: edited\n${readFileSync(path)}`);
    renameSync(`${path}.tmp`, path);
  },
  'edited as vim does: moved away, then written anew': (path) => {
    renameSync(path, `${path}~`);
    writeFileSync(path, `: edited\n${readFileSync(`${path}~`)}`);
    unlinkSync(`${path}~`);
  },
  'replaced by a file of the same content': (path) => {
    writeFileSync(`${path}.tmp`, readFileSync(path));
    renameSync(`${path}.tmp`, path);
  },
  'truncated': (path) => truncateSync(path, 0),
  'truncated to its first half': (path) => truncateSync(path, 40),
  'appended to': (path) => appendFileSync(path, ': of another\n'),
  'edited in place to the same size': (path) =>
    writeFileSync(path, readFileSync(path, 'utf8').replace('event', 'EVENT')),
  'overwritten by NULs in its middle': (path) => overwrite(path, Buffer.alloc(20), 20),
  'overwritten without a trace in its time of writing': (path) => {
    const { atime, mtime } = statSync(path);
    overwrite(path, Buffer.alloc(1), 0);
    utimesSync(path, atime, mtime);
  },
  'replaced by a link to another': (path) => {
    writeFileSync(`${path}.other`, 'data: x\n\n');
    unlinkSync(path);
    symlinkSync(`${path}.other`, path);
  },
};

function overwrite(path: string, bytes: Buffer, position: number): void {
  const file = openSync(path, 'r+');
  writeSync(file, bytes, 0, bytes.length, position);
  closeSync(file);
}

test.each(Object.entries(CHANGES))(
  'a file that is %s is left as it is, and the recording goes on, complete, in a new one',
  async (_, change) => {
    const { inspection, send } = await streamByHand();
    const { files, path, moves, ends, written } = await recordFiles(inspection);
    await send(5);
    await written(70);
    change(path);
    const left = readFileSync(path);
    await send(5);
    await lookUntil(() => moves.length > 0);
    await send(5);
    await files.stop();
    const next = path.replace('.sse', '-2.sse');
    expect({ moves, ends }).toEqual({ moves: [{ from: path, to: next, firstEvent: undefined }], ends: [] });
    expect(files.path).toBe(next);
    expect(readFileSync(path).equals(left)).toBe(true);
    expect(eventsIn(next)).toEqual(numbers(15));
  },
);

test.each(Object.entries(CHANGES))(
  'a file that is %s is detected within a second, even with an idle stream',
  async (_, change) => {
    const { inspection, send } = await streamByHand();
    const { files, path, moves, written } = await recordFiles(inspection);
    await send(5);
    await written(70);
    change(path);
    for (let looks = 0; looks < 2; looks += 1) await lookAtFiles();
    expect(moves).toHaveLength(1);
    await files.stop();
    expect(eventsIn(files.path)).toEqual(numbers(5));
  },
);

test.each(Object.entries(CHANGES))('a file that is %s at the moment of stopping is detected', async (_, change) => {
  const { inspection, send } = await streamByHand();
  const { files, path, moves, written } = await recordFiles(inspection);
  await send(5);
  await written(70);
  change(path);
  files.close();
  expect(moves).toHaveLength(1);
  expect(eventsIn(files.path)).toEqual(numbers(5));
  expect(inspection.recorder).toBeUndefined();
});

test('a file that is only touched, read, or given another mode doesn’t count as changed', async () => {
  const { inspection, send } = await streamByHand();
  const { files, path, moves, ends, written } = await recordFiles(inspection);
  const acts = [
    () => utimesSync(path, new Date(), new Date()),
    () => utimesSync(path, 0, 0),
    () => chmodSync(path, 0o600),
    () => linkSync(path, `${path}.link`),
    () => readFileSync(path),
    () => overwrite(path, readFileSync(path), 0),
  ];
  for (const act of acts) {
    await send(5);
    await written(readFileSync(path).length);
    act();
    // The file is checked while idle, and with the next write.
    await lookAtFiles();
  }
  await send(5);
  utimesSync(path, 0, 0);
  await files.stop();
  expect({ moves, ends }).toEqual({ moves: [], ends: [] });
  expect(eventsIn(path)).toEqual(numbers(35));
});

test('a change at the moment of a write doesn’t show in the times, and is detected when the recording is stopped', async () => {
  const { inspection, send } = await streamByHand();
  const { files, path, moves } = await recordFiles(inspection);
  for (let round = 0; round < 20; round += 1) {
    await send(50);
    if (moves.length < 4) overwrite(files.path, Buffer.from(':'), 0);
    if (moves.length < 4) overwrite(files.path, Buffer.alloc(1), 0);
  }
  await files.stop();
  expect(files.path).not.toBe(path);
  expect(eventsIn(files.path)).toEqual(numbers(1000));
});

test('the new file has the same bytes and pauses as the old one would have', async () => {
  const { inspection, send, write, hangUp, connect } = await streamByHand();
  inspection.disconnect();
  const one = await recordFiles(inspection);
  connect();
  await eventually(() => inspection.status.state === 'open');
  for (let round = 0; round < 3; round += 1) {
    write('\n:@ wait 1s\n\uFEFF:@\r');
    await send(3);
    await after(15);
    hangUp();
    await eventually(() => !inspection.running);
    connect();
    await eventually(() => inspection.status.state === 'open');
  }
  await settled();
  const recorded = readFileSync(one.path);
  truncateSync(one.path, 0);
  await lookUntil(() => one.moves.length > 0);
  await one.files.stop();
  expect(readFileSync(one.files.path).toString()).toBe(recorded.toString());
  expect(recorded.toString().match(/^:@ connection$/gm)).toHaveLength(3);
});

test('two recordings to one file from two windows are both complete, one of them in a file of its own, which is reported', async () => {
  const { inspection, send } = await streamByHand();
  const second = await streamByHand();
  const one = await recordFiles(inspection);
  await send(10);
  await one.written(100);
  const two = await recordFiles(second.inspection, one.path);
  for (let round = 0; round < 10; round += 1) await Promise.all([send(2), second.send(2, 'x')]);
  await lookUntil(() => one.moves.length + two.moves.length > 0);
  await Promise.all([one.files.stop(), two.files.stop()]);
  expect(one.files.path).not.toBe(two.files.path);
  expect(eventsIn(one.files.path)).toEqual(numbers(30));
  expect(eventsIn(two.files.path)).toEqual(numbers(20));
  expect([...one.ends, ...two.ends]).toEqual([]);
});

test('a program that changes each file ends the recording after the fifth, which is reported', async () => {
  const { inspection, send } = await streamByHand();
  const { files, path, moves, ends, written } = await recordFiles(inspection);
  for (let round = 1; round <= 5; round += 1) {
    await send(2);
    await written(20);
    writeFileSync(files.path, 'spoilt');
    await lookUntil(() => moves.length === round || ends.length > 0);
  }
  expect(moves).toHaveLength(4);
  expect(ends).toEqual(['changed']);
  expect(inspection.recorder).toBeUndefined();
  expect(filesBeside(path).map((file) => readFileSync(file, 'utf8'))).toEqual(Array(5).fill('spoilt'));
});

test('an existing name is left alone, and a long one is truncated', async () => {
  const { inspection, send } = await streamByHand();
  const path = temporaryFile(`${'é'.repeat(125)}.sse`);
  const { files, moves, written } = await recordFiles(inspection, path);
  writeFileSync(join(dirname(path), `${'é'.repeat(100)}-2.sse`), 'taken');
  await send(1);
  await written(10);
  truncateSync(path, 0);
  await lookUntil(() => moves.length > 0);
  expect(files.path).toBe(join(dirname(path), `${'é'.repeat(100)}-3.sse`));
});

test('the first event of the new file is reported if the beginning was evicted', async () => {
  const { inspection, send } = await streamByHand();
  const { files, path, moves, written } = await recordFiles(inspection);
  await send(5);
  inspection.clear();
  await send(5);
  await written(150);
  truncateSync(path, 0);
  await lookUntil(() => moves.length > 0);
  await send(5);
  await files.stop();
  expect(moves[0]?.firstEvent).toBe(6);
  expect(eventsIn(files.path)).toEqual([6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
});

test('the new file has everything from the first kept event on, even after more than 100,000 events', async () => {
  const { inspection, send } = await streamByHand();
  const { files, path, moves } = await recordFiles(inspection);
  for (let round = 0; round < 11; round += 1) await send(10_000);
  truncateSync(path, 0);
  await lookUntil(() => moves.length > 0);
  await send(5);
  await files.stop();
  const firstEvent = moves[0]?.firstEvent ?? 0;
  expect(firstEvent).toBeGreaterThan(1000);
  expect(firstEvent).toBeLessThanOrEqual(10_001);
  expect(eventsIn(files.path)).toEqual(numbers(110_005).slice(firstEvent - 1));
});

test('the new file has the event in progress after a clear in the middle of it', async () => {
  const { inspection, send, write } = await streamByHand();
  const { files, path, moves, written } = await recordFiles(inspection);
  await send(5);
  inspection.clear();
  write('data: even');
  await eventually(() => inspection.history.bytes.size > inspection.history.bytes.start);
  await written(70);
  truncateSync(path, 0);
  await lookUntil(() => moves.length > 0);
  write('t 6\n\n');
  await eventually(() => inspection.history.count === 6);
  await files.stop();
  expect(moves[0]?.firstEvent).toBe(6);
  expect(eventsIn(files.path)).toEqual([6]);
});

const MEANWHILE = (['none', 'clear', 'stop', 'close'] as const).flatMap((act) =>
  [0, 1, 3].map((rounds) => [act, rounds] as const),
);

test.each(drawn(MEANWHILE, 4))(
  'a large recording is handed over while more comes, and is complete, whatever happens meanwhile: %s after %i rounds',
  async (act, rounds) => {
    const { inspection, send, sent } = await streamByHand();
    const { files, path, moved } = await recordFiles(inspection);
    const padding = 'x'.repeat(2000);
    for (let round = 0; round < 5; round += 1) await send(500, padding);
    truncateSync(path, 0);
    await lookAtFiles();
    await moved;
    for (let round = 0; round < rounds; round += 1) await setImmediate();
    const expected = sent();
    if (act === 'clear') inspection.clear();
    if (act === 'close') files.close();
    else if (act === 'stop') await files.stop();
    else await send(100, padding);
    await files.stop();
    expect(eventsIn(files.path)).toEqual(numbers(act === 'none' || act === 'clear' ? expected + 100 : expected));
  },
);

test.runIf(process.platform !== 'win32')('moving or deleting the file, or its folder, ends the recording', async () => {
  for (const act of [
    (path: string) => unlinkSync(path),
    (path: string) => renameSync(path, `${path}.moved`),
    (path: string) => {
      renameSync(path, `${path}.moved`);
      symlinkSync('a.sse', path);
    },
    (path: string) => renameSync(dirname(path), `${dirname(path)}-moved`),
  ]) {
    const { inspection, send } = await streamByHand();
    const { path, moves, ends, written } = await recordFiles(inspection);
    await send(2);
    await written(20);
    act(path);
    await lookUntil(() => ends.length > 0);
    expect({ moves, ends }).toEqual({ moves: [], ends: ['deleted'] });
  }
});

test('saving over the file that is recorded to leaves both complete', async () => {
  const { inspection, send } = await streamByHand();
  const { files, path, moves, written } = await recordFiles(inspection);
  await send(5);
  await written(70);
  const saved = await FileReplacement.open(path);
  for (const piece of inspection.script()) await saved.write(piece);
  await saved.commit();
  await send(5);
  await lookUntil(() => moves.length > 0);
  await files.stop();
  expect(eventsIn(path)).toEqual(numbers(5));
  expect(eventsIn(files.path)).toEqual(numbers(10));
});

test('a recording works through a symbolic link, and with one of two hard links', async () => {
  for (const link of [symlinkSync, linkSync]) {
    const { inspection, send } = await streamByHand();
    const path = temporaryFile('file');
    writeFileSync(path, 'old');
    link(path, `${path}.sse`);
    const { files, moves } = await recordFiles(inspection, `${path}.sse`);
    await send(3);
    await lookAtFiles();
    await files.stop();
    expect(moves).toEqual([]);
    expect(eventsIn(path)).toEqual(numbers(3));
  }
});

test.runIf(process.platform !== 'win32')(
  'a pipe, a socket, a device or a folder is refused in time, without blocking anything',
  async () => {
    const folder = dirname(temporaryFile('x'));
    const [pipe, socket] = [join(folder, 'pipe'), join(folder, 'socket')];
    execFileSync('mkfifo', [pipe]);
    const server = createServer().listen(socket);
    onTestFinished(() => void server.close());
    await eventually(() => existsSync(socket));
    mkdirSync(join(folder, 'folder'));
    symlinkSync(pipe, join(folder, 'link'));
    const refused = ['pipe', 'pipe', 'pipe', 'pipe', 'pipe', 'socket', 'folder', 'link'].map((name) =>
      join(folder, name),
    );
    for (const path of [...refused, '/dev/null', '/dev/full', '/dev/tty'])
      await expect(Recorder.create(path, new RecordedFiles(), () => undefined)).rejects.toEqual(
        new RecordingError('notRegular'),
      );
    const read = execFileSync.bind(undefined, 'true');
    expect(read()).toHaveLength(0);
    for (const path of refused) await expect(FileReplacement.open(path)).rejects.toThrow('not a regular file');
  },
);

test.runIf(existsSync('/proc/self/fd'))('no file and no timer stays open', async () => {
  const open = () => readdirSync('/proc/self/fd').length;
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  const { inspection, send } = await streamByHand();
  const [before, timersBefore] = [open(), timers()];
  for (const change of Object.values(CHANGES)) {
    const { files, path, moves, written } = await recordFiles(inspection);
    await send(10);
    await written(70);
    change(path);
    await send(1);
    await lookUntil(() => moves.length > 0);
    await files.stop();
  }
  await eventually(() => open() <= before);
  await eventually(() => timers() <= timersBefore + 1);
});

test('500 events that come while files are changed at random are all in the newest file, in order', async () => {
  const changes = Object.values(CHANGES);
  await fuzz(3, async (random) => {
    const { inspection, send } = await streamByHand();
    const { files, moves, ends } = await recordFiles(inspection);
    let left = 1 + Math.floor(random() * 4);
    for (let sent = 0; sent < 500; ) {
      const count = Math.min(500 - sent, 1 + Math.floor(random() * 30));
      await send(count, random() < 0.1 ? 'x'.repeat(5000) : '');
      sent += count;
      if (random() < 0.5) await after(random() * 3);
      if (left > 0 && random() < 0.1 && readFileSync(files.path).length > 100) {
        left -= 1;
        changes[Math.floor(random() * changes.length)]?.(files.path);
      }
    }
    await files.stop();
    expect(ends).toEqual([]);
    expect(eventsIn(files.path)).toEqual(numbers(500));
    if (left === 0) expect(moves.length).toBeGreaterThan(0);
  });
});
