// Content of a file while a write is in progress: the test blocks the write, so that the order is certain.
import { readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { AppendedFile } from '../../../src/client/files/appendedFile';
import { FileReplacement } from '../../../src/client/files/fileReplacement';
import { RecordedFiles } from '../../../src/client/files/recordedFiles';
import { RecordingError } from '../../../src/client/files/recordingError';
import { eventsIn, numbers, recordFiles, settled, streamByHand } from '../../support/client/recordedByHand';
import { temporaryFile } from '../../support/client/recordings';
import { eventually } from '../../support/servers/testServer';

/** Blocked writes: each is a function that lets it continue. */
const held = vi.hoisted(() => ({ isHolding: false, writes: [] as (() => void)[], isFull: false }));

vi.mock('node:fs', async (importOriginal) => {
  const fs = await importOriginal<typeof import('node:fs')>();
  const util = await import('node:util');
  const writeNow = util.promisify(fs.write);
  const heldWrite = async (...given: Parameters<typeof writeNow>) => {
    if (held.isHolding) await new Promise<void>((resolve) => held.writes.push(resolve));
    return await writeNow(...given);
  };
  const custom = Object.assign((...given: Parameters<typeof fs.write>) => fs.write(...given), {
    [util.promisify.custom]: heldWrite,
  });
  const ftruncate = (fd: number, size: number, then: (error: Error | null) => void) =>
    held.isFull ? then(new Error('The disk is full.')) : fs.ftruncate(fd, size, then);
  return { ...fs, write: custom, ftruncate };
});

function letGo(): void {
  held.isHolding = false;
  for (const goOn of held.writes.splice(0)) goOn();
}
afterEach(letGo);

const OWN = Buffer.from('data: a\n\n'.repeat(30));
const FIRST = Buffer.from('data: of what was written first\n\n');

/** Keeps the reason why the file has ended. */
async function openFile(path: string, recorded = new RecordedFiles()) {
  const errors: Error[] = [];
  const file = await AppendedFile.open(path, recorded, (error) => errors.push(error));
  onTestFinished(() => file.close());
  return { file, errors };
}

/** Starts a write to the file that is blocked before it begins. */
async function holdWrite(file: AppendedFile): Promise<void> {
  const before = held.writes.length;
  held.isHolding = true;
  file.append(OWN);
  await eventually(() => held.writes.length > before);
}

test.each([
  ['shorter', 'data: of another\n\n'],
  ['as long', 'x'.repeat(OWN.length)],
  ['longer', 'x'.repeat(OWN.length + 1)],
  ['the same at its beginning', `${OWN.subarray(0, 50)}x`],
  ['the same, and more', `${OWN}x`],
  ['all zeros', '\0'.repeat(20)],
])(
  'bytes at the position of a write in progress that are %s belong to another program, and stay',
  async (_, others) => {
    for (const first of [Buffer.alloc(0), FIRST]) {
      const path = temporaryFile('a.sse');
      const { file, errors } = await openFile(path);
      file.append(first);
      await eventually(() => file.size === first.length);
      await settled();
      await holdWrite(file);
      writeFileSync(path, others, { flag: 'a' });
      file.close();
      expect(errors).toEqual([new RecordingError('changed')]);
      expect(readFileSync(path, 'utf8')).toBe(first + others);
      letGo();
      await settled();
    }
  },
);

test.each([0, 1, 50, OWN.length])(
  'the first %i bytes of the write itself belong to it: everything is there once',
  async (count) => {
    const path = temporaryFile('a.sse');
    const { file, errors } = await openFile(path);
    await holdWrite(file);
    writeFileSync(path, OWN.subarray(0, count));
    file.append(FIRST);
    file.flush();
    file.append(FIRST);
    file.close();
    letGo();
    await settled();
    expect(errors).toEqual([]);
    expect(readFileSync(path, 'utf8')).toBe(`${OWN}${FIRST}${FIRST}`);
  },
);

test('a change in place, without a change of size, is detected even during a write', async () => {
  const path = temporaryFile('a.sse');
  const { file, errors } = await openFile(path);
  file.append(FIRST);
  await eventually(() => file.size === FIRST.length);
  await settled();
  await holdWrite(file);
  const changed = FIRST.toString().toUpperCase();
  writeFileSync(path, changed, { flag: 'r+' });
  // Some systems have file times with a resolution of some milliseconds.
  utimesSync(path, 1, 1);
  file.close();
  expect(errors).toEqual([new RecordingError('changed')]);
  expect(readFileSync(path, 'utf8')).toBe(changed);
});

test('one of two windows that write one file from the same moment has its bytes there, and the other fails', async () => {
  const path = temporaryFile('a.sse');
  const [one, two] = [await openFile(path), await openFile(path)];
  await holdWrite(one.file);
  two.file.append(Buffer.from('data: bb\n\n'.repeat(40)));
  await eventually(() => held.writes.length === 2);
  one.file.close();
  two.file.close();
  expect({ one: one.errors, two: two.errors }).toEqual({ one: [], two: [new RecordingError('changed')] });
  expect(readFileSync(path).equals(OWN)).toBe(true);
});

test('saving over the file that is recorded to during a write leaves both complete', async () => {
  const { inspection, send } = await streamByHand();
  const { files, path, moves, ends } = await recordFiles(inspection);
  held.isHolding = true;
  await send(5);
  await eventually(() => held.writes.length > 0);
  const saved = await FileReplacement.open(path);
  await saved.write(Buffer.from('data: saved\n\n'));
  await saved.commit();
  files.close();
  letGo();
  await settled();
  expect([moves.length, ends]).toEqual([1, []]);
  expect(readFileSync(path, 'utf8')).toBe('data: saved\n\n');
  expect(eventsIn(files.path)).toEqual(numbers(5));
});

test('a file whose last write is in progress can’t be recorded to anew, and isn’t emptied; afterwards it can', async () => {
  const recorded = new RecordedFiles();
  const path = temporaryFile('a.sse');
  const { file } = await openFile(path, recorded);
  await holdWrite(file);
  file.close();
  await expect(openFile(path, recorded)).rejects.toEqual(new RecordingError('recorded'));
  expect(readFileSync(path).equals(OWN)).toBe(true);
  letGo();
  await settled();
  const { file: next } = await openFile(path, recorded);
  next.append(FIRST);
  next.close();
  expect(readFileSync(path).equals(FIRST)).toBe(true);
});

test('a file that can’t be emptied isn’t taken: it can be recorded to once that works', async () => {
  const recorded = new RecordedFiles();
  const path = temporaryFile('a.sse');
  held.isFull = true;
  await expect(openFile(path, recorded)).rejects.toThrow('The disk is full.');
  held.isFull = false;
  const { file } = await openFile(path, recorded);
  file.append(FIRST);
  file.close();
  expect(readFileSync(path).equals(FIRST)).toBe(true);
});
