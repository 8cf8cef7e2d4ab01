// A recording of a stranger's stream, which the user opens in an editor by one click.
import { beforeEach, expect, test } from 'vitest';
import { window } from 'vscode';
import { openRecordedFile } from '../../src/editor/recordedFile';
import { Turns } from '../../src/turns/turns';
import { FakeFiles } from './fakeFiles';
import { fake, Uri } from './vscode';

const MB = 1024 * 1024;
const file = new Uri('/folder/a.sse');
const asked: string[] = [];
let chooses = false;

beforeEach(() => {
  [asked.length, chooses] = [0, false];
  Object.assign(fake, { done: [], files: new FakeFiles() });
  Object.assign(window, {
    showWarningMessage: async (text: string, button: string) => {
      asked.push(text);
      return chooses ? button : undefined;
    },
  });
});

async function open(text: string) {
  fake.files.write(file.path, text);
  await openRecordedFile(file as never, new Turns());
  return { asked, opened: fake.done.length };
}

test.each([
  ['a few events', 'data: 1\n\n'],
  ['5 MB of words', 'data: a few words of an answer, and a few words more\n\n'.repeat((5 * MB) / 53)],
  ['thousands of JSON events', 'data: {"choices":[{"delta":{"content":"x"}}]}\n\n'.repeat(6000)],
])('a recording of %s is opened', async (_, text) => {
  expect(await open(text)).toEqual({ asked: [], opened: 1 });
});

test.each([
  ['brackets', `data: ${'[]'.repeat(25_001)}\n\n`, 'it has too many brackets'],
  ['links', `data: ${'http://a.b '.repeat(5001)}\n\n`, 'it has too many links or colors'],
  ['marks', `data: a${'\u0301'.repeat(9000)}\n\n`, 'hard to draw'],
  ['empty lines', '\n'.repeat(300_001), 'more than 300,000 lines'],
  ['16 MB of letters', 'x'.repeat(16 * MB + 1), 'larger than 16 MB'],
])('one of %s is opened when the user says so once more', async (_, text, reason) => {
  expect(await open(text)).toEqual({ asked: [expect.stringContaining(reason)], opened: 0 });
  chooses = true;
  expect((await open(text)).opened).toBe(1);
});

test('a file that is gone, VS Code tells of', async () => {
  await openRecordedFile(file as never, new Turns());
  expect([asked, fake.done.length]).toEqual([[], 1]);
});
