import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { FileGuard } from '../../src/inspector/fileGuard';
import { RecordingError } from '../../src/inspector/recordingError';
import { openEmpty } from '../../src/inspector/regularFile';
import { temporaryFile } from './recordings';

const FIRST = Buffer.from('data: of what was written first\n\n');
const SECOND = Buffer.from('data: of what comes behind it\n\n');

/** A file that something was written to. */
async function guardedFile() {
  const path = temporaryFile('a.sse');
  const guard = new FileGuard(path, await openEmpty(path));
  onTestFinished(() => guard.close());
  await guard.write(FIRST, 0);
  await guard.verify(FIRST, FIRST.length);
  return { path, guard };
}

test('what is changed between the look and the write is found though the size is right again: it is read back', async () => {
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

test('a write that another program writes over is found, too', async () => {
  const { path, guard } = await guardedFile();
  await guard.write(SECOND, FIRST.length);
  const size = FIRST.length + SECOND.length;
  writeFileSync(path, Buffer.concat([FIRST, Buffer.alloc(SECOND.length, 'x')]));
  await guard.check(size);
  expect(() => guard.verifySync(SECOND, size)).toThrow(new RecordingError('changed'));
});

test('what is as it was written passes, at once and in its time; closed twice, it is closed once', async () => {
  const { path, guard } = await guardedFile();
  guard.checkSync(FIRST.length, FIRST.length);
  guard.writeSync(SECOND, FIRST.length);
  guard.verifySync(SECOND, FIRST.length + SECOND.length);
  const looking = guard.check(FIRST.length + SECOND.length);
  guard.close();
  guard.close();
  await looking;
  expect(readFileSync(path).equals(Buffer.concat([FIRST, SECOND]))).toBe(true);
  await expect(guard.check(0)).rejects.toThrow('The file is closed.');
});
