import { beforeEach, expect, test } from 'vitest';
import { type CancellationToken, window } from 'vscode';
import { Log } from '../../../../src/extension/shared/output/log';
import {
  askForText,
  confirm,
  pickOne,
  tell,
  tellBriefly,
  tellError,
  tellFailure,
  tellWarning,
  withProgress,
} from '../../../../src/extension/shared/output/tell';

const seen: unknown[][] = [];
let answer: unknown;
/** A text that VS Code would show as a link, and its plain form. */
const [LINK, SHOWN] = ['[a](command:b)', '[a]\u2060(command:b)'];

beforeEach(() => {
  [seen.length, answer] = [0, undefined];
  const asks = (name: string) => [
    name,
    async (...args: unknown[]) => {
      seen.push([name, ...args]);
      return answer;
    },
  ];
  const names = ['showErrorMessage', 'showWarningMessage', 'showInformationMessage', 'showInputBox', 'showQuickPick'];
  Object.assign(window, Object.fromEntries(names.map(asks)));
});

test.each([
  ['showErrorMessage', tellError],
  ['showWarningMessage', tellWarning],
  ['showInformationMessage', tell],
] as const)('%s gets plain text, and the caller the button as it knows it', async (name, show) => {
  answer = SHOWN;
  expect(await show(LINK, 'other', LINK)).toBe(LINK);
  expect(seen).toEqual([[name, SHOWN, 'other', SHOWN]]);
  answer = undefined;
  expect(await show('text', 'button')).toBeUndefined();
});

test('a button of more than 80 characters is cut, but still recognized', async () => {
  const long = 'x'.repeat(81);
  answer = `${'x'.repeat(79)}…`;
  expect(await tell('text', long)).toBe(long);
  expect(seen[0]).toEqual(['showInformationMessage', 'text', answer]);
  await tell('text', 'x'.repeat(80));
  expect(seen[1]?.[2]).toBe('x'.repeat(80));
});

test('a modal question is confirmed only by its button, which isn’t the one that a held Enter key presses', async () => {
  answer = 'Send';
  expect(await confirm('Send?', ['a', 'x'.repeat(301)], 'Send')).toBe(true);
  const detail = `a\n${'x'.repeat(299)}…`;
  expect(seen).toEqual([['showWarningMessage', 'Send?', { modal: true, detail }, 'No', 'Send']]);
  for (answer of ['No', undefined]) expect(await confirm('Send?', [], 'Send')).toBe(false);
});

test('a failure is shown in a message, and logged with its stack, a line per frame', () => {
  const lines: string[] = [];
  Object.assign(window, { createOutputChannel: () => ({ error: (text: string) => lines.push(text) }) });
  const log = new Log('name');
  tellFailure(new Error('one\ntwo'), log);
  expect(seen).toEqual([['showErrorMessage', 'SSE Counter: one two']]);
  expect(lines[0]).toMatch(/^Error: one two\n {4}at .+$/m);
  expect(
    lines[0]
      ?.split('\n')
      .slice(1)
      .every((line) => line.startsWith('    at ')),
  ).toBe(true);
  tellFailure('a text', log);
  expect([seen[1], lines[1]]).toEqual([['showErrorMessage', 'SSE Counter: a text'], 'a text']);
});

test('a stack has at most 20 frames, and a line 4,000 characters', () => {
  const lines: string[] = [];
  const push = (text: string) => lines.push(text);
  Object.assign(window, { createOutputChannel: () => ({ error: push, info: push, warn: push }) });
  const log = new Log('name');
  const stack = ['Error: a', ...Array.from({ length: 30 }, (_, index) => `    at f${index} (file)`)].join('\n');
  log.error(Object.assign(new Error('a'), { stack }));
  expect(lines[0]?.split('\n')).toHaveLength(21);
  log.info('x'.repeat(4001));
  log.warn('x'.repeat(4000));
  expect([lines[1]?.length, lines[1]?.at(-1), lines[2]?.at(-1)]).toEqual([4000, '…', 'x']);
});

test('the box for a text stays open, and its validation message is plain text', async () => {
  answer = 'given';
  const question = { title: LINK, prompt: LINK, placeHolder: LINK };
  expect(await askForText({ ...question, problemOf: (text) => (text === 'bad' ? LINK : undefined) })).toBe('given');
  const [, options] = seen[0] as [string, { validateInput(text: string): Promise<string | undefined> }];
  expect(options).toMatchObject({
    title: SHOWN,
    prompt: SHOWN,
    placeHolder: SHOWN,
    value: '',
    password: false,
    ignoreFocusOut: true,
  });
  expect(await options.validateInput('bad')).toBe(SHOWN);
  expect(await options.validateInput('good')).toBeUndefined();
  await askForText({ ...question, value: 'before', password: true, problemOf: async () => undefined });
  expect(seen[1]?.[1]).toMatchObject({ value: 'before', password: true });
});

test('a list returns the original item, and shows its texts plain', async () => {
  const items = [{ label: 'a' }, { label: LINK, description: LINK, detail: LINK, more: 5 }];
  Object.assign(window, {
    showQuickPick: async (shown: unknown[], options: unknown) => {
      seen.push([shown, options]);
      return shown[1];
    },
  });
  expect(await pickOne(items, { title: LINK, placeHolder: LINK })).toBe(items[1]);
  expect(seen[0]).toEqual([
    [
      { label: 'a', item: items[0] },
      { label: SHOWN, description: SHOWN, detail: SHOWN, item: items[1] },
    ],
    { title: SHOWN, placeHolder: SHOWN, matchOnDescription: true, matchOnDetail: true },
  ]);
  await pickOne(items, { stays: true });
  expect(seen[1]?.[1]).toMatchObject({ ignoreFocusOut: true });
  Object.assign(window, { showQuickPick: async () => undefined });
  expect(await pickOne(items, {})).toBeUndefined();
});

test('progress is shown in a notification that can be cancelled', async () => {
  const reports: unknown[] = [];
  const token = {} as CancellationToken;
  Object.assign(window, {
    withProgress: (options: unknown, work: (progress: object, token: object) => unknown) => {
      seen.push([options]);
      return work({ report: (step: unknown) => reports.push(step) }, token);
    },
  });
  const result = await withProgress(LINK, async (report, given) => {
    expect(given).toBe(token);
    report(5, LINK);
    return 7;
  });
  expect(result).toBe(7);
  expect(seen[0]).toEqual([{ location: 15, title: SHOWN, cancellable: true }]);
  expect(reports).toEqual([{ increment: 5, message: SHOWN }]);
});

test('the status bar shows a message for 3 s', () => {
  Object.assign(window, { setStatusBarMessage: (...args: unknown[]) => seen.push(args) });
  tellBriefly('x'.repeat(301));
  expect(seen).toEqual([[`${'x'.repeat(299)}…`, 3000]]);
});
