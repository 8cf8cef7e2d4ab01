import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { Uri, workspace } from 'vscode';
import { FileReplacement } from '../../../../src/client/files/fileReplacement';
import { openSavedFile } from '../../../../src/extension/inspector/saving/savedFile';
import { temporaryFile } from '../../../support/client/recordings';

/** Files that VS Code was asked to write. */
const written: { path: string; bytes: Uint8Array }[] = [];

beforeEach(() => {
  written.length = 0;
  const writeFile = async ({ path }: Uri, bytes: Uint8Array) => void written.push({ path, bytes });
  Object.assign(workspace.fs, { writeFile });
  return () => vi.restoreAllMocks();
});

async function save(path: string, ...pieces: string[]): Promise<void> {
  const file = await openSavedFile(Uri.parse(path));
  for (const piece of pieces) await file.write(Buffer.from(piece));
  await file.commit();
  await file.abort();
}

/** Makes the creation of files in the folder fail. */
function forbid(code: string): void {
  const error = Object.assign(new Error(`${code}: not here`), { code });
  vi.spyOn(FileReplacement, 'open').mockRejectedValue(error);
}

test('a file is replaced when it is complete, and keeps its previous content until then', async () => {
  const path = temporaryFile('a.json');
  writeFileSync(path, 'old');
  const file = await openSavedFile(Uri.parse(path));
  await file.write(Buffer.from('new'));
  expect(readFileSync(path, 'utf8')).toBe('old');
  await file.commit();
  expect(readFileSync(path, 'utf8')).toBe('new');
  expect(readdirSync(dirname(path))).toEqual(['a.json']);
  expect(written).toEqual([]);
});

test.each(['EACCES', 'EPERM', 'EROFS', 'EINVAL'])(
  'where nothing new may be made in its folder (%s), a file that is there is written by VS Code, as a whole',
  async (code) => {
    const path = temporaryFile('a.json');
    writeFileSync(path, 'old');
    forbid(code);
    await save(path, 'a', 'b');
    expect(written.map(({ path, bytes }) => [path, Buffer.from(bytes).toString()])).toEqual([[path, 'ab']]);
  },
);

test('a file that is missing, a folder or not writable isn’t written, and the first failure is reported', async () => {
  const path = temporaryFile('a.json');
  forbid('EACCES');
  await expect(save(path, 'a')).rejects.toThrow('EACCES: not here');
  mkdirSync(path);
  await expect(save(path, 'a')).rejects.toThrow('EACCES: not here');
  expect(written).toEqual([]);
});

test('a failure for another reason is reported as it is', async () => {
  const path = temporaryFile('a.json');
  writeFileSync(path, 'old');
  forbid('ENOSPC');
  await expect(save(path, 'a')).rejects.toThrow('ENOSPC: not here');
  expect(written).toEqual([]);
});

test.runIf(process.platform !== 'win32')('a pipe and a folder are refused in words', async () => {
  const path = temporaryFile('a.json');
  const words = 'It is a folder, a device or a pipe. Choose a regular file.';
  await expect(save(dirname(path))).rejects.toThrow(words);
  execFileSync('mkfifo', [path]);
  await expect(save(path)).rejects.toThrow(words);
});

test('a file elsewhere is written by VS Code once it is complete; if aborted, not at all', async () => {
  const given = await openSavedFile(Uri.parse('/folder/a.json'));
  await given.write(Buffer.from('a'));
  await given.abort();
  expect(written).toEqual([]);
  await save('/folder/a.json', 'a', 'b');
  expect(written.map(({ bytes }) => Buffer.from(bytes).toString())).toEqual(['ab']);
});
