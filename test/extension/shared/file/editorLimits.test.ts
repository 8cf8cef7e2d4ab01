// Texts that an editor opens without a hang. The times of those that hang were measured in VS Code 1.139.
import { expect, test } from 'vitest';
import {
  type EditorLimits,
  editorProblem,
  isHighlighted,
  READ,
  SENT,
} from '../../../../src/extension/shared/file/editorLimits';
import { Turns } from '../../../../src/turns/turns';
import * as hostile from '../../../support/page/hostileServer';

const problemOf = (text: string, limits: EditorLimits) => editorProblem(text, limits, new Turns());
const inLines = (line: string, count: number) => `${line}\n`.repeat(count);

const ENGLISH = 'The quick brown fox, it is said, jumps over the lazy dog (and back again). "Why?" he asked. ';
const JAPANESE = '日本語の文章です。「なぜ」と聞かれたら、APIの仕様だから、と答えます。';
const item = (at: number) => ({
  id: at,
  name: `Item ${at}`,
  price: at * 1.25,
  tags: ['a', 'b'],
  at: '2026-11-26T10:57:36Z',
});
const items = (count: number) => Array.from({ length: count }, (_, at) => item(at));
const answer = (size: number) => ({
  id: 'resp_0a1B2c3D4e5F',
  object: 'response',
  output: [{ type: 'message', content: [{ type: 'output_text', text: `${ENGLISH}\n`.repeat(size / ENGLISH.length) }] }],
  usage: { input_tokens: 10, output_tokens: 99 },
});
const SCRIPT = `// A comment, isn't it?
export function greet(names, { loud = false } = {}) {
  const pattern = /[(]|\\}/g;
  for (const name of names.filter((one) => !pattern.test(one)))
    console.log(\`Hello, \${loud ? name.toUpperCase() : name}! :)\`);
  return { greeted: names.length, list: [...names], open: '([{' };
}
`;
const MARKDOWN = `# Notes :)

1) See [the docs](https://example.com/docs#a-(b)) and [more][1] ;-)
- \`const a = [1, 2, {b: 3}]\` :(

| a | b |
|---|---|
| 5" | (x |
`;

/** Texts that people open, and whether they are highlighted as JSON. */
const OPENED: [name: string, text: string, isColored?: boolean][] = [
  ['a log with colors', '\u001b[32mok\u001b[0m all is well\n'.repeat(120), false],
  ['a numbered list', Array.from({ length: 1200 }, (_, n) => `${n + 1}) a step\n`).join(''), false],
  ['500 KB of JSON in lines', JSON.stringify(items(2500), undefined, 2), true],
  ['JSON with tabs', JSON.stringify(items(1000), undefined, '\t'), true],
  ['an answer of 20 KB in a line', JSON.stringify(answer(19_000)), true],
  ['an answer of 900 KB in a line', JSON.stringify(answer(900_000)), true],
  ['JSON of 5 KB in a line', JSON.stringify(items(50)), true],
  ['JSON of 19 KB in a line', JSON.stringify(items(180)), false],
  ['JSON of 200 KB in a line', JSON.stringify(items(1800)), true],
  [
    'a vector in a line',
    JSON.stringify(Array.from({ length: 1536 }, (_, at) => Number(Math.sin(at).toFixed(4)))),
    false,
  ],
  [
    'lines of JSON',
    items(2000)
      .map((one) => JSON.stringify(one))
      .join('\n'),
  ],
  [
    'a log',
    inLines('2026-11-26T10:57:36.123Z INFO [main] server.ts:12 GET /event?since=1 -> 200 (12 ms) {"a":1}', 3000),
  ],
  ['English', inLines(ENGLISH.repeat(6), 1500)],
  ['English in one line', ENGLISH.repeat(10_000)],
  ['Japanese', inLines(JAPANESE.repeat(5), 2000)],
  ['Japanese in one line', JAPANESE.repeat(8000)],
  ['Arabic', inLines('\u0645\u0631\u062d\u0628\u0627 '.repeat(20), 500)],
  ['Markdown', MARKDOWN.repeat(30)],
  ['a script', SCRIPT.repeat(30)],
  [
    'a picture as base64',
    Buffer.from(Array.from({ length: 90_000 }, (_, at) => (at * at * 7919) >> 5)).toString('base64'),
  ],
];

test.each(OPENED)('an editor opens texts that people open: %s', async (_, text, isColored) => {
  expect(await problemOf(text, SENT)).toBe(undefined);
  if (isColored !== undefined) expect(await isHighlighted(text, new Turns())).toBe(isColored);
});

test.each(OPENED)('an editor also opens them as files, as an event of a recording: %s', async (_, text, isColored) => {
  if (isColored !== false)
    expect(await problemOf(`event: a\n${text.replace(/^/gm, 'data: ')}\n\n`, READ)).toBe(undefined);
});

/** Texts that take an editor more than a second, in any language. */
const HANGING: [name: string, text: string][] = [
  ['1.5 s to select: tabs behind a letter', inLines(`x${'\t'.repeat(3000)}`, 49)],
  ['3.8 s to select: blanks behind a letter', inLines(`x${' '.repeat(9990)}`, 49)],
  ['1.9 s to select: single blanks', inLines('a '.repeat(4990), 48)],
  ['9.4 s at a click: brackets that close nothing', `x${')'.repeat(9900)}\n${')'.repeat(9900)}\n`],
  ['the same behind brackets that are left behind', inLines(`${'('.repeat(50)}]`, 99) + inLines('([)]', 501)],
  ['1.3 s: letters and digits in turn', `[\n${inLines('a1'.repeat(1000), 48)}1]`],
  ['1.1 s at a click: brackets in strings', `${'["]",'.repeat(3300)}0${']'.repeat(3300)}`],
  ['references as escapes', `{${'"\\u0024ref":"#",'.repeat(5001)}"a":1}`],
  ['references as other escapes', `{${'"$\\u0072\\u0065\\U0066":"#",'.repeat(5001)}"a":1}`],
];

test.each(HANGING)('an editor isn’t given a text that takes it %s', async (_, text) => {
  expect(await problemOf(text, SENT)).toMatch(/cost|brackets|decorated/);
  expect(await problemOf(`data: ${text.replaceAll('\n', '\ndata: ')}\n\n`, READ)).toMatch(/cost|brackets|decorated/);
});

test.each(Object.entries(hostile.OPENED))('an editor is given a text just below the limits: %s', async (_, text) => {
  expect(await problemOf(text, SENT)).toBe(undefined);
});

test.each(Object.entries(hostile.REFUSED))(
  'an editor isn’t given a text just above the limits: %s',
  async (_, text) => {
    expect(await problemOf(text, SENT)).toBe('cost');
  },
);

/** Texts that take that long only because of their highlighting. */
const COLORED: [name: string, text: string][] = [
  ['5.9 s at a click: numbers', `[${'1,'.repeat(4900)}1]`],
  ['1.7 s at a click: fewer', `[${'1,'.repeat(2000)}1]`],
  ['1.8 s at a click: empty arrays', `[${'[],'.repeat(2000)}1]`],
  ['1.2 s at a key: brackets of a long line', `[${'[],'.repeat(9000)}1]`],
  [
    '0.6 s: levels and numbers behind what is drawn',
    `[${`"${'x'.repeat(10_000)}",${'['.repeat(95)}${'1,'.repeat(4700)}1${']'.repeat(95)},\n`.repeat(20)}0]`,
  ],
  ['escapes', `["${'\\na'.repeat(2000)}"]`],
  ['broken numbers', `[${'1.5'.repeat(2000)}]`],
  ['a string that is open for lines', `["\n${`"${'1,'.repeat(2000)}"`}]`],
  ['a string within a comment', `[/*"*/\n${`"${'1,'.repeat(2000)}"`}]`],
  ['blanks of JSON', `[${'1 '.repeat(2000)}]`],
];

test.each(COLORED)('an editor is given without highlighting a text that takes it %s', async (_, text) => {
  expect(await isHighlighted(text, new Turns())).toBe(false);
  expect(await problemOf(text, SENT)).toBe(undefined);
  expect(await problemOf(`a\n\ndata: ${text.replaceAll('\n', '\ndata: ')}\n\n`, READ)).toBe('cost');
});

test.each(['\r', '\r\n', '\n'])('an editor ends a line at %j', async (end) => {
  const marks = [`data: ${'x'.repeat(9990)}`, ...Array.from({ length: 60 }, () => `data: a${'\u0301'.repeat(400)}`)];
  expect(await problemOf(marks.join(end), READ)).toBe('cost');
  expect(await problemOf(`x${end}`.repeat(50_000), SENT)).toBe('lines');
  expect(await problemOf(`x${end}`.repeat(49_999), SENT)).toBe(undefined);
});
