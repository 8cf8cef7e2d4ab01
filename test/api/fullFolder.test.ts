import { expect, onTestFinished, test, vi } from 'vitest';
import { serveEventStream } from '../../src/api';
import { findIn } from '../../src/folder/foundFiles';
import { folderOf, write } from '../support/mock/mockFolder';
import { eventually } from '../support/servers/testServer';

/** Number of folders that were opened, and a promise that they wait for. */
let [opened, held] = [0, Promise.resolve()];
/** Code of the error with which the folders within the first one can't be opened. */
let code = '';

vi.mock('node:fs/promises', async (load) => {
  const real = await load<typeof import('node:fs/promises')>();
  const opendir: typeof real.opendir = async (path, options) => {
    if (code !== '' && String(path).endsWith('api')) throw Object.assign(new Error(code), { code });
    opened += 1;
    await held;
    return real.opendir(path, options);
  };
  return { ...real, opendir };
});

test('a folder that is searched while the process has no descriptor left isn’t taken for one without its streams', async () => {
  const folder = await folderOf({ 'a.sse': '', 'api/b.sse': '' });
  code = 'EMFILE';
  await expect(findIn(folder)).rejects.toThrow('EMFILE');
  code = 'EACCES';
  expect((await findIn(folder)).files.map(({ name }) => name)).toEqual(['a.sse']);
  code = '';
  expect((await findIn(folder)).files.map(({ name }) => name)).toEqual(['a.sse', 'api/b.sse']);
});

test('a folder that is written to while it is read is read once more, and not once for each save', async () => {
  const folder = await folderOf({ 'a.sse': '' });
  const mock = await serveEventStream(folder, { watch: true });
  onTestFinished(() => mock.close());
  const before = opened;
  let release = () => {};
  held = new Promise((resolve) => {
    release = resolve;
  });
  await write(folder, { 'b.sse': '' });
  await eventually(() => opened > before);
  for (let save = 0; save < 6; save += 1) {
    await write(folder, { 'b.sse': `: ${save}\n` });
    // Longer than saves are gathered.
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  const during = opened;
  release();
  await eventually(() => opened > during);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(opened - during).toBe(1);
});
