import { spawnSync } from 'node:child_process';
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
  utimesSync,
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

test('the old file stays until everything is written; then the new one replaces it, with the same mode, and nothing else is left', async () => {
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

test('what a killed process has left in the folder is removed by the next save, and nothing else', async () => {
  const path = temporaryFile('a.sse');
  const folder = dirname(path);
  const { pid: dead } = spawnSync(process.execPath, ['-e', '']);
  const name = (process: number | undefined, end = 'sse-counter.tmp') => `.${process}-${'0af3'.repeat(4)}.${end}`;
  const stays = [
    // The process runs, or the name isn't ours.
    name(process.pid),
    name(dead, 'sse-counter.tmp.txt'),
    `x${name(dead)}`,
    name(dead).replace('0', 'g'),
    // Young: a process of another machine may write to it.
    name(dead).replace('0', '1'),
  ];
  const left = name(dead);
  for (const file of [left, ...stays]) {
    writeFileSync(join(folder, file), 'x');
    if (file !== stays.at(-1)) utimesSync(join(folder, file), 1, Date.now() / 1000 - 601);
  }
  mkdirSync(join(folder, name(dead).replace('0', '2')));
  symlinkSync(path, join(folder, name(dead).replace('0', '3')));
  const others = readdirSync(folder).filter((file) => file !== left);
  await replace(path, 'new');
  expect(readdirSync(folder).sort()).toEqual([...others, 'a.sse'].sort());
});

/** Whether this process may change the owner of files. */
const isRoot = process.getuid?.() === 0;

test.runIf(isRoot)('owner, group and mode are kept, even mode bits that a new owner clears', async () => {
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

test.runIf(isRoot)(
  'a file of another owner is refused if its ownership can’t be kept, and nothing is left',
  async () => {
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
  },
);

test('no other user can read the new content until it is in place', async () => {
  const path = temporaryFile('a.sse');
  writeFileSync(path, 'old', { mode: 0o600 });
  const file = await FileReplacement.open(path);
  for (const name of readdirSync(dirname(path)))
    if (process.platform !== 'win32') expect(statSync(join(dirname(path), name)).mode & 0o077).toBe(0);
  await file.abort();
});

test('an abort after the temporary file was removed succeeds, and the original error is reported', async () => {
  const path = temporaryFile('a.sse');
  for (const end of ['commit', 'abort'] as const) {
    const file = await FileReplacement.open(path);
    for (const name of readdirSync(dirname(path))) unlinkSync(join(dirname(path), name));
    if (end === 'commit') await expect(file.commit()).rejects.toThrow(/ENOENT.*rename/);
    else await file.abort();
  }
  expect(readdirSync(dirname(path))).toEqual([]);
});

test('an abort leaves the old file, and nothing else; calling it twice is fine', async () => {
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

test('a link stays a link, even one to a missing file; of two hard links, the other keeps the old content', async () => {
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

test('a loop of links, a missing folder and a name that is too long are refused, and nothing is left', async () => {
  const path = temporaryFile('a.sse');
  symlinkSync('b.sse', path);
  symlinkSync('a.sse', join(dirname(path), 'b.sse'));
  await expect(FileReplacement.open(path)).rejects.toThrow(/ELOOP/);
  await expect(FileReplacement.open(join(dirname(path), 'none', 'a.sse'))).rejects.toThrow(/ENOENT/);
  await expect(replace(join(dirname(path), 'x'.repeat(300)), 'new')).rejects.toThrow(/ENAMETOOLONG/);
  expect(readdirSync(dirname(path)).sort()).toEqual(['a.sse', 'b.sse']);
});

test('nothing is left, and no file is open, if the file can’t be put in place', async () => {
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

test.runIf(canMount())('on a full disk, the old file stays, and nothing else', async () => {
  const path = join(fullDisk(), 'a.sse');
  writeFileSync(path, 'old');
  const file = await FileReplacement.open(path);
  await expect(file.write(Buffer.alloc(500_000))).rejects.toThrow(/ENOSPC/);
  await file.abort();
  expect(readFileSync(path, 'utf8')).toBe('old');
  expect(readdirSync(dirname(path))).toEqual(['a.sse']);
});
