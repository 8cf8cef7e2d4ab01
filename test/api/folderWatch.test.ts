// A watch whose watchers of the system fail, or are too many.
import fs, { type FSWatcher } from 'node:fs';
import { rename } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { FolderWatch } from '../../src/folder/folderWatch';
import { folderOf, write } from '../support/mock/mockFolder';
import { eventually } from '../support/servers/testServer';

/** The system's own, whichever test replaces it. */
const realWatch = fs.watch;

/** Follows folders, and collects the watchers that are begun, the errors and the changes that are told. */
function follow(folders: string[]) {
  const begun: { path: string; watcher: FSWatcher }[] = [];
  const [told, changes] = [[] as string[], [] as number[]];
  const spy = vi.spyOn(fs, 'watch').mockImplementation(((path: string, options: fs.WatchOptions) => {
    const watcher = realWatch(path, options);
    begun.push({ path, watcher });
    return watcher;
  }) as typeof fs.watch);
  syncBuiltinESMExports();
  const watch = new FolderWatch({ onChange: () => changes.push(1), onError: (reason) => told.push(reason) });
  onTestFinished(() => {
    watch.close();
    spy.mockRestore();
    syncBuiltinESMExports();
  });
  watch.follow(folders);
  const watchersOf = (path: string) => begun.flatMap((each) => (each.path === path ? [each.watcher] : []));
  return { watch, begun, told, changes, watchersOf };
}

test('a watch that ends with an error is told, and begun again by the next change, without a change of its own', async () => {
  const folder = await folderOf({ 'a.sse': '' });
  const { watch, told, changes, watchersOf } = follow([folder]);
  await eventually(() => changes.length === 1);
  watchersOf(folder)[0]?.emit('error', new Error('broken'));
  expect([told, watch.problem]).toEqual([['broken'], 'broken']);
  expect(watchersOf(folder)).toHaveLength(1);
  watch.follow([folder]);
  expect([watchersOf(folder).length, watch.problem]).toEqual([2, undefined]);
  // Another watch tells of its own change later.
  const laterChanges: number[] = [];
  const later = new FolderWatch({ onChange: () => laterChanges.push(1), onError: expect.fail });
  onTestFinished(() => later.close());
  later.follow([folder]);
  await eventually(() => laterChanges.length === 1);
  expect(changes).toHaveLength(1);
});

test('an error of a folder that another one has replaced by now is none of that one’s', async () => {
  const folder = await folderOf({ 'a.sse': '' });
  const { watch, told, changes, watchersOf } = follow([folder]);
  await eventually(() => changes.length === 1);
  await rename(folder, `${folder}-away`);
  await write(folder, { 'a.sse': '' });
  watchersOf(folder)[0]?.emit('error', Object.assign(new Error('EPERM'), { code: 'EPERM' }));
  await eventually(() => changes.length === 2);
  watch.follow([folder]);
  expect([told, watch.problem, watchersOf(folder).length]).toEqual([[], undefined, 2]);
});

test('at most a thousand folders are watched, with those around them, and it is told once when there are more', async () => {
  const names = Array.from({ length: 999 }, (_, n) => `f${n}/a.sse`);
  const folder = await folderOf(Object.fromEntries(names.map((name) => [name, ''])));
  const all = [folder, ...names.map((name) => join(folder, name, '..'))];
  // With the one around them.
  const { watch, begun, told, changes } = follow(all.slice(0, 999));
  await eventually(() => changes.length === 1);
  expect([begun.length, told, watch.problem]).toEqual([1000, [], undefined]);
  for (let times = 0; times < 2; times += 1) watch.follow(all);
  await eventually(() => told.length > 0);
  expect([begun.length, told, watch.problem]).toEqual([1000, ['more than 1000 folders'], 'more than 1000 folders']);
  watch.follow(all.slice(0, 9));
  await eventually(() => watch.problem === undefined);
  expect(told).toHaveLength(1);
});

test('many folders of a slow disk are looked at bit by bit, and a watch that is closed meanwhile begins no more', async () => {
  const names = Array.from({ length: 100 }, (_, n) => `f${n}/a.sse`);
  const folder = await folderOf(Object.fromEntries(names.map((name) => [name, ''])));
  const all = names.map((name) => join(folder, name, '..'));
  let [looks, most, total] = [0, 0, 0];
  for (const name of ['statSync', 'lstatSync'] as const) {
    const real = fs[name];
    vi.spyOn(fs, name).mockImplementation(((path: string, options: fs.StatSyncOptions) => {
      looks += 1;
      total += 1;
      most = Math.max(most, looks);
      setImmediate(() => {
        looks = 0;
      });
      for (const until = performance.now() + 1; performance.now() < until; );
      return real(path, options);
    }) as never);
  }
  onTestFinished(() => void vi.restoreAllMocks());
  const { watch, begun, changes } = follow(all);
  await eventually(() => changes.length === 1);
  expect(begun).toHaveLength(101);
  let closed = 0;
  for (const { watcher } of begun) watcher.once('close', () => (closed += 1));
  watch.follow(all);
  watch.follow(all.slice(0, 50));
  await eventually(() => closed === 50);
  // Two goes, as the count begins anew behind the next one; all at one go would be 300.
  expect(most).toBeLessThan(100);
  const { watch: left, begun: few } = follow(all);
  left.close();
  const before = total;
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect([total, few.length]).toEqual([before, 0]);
});
