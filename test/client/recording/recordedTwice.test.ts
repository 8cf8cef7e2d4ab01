// Two recordings to one file, in one window: each has a separate file from its beginning on.
import { fstatSync, linkSync, openSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { Uri, window } from 'vscode';
import { RecordedFiles } from '../../../src/client/files/recordedFiles';
import { RecordingError } from '../../../src/client/files/recordingError';
import {
  eventsIn,
  filesBeside,
  numbers,
  recordFiles,
  settled,
  streamByHand,
} from '../../support/client/recordedByHand';
import { temporaryFile } from '../../support/client/recordings';
import { InspectorBench, statusOf } from '../../support/inspector/inspectors';
import { eventually } from '../../support/servers/testServer';

test.each(['stop', 'close'] as const)(
  'two recordings of one window that begin at the same moment get a file each, before anything is written: %s',
  async (act) => {
    const recorded = new RecordedFiles();
    for (let round = 0; round < 20; round += 1) {
      const [a, b] = [await streamByHand(), await streamByHand()];
      const path = temporaryFile('a.sse');
      const both = await Promise.all([
        recordFiles(a.inspection, path, recorded),
        recordFiles(b.inspection, path, recorded),
      ]);
      expect(both.map(({ files }) => files.path).sort()).toEqual([path.replace('.sse', '-2.sse'), path]);
      await Promise.all([a.send(33), b.send(44, 'x')]);
      await Promise.all(both.map(({ files }) => files[act]()));
      expect(both.map(({ files }) => eventsIn(files.path))).toEqual([numbers(33), numbers(44)]);
      expect(both.flatMap(({ moves, ends }) => [...moves, ...ends])).toEqual([]);
    }
  },
);

test.each([
  ['a hard link', linkSync],
  ['a symbolic link', symlinkSync],
])('a file that is recorded to is recognized by %s, too, and stays as it is', async (_, link) => {
  const recorded = new RecordedFiles();
  const [a, b] = [await streamByHand(), await streamByHand()];
  const one = await recordFiles(a.inspection, undefined, recorded);
  await a.send(3);
  await one.written(40);
  const other = join(dirname(one.path), 'b.sse');
  link(one.path, other);
  const two = await recordFiles(b.inspection, other, recorded);
  expect(two.files.path).toBe(other.replace('.sse', '-2.sse'));
  await Promise.all([a.send(3), b.send(4)]);
  await Promise.all([one.files.stop(), two.files.stop()]);
  expect([eventsIn(one.path), eventsIn(two.files.path)]).toEqual([numbers(6), numbers(4)]);
  expect([...one.moves, ...two.moves]).toEqual([]);
});

test('a file that a recording has moved to is taken, and the one that it has left isn’t', async () => {
  const recorded = new RecordedFiles();
  const [a, b] = [await streamByHand(), await streamByHand()];
  const one = await recordFiles(a.inspection, undefined, recorded);
  await a.send(3);
  await one.written(40);
  writeFileSync(one.path, 'spoilt');
  await one.moved;
  await settled();
  const two = await recordFiles(b.inspection, one.files.path, recorded);
  expect(two.files.path).toBe(one.path.replace('.sse', '-2-2.sse'));
  await two.files.stop();
  const three = await recordFiles(b.inspection, one.path, recorded);
  expect(three.files.path).toBe(one.path);
});

test('a recording is refused if no file can be created beside the taken one, and the other recording goes on', async () => {
  const recorded = new RecordedFiles();
  const [a, b] = [await streamByHand(), await streamByHand()];
  const one = await recordFiles(a.inspection, undefined, recorded);
  for (let number = 2; number <= 1000; number += 1) writeFileSync(one.path.replace('.sse', `-${number}.sse`), '');
  const refused = recordFiles(b.inspection, one.path, recorded);
  await expect(refused).rejects.toEqual(new RecordingError('recorded'));
  await a.send(3);
  await one.files.stop();
  expect(eventsIn(one.path)).toEqual(numbers(3));
});

test('files aren’t mistaken for each other if the file system doesn’t number them', () => {
  const recorded = new RecordedFiles();
  const closers = [1, 2].map(() => {
    const fd = openSync(temporaryFile('a.sse'), 'w');
    return recorded.take(fd, Object.assign(fstatSync(fd, { bigint: true }), { ino: 0n }));
  });
  expect(closers).toEqual([expect.any(Function), expect.any(Function)]);
  for (const close of closers) close?.();
});

test('two panels that record to one file get a file each, and the second reports that', async () => {
  const path = temporaryFile('a.sse');
  const told: string[] = [];
  const showWarningMessage = async (text: string) => void told.push(text);
  const showSaveDialog = async () => ({ scheme: 'file', fsPath: path });
  const bench = new InspectorBench();
  Object.assign(window, { showSaveDialog, showWarningMessage });
  Object.assign(Uri, { file: Uri.parse });
  for (const name of ['one', 'two']) {
    const { inspection, url } = await streamByHand();
    inspection.disconnect();
    const panel = await bench.inspect(`${url}${name}`);
    await statusOf(panel, ({ state }) => state === 'open');
    panel.say({ type: 'record', recording: true });
    await statusOf(panel, ({ recording }) => recording !== undefined);
  }
  expect(filesBeside(path)).toEqual([path.replace('.sse', '-2.sse'), path]);
  await eventually(() => told.length > 0);
  expect(told).toEqual(['a.sse is still being recorded to. This recording is in a-2.sse.']);
});
