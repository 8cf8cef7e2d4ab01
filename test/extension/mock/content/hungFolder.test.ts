// A folder on another machine that doesn't answer, as where the network has gone.
import { expect, onTestFinished, test, vi } from 'vitest';
import { Uri } from 'vscode';
import { ServedFolder } from '../../../../src/extension/mock/content/servedFolder';
import { FolderWatch } from '../../../../src/folder/folderWatch';
import { Turns } from '../../../../src/turns/turns';
import { eventually } from '../../../support/servers/testServer';

const asked: string[] = [];
let isHung = true;
let answer = () => {};

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>();
  const stat = (path: string) => {
    asked.push(path);
    if (!isHung) return real.stat(path);
    return new Promise<void>((resolve) => {
      answer = resolve;
    });
  };
  return { ...real, stat };
});

test('a folder that doesn’t answer is told of, asked once until it does, and never watched, as that would hang the process', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const follow = vi.spyOn(FolderWatch.prototype, 'follow');
  const folders = [0, 1].map(() => new ServedFolder(Uri.file('/hung/mocks'), new Turns()));
  onTestFinished(() => {
    for (const folder of folders) folder.dispose();
  });
  for (const folder of folders) {
    const read = folder.read();
    await vi.advanceTimersByTimeAsync(60_000);
    await read;
    expect(folder.problem?.text).toBe(
      'mocks can’t be read: The file system does not answer. Check its connection, and try again.',
    );
  }
  expect([asked, follow.mock.calls]).toEqual([['/hung/mocks'], []]);
  vi.useRealTimers();
  isHung = false;
  answer();
  // It is read again by itself: there is no such folder.
  for (const folder of folders) await eventually(() => folder.problem?.text.includes('ENOENT') === true);
});
