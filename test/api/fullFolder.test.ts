import { expect, test, vi } from 'vitest';
import { findIn } from '../../src/folder/foundFiles';
import { folderOf } from '../support/mock/mockFolder';

/** Code of the error with which the folders within the first one can't be opened. */
let code = '';

vi.mock('node:fs/promises', async (load) => {
  const real = await load<typeof import('node:fs/promises')>();
  const opendir: typeof real.opendir = async (path, options) => {
    if (code !== '' && String(path).endsWith('api')) throw Object.assign(new Error(code), { code });
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
