import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { FileReplacement } from '../../../src/client/files/fileReplacement';
import { canMount, fullDisk } from '../../support/client/fullDisk';
import { temporaryFile } from '../../support/client/recordings';

async function replace(path: string, text: string): Promise<void> {
  const file = await FileReplacement.open(path);
  await file.write(Buffer.from(text));
  await file.commit();
}

test('what was there is there until all is written; then the new one is, with the same mode, and nothing else', async () => {
  const path = temporaryFile('a.sse');
  writeFileSync(path, 'old');
  chmodSync(path, 0o640);
  const file = await FileReplacement.open(path);
  await file.write(Buffer.from('ne'));
  await file.write(Buffer.from('w'));
  expect(readFileSync(path, 'utf8')).toBe('old');
  await file.commit();
  await file.abort();
  expect(readFileSync(path, 'utf8')).toBe('new');
  if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o640);
  expect(readdirSync(dirname(path))).toEqual(['a.sse']);
});

/** Whether this process may change the owner of files. */
const isRoot = process.getuid?.() === 0;

test.runIf(isRoot)('owner, group and mode stay what they were, also a mode that a new owner takes away', async () => {
  for (const [uid, gid, mode] of [
    [1000, 2000, 0o640],
    [0, 2000, 0o2660],
    [1000, 0, 0o4700],
    [0, 0, 0o600],
  ] as const) {
    const path = temporaryFile('a.sse');
    writeFileSync(path, 'old');
    chownSync(path, uid, gid);
    chmodSync(path, mode);
    await replace(path, 'new');
    const after = statSync(path);
    expect([readFileSync(path, 'utf8'), after.uid, after.gid, after.mode & 0o7777]).toEqual(['new', uid, gid, mode]);
  }
});

test.runIf(isRoot)('a file of another owner that may not be given away is refused, and nothing is left', async () => {
  const path = temporaryFile('a.sse');
  writeFileSync(path, 'old');
  chmodSync(path, 0o666);
  chmodSync(dirname(path), 0o777);
  process.seteuid?.(1000);
  try {
    await expect(FileReplacement.open(path)).rejects.toMatchObject({ code: 'EPERM' });
  } finally {
    process.seteuid?.(0);
  }
  expect(readdirSync(dirname(path))).toEqual(['a.sse']);
});

test('until it is whole, no one else may read what is written over a file', async () => {
  const path = temporaryFile('a.sse');
  writeFileSync(path, 'old', { mode: 0o600 });
  const file = await FileReplacement.open(path);
  for (const name of readdirSync(dirname(path)))
    if (process.platform !== 'win32') expect(statSync(join(dirname(path), name)).mode & 0o077).toBe(0);
  await file.abort();
});

test('where what was written was removed, it is told what has failed; to leave it is fine', async () => {
  const path = temporaryFile('a.sse');
  for (const end of ['commit', 'abort'] as const) {
    const file = await FileReplacement.open(path);
    for (const name of readdirSync(dirname(path))) unlinkSync(join(dirname(path), name));
    if (end === 'commit') await expect(file.commit()).rejects.toThrow(/ENOENT.*rename/);
    else await file.abort();
  }
  expect(readdirSync(dirname(path))).toEqual([]);
});

test('one that is left leaves what was there, and nothing else; twice is fine', async () => {
  for (const old of [undefined, 'old']) {
    const path = temporaryFile('a.sse');
    if (old !== undefined) writeFileSync(path, old);
    const file = await FileReplacement.open(path);
    await file.write(Buffer.from('new'));
    await file.abort();
    await file.abort();
    expect(readdirSync(dirname(path))).toEqual(old === undefined ? [] : ['a.sse']);
    if (old !== undefined) expect(readFileSync(path, 'utf8')).toBe(old);
  }
});

test('a link stays a link, also one to a file that isn’t there yet; of two names, the other keeps what was there', async () => {
  const path = temporaryFile('a.sse');
  const folder = dirname(path);
  mkdirSync(join(folder, 'there'));
  symlinkSync('there/one', path);
  symlinkSync(path, join(folder, 'b.sse'));
  await replace(join(folder, 'b.sse'), 'first');
  expect(readFileSync(join(folder, 'there/one'), 'utf8')).toBe('first');
  linkSync(join(folder, 'there/one'), join(folder, 'other'));
  await replace(path, 'second');
  expect(readlinkSync(path)).toBe('there/one');
  expect(readFileSync(path, 'utf8')).toBe('second');
  expect(readFileSync(join(folder, 'other'), 'utf8')).toBe('first');
  expect(readdirSync(join(folder, 'there'))).toEqual(['one']);
});

test('a circle of links, a folder that isn’t there, a name that is too long: refused, and nothing is left', async () => {
  const path = temporaryFile('a.sse');
  symlinkSync('b.sse', path);
  symlinkSync('a.sse', join(dirname(path), 'b.sse'));
  await expect(FileReplacement.open(path)).rejects.toThrow(/ELOOP/);
  await expect(FileReplacement.open(join(dirname(path), 'none', 'a.sse'))).rejects.toThrow(/ENOENT/);
  await expect(replace(join(dirname(path), 'x'.repeat(300)), 'new')).rejects.toThrow(/ENAMETOOLONG/);
  expect(readdirSync(dirname(path)).sort()).toEqual(['a.sse', 'b.sse']);
});

test('where it can’t be put in place nothing is left, and no file is open', async () => {
  const path = temporaryFile('a.sse');
  const open = () => (existsSync('/proc/self/fd') ? readdirSync('/proc/self/fd').length : 0);
  const before = open();
  const file = await FileReplacement.open(path);
  mkdirSync(path);
  await file.write(Buffer.from('new'));
  await expect(file.commit()).rejects.toThrow(/EISDIR|EPERM|ENOTEMPTY/);
  expect(readdirSync(dirname(path))).toEqual(['a.sse']);
  expect(open()).toBe(before);
});

test.runIf(canMount())('on a disk that is full, what was there stays, and nothing else', async () => {
  const path = join(fullDisk(), 'a.sse');
  writeFileSync(path, 'old');
  const file = await FileReplacement.open(path);
  await expect(file.write(Buffer.alloc(500_000))).rejects.toThrow(/ENOSPC/);
  await file.abort();
  expect(readFileSync(path, 'utf8')).toBe('old');
  expect(readdirSync(dirname(path))).toEqual(['a.sse']);
});
