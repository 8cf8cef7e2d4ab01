import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { MAX_MEMORY } from '../../src/folder/folderLimits';
import { findIn } from '../../src/folder/foundFiles';
import { StreamFolder } from '../../src/folder/streamFolder';
import { Turns } from '../../src/turns/turns';
import { folderOf, write } from '../support/mock/mockFolder';
import { memory } from '../support/time/memory';

const MEGABYTE = 1024 * 1024;
/** 500,000 events of ten bytes with ids: in memory, they take twenty times their size. */
const SHORT = Array.from({ length: 500_000 }, (_, at) => `id:${at.toString(36)}\ndata\n\n`).join('');

test('files of short events are served until they take 768 MB of memory, and the next when there is room', async () => {
  const names = Array.from({ length: 5 }, (_, at) => `${at}.sse`);
  const folder = await folderOf(Object.fromEntries(names.map((name) => [name, SHORT])));
  const before = memory();
  const reader = new StreamFolder(() => findIn(folder), new Turns());
  const { scripts, problems } = await reader.read();
  expect((memory() - before) / MEGABYTE).toBeLessThan(700);
  expect(scripts.length).toBeGreaterThan(1);
  expect(scripts.length + problems.length).toBe(5);
  expect(problems[0]).toEqual({ file: `${scripts.length}.sse`, code: 'tooHeavy' });
  // Files that haven't changed aren't read again.
  expect(await reader.read()).toEqual({ scripts, problems, folders: expect.anything() });
  await write(folder, { '0.sse': 'data: 1\n\n' });
  await rm(join(folder, '1.sse'));
  const more = await reader.read();
  expect(more.scripts.map(({ name }) => name)).toContain(problems[0]?.file);
}, 120_000);

test('a file that has no room any more is served as before only if its memory has room beside that of the others', async () => {
  const folder = await folderOf({ 'a.sse': 'data: 1\n\n', 'y.sse': SHORT, 'z.sse': SHORT.repeat(2) });
  const reader = new StreamFolder(() => findIn(folder), new Turns());
  expect((await reader.read()).problems).toEqual([]);
  // With it, the files have more than 64 MB.
  await write(folder, { 'a.sse': SHORT.repeat(2) + padding(50 * MEGABYTE) });
  const { scripts, problems } = await reader.read();
  expect(scripts.reduce((sum, { script }) => sum + script.memory, 0)).toBeLessThanOrEqual(MAX_MEMORY);
  expect(scripts.map(({ name }) => name)).toEqual(['a.sse', 'y.sse']);
  expect(problems).toEqual(['y.sse', 'z.sse'].map((file) => ({ file, code: 'tooLarge' })));
}, 120_000);

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
  const reader = new StreamFolder(find, new Turns());
  const names = async () => (await reader.read()).scripts.map(({ name }) => name);
  expect(await names()).toEqual(['a.sse', 'y.sse', 'z.sse']);
  gone.push('y.sse', 'z.sse');
  expect(await names()).toEqual(['a.sse', 'y.sse', 'z.sse']);
  await write(folder, { 'a.sse': SHORT.repeat(2) });
  expect(await names()).toEqual(['a.sse', 'y.sse']);
}, 120_000);

test('a file for which there is no memory takes no size from those after it, but when there are more than 64 MB of such', async () => {
  const [large, heavy] = [SHORT.repeat(2), SHORT + padding(23 * MEGABYTE)];
  const folder = await folderOf({ 'a.sse': large, 'b.sse': large, 'c.sse': heavy, 'd.sse': padding(30 * MEGABYTE) });
  const reader = new StreamFolder(() => findIn(folder), new Turns());
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
}, 120_000);

/** Returns comments, which take no more memory than their size. @param size in bytes, about */
function padding(size: number): string {
  return `:${'x'.repeat(998)}\n`.repeat(size / 1000);
}
