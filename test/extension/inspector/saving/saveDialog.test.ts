import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { Uri, window } from 'vscode';
import { nameOf, SaveDialog } from '../../../../src/extension/inspector/saving/saveDialog';
import { fake } from '../../../support/vscode/index';

const asked: { title: string; defaultUri: Uri; filters: unknown }[] = [];
let response: Uri | undefined;

beforeEach(() => {
  [asked.length, fake.folder, fake.folders, response] = [0, undefined, [], undefined];
  const showSaveDialog = async (options: (typeof asked)[number]) => {
    asked.push(options);
    return response;
  };
  Object.assign(window, { showSaveDialog });
});

const options = { title: 'Save Events', kind: 'JSON', ending: 'json' };

/** Creates a writable folder. */
function newFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'sse-dialog-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Resolves with the folder and name that the dialog suggests. */
async function begun(dialog = new SaveDialog(), more: object = {}): Promise<string | undefined> {
  await dialog.ask({ ...options, ...more });
  return asked.at(-1)?.defaultUri.path;
}

test('the dialog suggests a file of that kind in the workspace’s folder', async () => {
  fake.folder = newFolder();
  response = Uri.parse('/chosen.json');
  expect(await new SaveDialog().ask({ ...options, name: 'a.example' })).toBe(response);
  expect(asked[0]).toMatchObject({ title: 'Save Events', filters: { JSON: ['json'] } });
  expect(asked[0]?.defaultUri.path).toBe(join(fake.folder, 'a.example.json'));
});

test('a name that a file has gets a number, so that two runs lie side by side; after 99 it stays as it is', async () => {
  fake.folder = newFolder();
  const suggested = async () => basename((await begun(new SaveDialog(), { name: 'orders' })) ?? '');
  writeFileSync(join(fake.folder, 'orders.json'), '');
  expect(await suggested()).toBe('orders-2.json');
  writeFileSync(join(fake.folder, 'orders-2.json'), '');
  expect(await suggested()).toBe('orders-3.json');
  for (let number = 3; number <= 99; number += 1) writeFileSync(join(fake.folder, `orders-${number}.json`), '');
  expect(await suggested()).toBe('orders.json');
});

test('a name that a link has isn’t suggested, even if the link leads to no file yet: a repository would choose what is written', async () => {
  fake.folder = newFolder();
  symlinkSync(join(newFolder(), '.profile'), join(fake.folder, 'orders.json'));
  expect(await begun(new SaveDialog(), { name: 'orders' })).toBe(join(fake.folder, 'orders-2.json'));
});

test('without a folder it starts in the home directory; a cancelled dialog results in no file', async () => {
  const dialog = new SaveDialog();
  expect(await dialog.ask({ ...options, name: 'a' })).toBeUndefined();
  expect(asked[0]?.defaultUri.path).toBe(join(homedir(), 'a.json'));
  expect(await begun(dialog)).toBe(join(homedir(), 'events.json'));
});

test.each([undefined, ''])('without a name (%j), “events” is suggested', async (name) => {
  expect(await begun(new SaveDialog(), { name })).toBe(join(homedir(), 'events.json'));
});

test('without a folder it starts where the last file was chosen, until that is gone', async () => {
  const [dialog, folder] = [new SaveDialog(), newFolder()];
  response = Uri.parse(join(folder, 'chosen.json'));
  await begun(dialog);
  response = undefined;
  expect(await begun(dialog)).toBe(join(folder, 'events.json'));
  expect(await begun(dialog)).toBe(join(folder, 'events.json'));
  rmSync(folder, { recursive: true });
  expect(await begun(dialog)).toBe(join(homedir(), 'events.json'));
});

test('a folder that is gone, or not writable, is skipped', async () => {
  const [locked, other] = [join(newFolder(), 'locked'), newFolder()];
  mkdirSync(locked);
  chmodSync(locked, 0o500);
  const isRoot = process.getuid?.() === 0;
  fake.folders = [join(other, 'gone'), ...(isRoot ? [] : [locked]), other];
  expect(await begun()).toBe(join(other, 'events.json'));
  fake.folders = [join(other, 'gone')];
  expect(await begun()).toBe(join(homedir(), 'events.json'));
});

test('a writable virtual folder is used, except for files that have to be on the disk', async () => {
  const folder = newFolder();
  fake.folders = ['zip:/read-only', 'unknown:/folder', 'memfs:/folder', folder];
  expect(await begun()).toBe('memfs:/folder/events.json');
  expect(await begun(new SaveDialog(), { onDisk: true })).toBe(join(folder, 'events.json'));
  fake.folders = ['memfs:/folder'];
  const dialog = new SaveDialog();
  response = Uri.parse('memfs:/folder/other/chosen.json');
  await begun(dialog);
  expect(await begun(dialog, { onDisk: true })).toBe(join(homedir(), 'events.json'));
});

test.each([
  ['http://localhost:8080/event', 'localhost'],
  ['https://api.a-b.example/v1?x=y', 'api.a-b.example'],
  ['http://[::1]:80/', '1'],
  ['http://[2001:db8::a]/', '2001-db8-a'],
  ['http://u:p@a/', 'a'],
  ['no URL', undefined],
])('what comes from %s is named after its host', (url, name) => {
  expect(nameOf(url)).toBe(name);
});
