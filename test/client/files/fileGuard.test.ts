import { chmodSync, readFileSync, renameSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { FileGuard } from '../../../src/client/files/fileGuard';
import { RecordedFiles } from '../../../src/client/files/recordedFiles';
import { RecordingError } from '../../../src/client/files/recordingError';
import { openEmpty } from '../../../src/client/files/regularFile';
import { WrittenContent } from '../../../src/client/files/writtenContent';
import { temporaryFile } from '../../support/client/recordings';

const FIRST = Buffer.from('data: of what was written first\n\n');
const SECOND = Buffer.from('data: of what comes behind it\n\n');

/** Returns a guard of a file that was written to. */
async function guardedFile() {
  const path = temporaryFile('a.sse');
  const guard = new FileGuard(path, await openEmpty(path, new RecordedFiles()));
  onTestFinished(() => guard.close());
  await guard.write(FIRST, 0);
  await guard.verify(FIRST, FIRST.length);
  return { path, guard };
}

/** Returns a guard of a file whose comparison takes long, and whose first byte another program has changed. */
async function changedLargeFile() {
  const path = temporaryFile('a.sse');
  const guard = new FileGuard(path, await openEmpty(path, new RecordedFiles()));
  onTestFinished(() => guard.close());
  const large = Buffer.alloc(17 * 1024 * 1024, 'x');
  guard.writeSync(large, 0);
  guard.verifySync(large, large.length);
  writeFileSync(path, 'y', { flag: 'r+' });
  return { path, guard, large };
}

test('a change between check and write is detected even with the right size, by reading back', async () => {
  const changes = [
    (path: string) => truncateSync(path, 0),
    (path: string) => writeFileSync(path, FIRST.toString().toUpperCase()),
    (path: string) => writeFileSync(path, ': mine\n'),
  ];
  for (const change of changes) {
    const { path, guard } = await guardedFile();
    await guard.check(FIRST.length);
    change(path);
    await guard.write(SECOND, FIRST.length);
    const size = FIRST.length + SECOND.length;
    await guard.check(size);
    await expect(guard.verify(SECOND, size)).rejects.toEqual(new RecordingError('changed'));
  }
});

test('a write that another program overwrites is detected, too', async () => {
  const { path, guard } = await guardedFile();
  await guard.write(SECOND, FIRST.length);
  const size = FIRST.length + SECOND.length;
  writeFileSync(path, Buffer.concat([FIRST, Buffer.alloc(SECOND.length, 'x')]));
  await guard.check(size);
  expect(() => guard.verifySync(SECOND, size)).toThrow(new RecordingError('changed'));
});

test('an unchanged file passes, with and without waiting; closing it twice closes it once', async () => {
  const { path, guard } = await guardedFile();
  guard.checkSync(FIRST.length);
  guard.writeSync(SECOND, FIRST.length);
  guard.verifySync(SECOND, FIRST.length + SECOND.length);
  const looking = guard.check(FIRST.length + SECOND.length);
  guard.close();
  guard.close();
  await looking;
  expect(readFileSync(path).equals(Buffer.concat([FIRST, SECOND]))).toBe(true);
  await expect(guard.check(0)).rejects.toThrow('The file is closed.');
});

test.runIf(process.platform !== 'win32')(
  'a file that was replaced or deleted while it was opened isn’t written to as if it were still there',
  async () => {
    const changes = {
      changed: (path: string) => {
        writeFileSync(`${path}.new`, 'of another program');
        renameSync(`${path}.new`, path);
      },
      deleted: (path: string) => rmSync(path),
    };
    for (const [code, change] of Object.entries(changes)) {
      const path = temporaryFile('a.sse');
      const file = await openEmpty(path, new RecordedFiles());
      change(path);
      const guard = new FileGuard(path, file);
      onTestFinished(() => guard.close());
      expect(() => guard.checkSync(0)).toThrow(expect.objectContaining({ code }));
    }
  },
);

/** Returns a guard of a file that is compared up to a size. */
async function largeFile(max: number) {
  const path = temporaryFile('a.sse');
  const guard = new FileGuard(path, await openEmpty(path, new RecordedFiles()), new WrittenContent(max));
  onTestFinished(() => guard.close());
  guard.writeSync(FIRST, 0);
  guard.verifySync(FIRST, FIRST.length);
  return { path, guard };
}

test('the content is compared up to a size; changed times of a larger file count as a change', async () => {
  const [allowed, larger] = [await largeFile(FIRST.length), await largeFile(FIRST.length - 1)];
  for (const { path, guard } of [allowed, larger]) {
    await guard.check(FIRST.length);
    utimesSync(path, 0, 0);
    if (guard === allowed.guard) guard.checkSync(FIRST.length);
    else expect(() => guard.checkSync(FIRST.length)).toThrow(new RecordingError('changed'));
  }
  chmodSync(larger.path, 0o600);
  await larger.guard.check(FIRST.length);
  utimesSync(larger.path, 1, 1);
  await expect(larger.guard.check(FIRST.length)).rejects.toEqual(new RecordingError('changed'));
});

test('a write to a large file doesn’t wait for the comparison, and the change is detected all the same', async () => {
  const { guard, large } = await changedLargeFile();
  await guard.check(large.length);
  await guard.write(SECOND, large.length);
  const size = large.length + SECOND.length;
  await guard.verify(SECOND, size);
  const found = async () => {
    for (;;) await guard.check(size);
  };
  await expect(found()).rejects.toEqual(new RecordingError('changed'));
  expect(() => guard.checkSync(size)).toThrow(new RecordingError('changed'));
});

test('a file that is closed during a comparison is closed after it', async () => {
  const { path, guard } = await guardedFile();
  utimesSync(path, 0, 0);
  await guard.check(FIRST.length);
  guard.close();
  await expect(guard.check(FIRST.length)).rejects.toThrow('The file is closed.');
});

test('a change in place is detected at once, by the times; a file that was only touched passes', async () => {
  const { path, guard } = await guardedFile();
  utimesSync(path, 0, 0);
  guard.checkSync(FIRST.length);
  guard.checkSync(FIRST.length);
  writeFileSync(path, 'D', { flag: 'r+' });
  utimesSync(path, 1, 1);
  expect(() => guard.checkSync(FIRST.length)).toThrow(new RecordingError('changed'));
});

test('the content is compared synchronously during a comparison if there is no time to wait', async () => {
  const { path, guard, large } = await changedLargeFile();
  utimesSync(path, 1, 1);
  await guard.check(large.length);
  expect(() => guard.checkSync(large.length)).toThrow(new RecordingError('changed'));
});
