import { beforeEach, expect, test } from 'vitest';
import { Uri, window } from 'vscode';
import { askForFile, nameOf } from '../../src/editor/saveDialog';
import { fake } from '../server/vscode';

const asked: { title: string; defaultUri: Uri; filters: unknown }[] = [];
let answer: Uri | undefined;

beforeEach(() => {
  [asked.length, fake.folder, answer] = [0, undefined, undefined];
  const showSaveDialog = async (options: (typeof asked)[number]) => {
    asked.push(options);
    return answer;
  };
  Object.assign(window, { showSaveDialog });
  Object.assign(Uri, { file: Uri.parse });
});

const options = { title: 'Save Events', kind: 'JSON', ending: 'json' };

test('a file in the workspace’s folder is offered, of that kind', async () => {
  fake.folder = '/work';
  answer = Uri.parse('/chosen.json');
  expect(await askForFile({ ...options, name: 'a.example' })).toBe(answer);
  expect(asked[0]).toMatchObject({ title: 'Save Events', filters: { JSON: ['json'] } });
  expect(asked[0]?.defaultUri.path).toBe('/work/a.example.json');
});

test('without a workspace, the name alone is offered; who wants no file gives none', async () => {
  expect(await askForFile({ ...options, name: 'a' })).toBeUndefined();
  expect(asked[0]?.defaultUri.path).toBe('a.json');
});

test.each([undefined, ''])('without a name (%j), “events” is offered', async (name) => {
  await askForFile({ ...options, name });
  expect(asked[0]?.defaultUri.path).toBe('events.json');
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
