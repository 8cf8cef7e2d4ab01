// The room that a folder's files have together, by limits of a 64th: at full size, folderMemory.timing.test.ts.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FOLDER_LIMITS } from '../../src/folder/folderRoom';
import { findIn } from '../../src/folder/foundFiles';
import { StreamFolder } from '../../src/folder/streamFolder';
import { Turns } from '../../src/turns/turns';
import { folderOf, write } from '../support/mock/mockFolder';

const LIMITS = { size: FOLDER_LIMITS.size / 64, memory: FOLDER_LIMITS.memory / 64 };
const MEGABYTE = (1024 * 1024) / 64;
/** Events of ten bytes with ids: in memory, they take twenty times their size. */
const SHORT = Array.from({ length: 500_000 / 64 }, (_, at) => `id:${at.toString(36)}\ndata\n\n`).join('');

test('a file that has no room any more is served as before only if its memory has room beside that of the others', async () => {
  const folder = await folderOf({ 'a.sse': 'data: 1\n\n', 'y.sse': SHORT, 'z.sse': SHORT.repeat(2) });
  const reader = new StreamFolder(() => findIn(folder), new Turns(), LIMITS);
  expect((await reader.read()).problems).toEqual([]);
  // With it, the files have more than their limit.
  await write(folder, { 'a.sse': SHORT.repeat(2) + padding(50 * MEGABYTE) });
  const { scripts, problems } = await reader.read();
  expect(scripts.reduce((sum, { script }) => sum + script.memory, 0)).toBeLessThanOrEqual(LIMITS.memory);
  expect(scripts.map(({ name }) => name)).toEqual(['a.sse', 'y.sse']);
  expect(problems).toEqual(['y.sse', 'z.sse'].map((file) => ({ file, code: 'tooLarge' })));
});

test('a file that can’t be read any more is served as before only if its memory has room beside that of the others', async () => {
  const folder = await folderOf({ 'a.sse': 'data: 1\n\n', 'y.sse': SHORT, 'z.sse': SHORT.repeat(2) });
  const gone: string[] = [];
  const find = async () => {
    const found = await findIn(folder);
    const files = found.files.map((file) =>
      gone.includes(file.name) ? { ...file, path: join(folder, 'gone') } : file,
    );
    return { ...found, files };
  };
  const reader = new StreamFolder(find, new Turns(), LIMITS);
  const names = async () => (await reader.read()).scripts.map(({ name }) => name);
  expect(await names()).toEqual(['a.sse', 'y.sse', 'z.sse']);
  gone.push('y.sse', 'z.sse');
  expect(await names()).toEqual(['a.sse', 'y.sse', 'z.sse']);
  await write(folder, { 'a.sse': SHORT.repeat(2) });
  expect(await names()).toEqual(['a.sse', 'y.sse']);
});

test('a file for which there is no memory takes no size from those after it, but when there are more than its limit of such', async () => {
  const [large, heavy] = [SHORT.repeat(2), SHORT + padding(23 * MEGABYTE)];
  const folder = await folderOf({ 'a.sse': large, 'b.sse': large, 'c.sse': heavy, 'd.sse': padding(30 * MEGABYTE) });
  const reader = new StreamFolder(() => findIn(folder), new Turns(), LIMITS);
  const { scripts, problems } = await reader.read();
  expect(scripts.map(({ name }) => name)).toEqual(['a.sse', 'b.sse', 'd.sse']);
  expect(problems).toEqual([{ file: 'c.sse', code: 'tooHeavy' }]);
  await write(folder, { 'c1.sse': heavy, 'c2.sse': heavy });
  const more = await reader.read();
  expect(more.problems.map(({ file, code }) => `${file} ${code}`)).toEqual([
    'c.sse tooHeavy',
    'c1.sse tooHeavy',
    'c2.sse tooHeavy',
    'd.sse tooLarge',
  ]);
});

/** Returns comments, which take no more memory than their size. @param size in bytes, about */
function padding(size: number): string {
  return `:${'x'.repeat(998)}\n`.repeat(size / 1000);
}
