import { beforeEach, expect, test } from 'vitest';
import { MAX_TEXT } from '../../../../src/client/request/requestLimits';
import { BoxText } from '../../../../src/extension/inspector/form/boxText';
import { fake } from '../../../support/vscode/index';

const COMMAND = '# a comment\ncurl http://a/ \\\n  -d @- <<EOF\n{"a": 1}\nEOF\n';
const LINE = COMMAND.trim().replaceAll('\n', ' ');
let reads = 0;

beforeEach(() => {
  reads = 0;
});

function onClipboard(text: string | Promise<string>): void {
  fake.readClipboard = () => {
    reads += 1;
    return Promise.resolve(text);
  };
}

test.each([
  ['LF', COMMAND],
  ['CRLF', COMMAND.replaceAll('\n', '\r\n')],
])('a command that was pasted into the box has its line ends (%s) again', async (_, text) => {
  onClipboard(text);
  expect(await new BoxText('').whole(LINE)).toBe(text);
});

test('a line that differs from the clipboard’s text is read as it is', async () => {
  onClipboard(COMMAND);
  expect(await new BoxText('').whole(`${LINE} -v`)).toBe(`${LINE} -v`);
  onClipboard('');
  expect(await new BoxText('').whole(LINE)).toBe(LINE);
});

test('the initial text gets its line breaks back, whatever is on the clipboard', async () => {
  onClipboard('other');
  expect(await new BoxText(COMMAND).whole(LINE)).toBe(COMMAND);
  expect(reads).toBe(0);
});

test('the clipboard is read once per paste, but not during typing, nor for a URL', async () => {
  onClipboard(COMMAND);
  const box = new BoxText('');
  for (let length = 1; length <= LINE.length; length += 1) await box.whole(LINE.slice(0, length));
  await box.whole('');
  await box.whole('https://example.com/events');
  expect(reads).toBe(0);
  expect([await box.whole(LINE), await box.whole(LINE)]).toEqual([COMMAND, COMMAND]);
  expect(reads).toBe(1);
});

test('a clipboard’s text of 1 MB is accepted, but not a longer one', async () => {
  const text = `curl\n${'x'.repeat(MAX_TEXT - 5)}`;
  onClipboard(text);
  expect(await new BoxText('').whole(text.replace('\n', ' '))).toBe(text);
  onClipboard(`${text}\n`);
  expect(await new BoxText('').whole(text.replace('\n', ' '))).toBe(text.replace('\n', ' '));
});

test('a clipboard that isn’t available, or asks the user first, leaves the line as it is', async () => {
  fake.readClipboard = () => Promise.reject(new Error('denied'));
  expect(await new BoxText('').whole(LINE)).toBe(LINE);
  fake.readClipboard = () => new Promise<string>(() => undefined);
  expect(await new BoxText('').whole(LINE)).toBe(LINE);
});
