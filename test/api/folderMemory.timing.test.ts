import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { findIn } from '../../src/folder/foundFiles';
import { StreamFolder } from '../../src/folder/streamFolder';
import { Turns } from '../../src/turns/turns';
import { folderOf, write } from '../support/mock/mockFolder';
import { longTest } from '../support/time/longRun';
import { memory } from '../support/time/memory';

const MEGABYTE = 1024 * 1024;
/** 500,000 events of ten bytes with ids: in memory, they take twenty times their size. */
const SHORT = Array.from({ length: 500_000 }, (_, at) => `id:${at.toString(36)}\ndata\n\n`).join('');

longTest(
  'files of short events are served until they take 768 MB of memory, and the next when there is room',
  async () => {
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
  },
  120_000,
);
