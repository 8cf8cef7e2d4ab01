// A folder on another machine that doesn't answer, as where the network has gone.
import { expect, onTestFinished, test, vi } from 'vitest';
import { Uri } from 'vscode';
import { ServedFolder } from '../../../../src/extension/mock/content/servedFolder';
import { FolderWatch } from '../../../../src/folder/folderWatch';
import { Turns } from '../../../../src/turns/turns';

const asked: string[] = [];

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>();
  const stat = (path: string) => {
    asked.push(path);
    return new Promise(() => undefined);
  };
  return { ...real, stat };
});

test('a folder that doesn’t answer is told of, asked once until it does, and never watched, as that would hang the process', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const follow = vi.spyOn(FolderWatch.prototype, 'follow');
  const folder = new ServedFolder(Uri.file('/hung/mocks'), new Turns());
  onTestFinished(() => folder.dispose());
  for (let time = 0; time < 2; time += 1) {
    const read = folder.read();
    await vi.advanceTimersByTimeAsync(60_000);
    await read;
    expect(folder.problem?.text).toBe('mocks can’t be read: Its file system does not answer');
  }
  expect([asked, follow.mock.calls]).toEqual([['/hung/mocks'], []]);
});
