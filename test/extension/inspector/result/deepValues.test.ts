// Values of tool calls that are nested deeply: indented, 200 KB of them were 100 MB, at each piece that came.
import { expect, test } from 'vitest';
import type { ResultItem } from '../../../../src/analysis/protocols/model/result';
import { copiedPieces, valueText } from '../../../../src/extension/inspector/result/itemTexts';
import { jsonPieces, markdownPieces } from '../../../../src/extension/inspector/result/resultDocument';

const deep = (count: number, levels = 490) => '['.repeat(levels) + '0,'.repeat(count) + '0'.concat(']'.repeat(levels));
const tool = (value: unknown) => ({ kind: 'tool', name: 'f', arguments: value }) as ResultItem;

test('a value with many members far within is on one line, wherever it is written', () => {
  const json = deep(60_000);
  const item = tool(JSON.parse(json));
  expect(valueText(item)).toBe(json);
  expect([...copiedPieces(item)].join('')).toBe(`{"name":"f","arguments":${json}}`);
  const result = { protocol: 'chat', items: [item] } as never;
  for (const pieces of [jsonPieces, markdownPieces])
    expect([...pieces([result])].join('').length).toBeLessThan(2 * json.length);
});

test('the text of arguments that goes on is never indented to more than 20 times its length', () => {
  for (const levels of [1, 10, 30, 490]) {
    const text = deep(120_000, levels).slice(0, 240_000);
    expect(valueText(tool(text), true)?.length).toBeLessThan(20 * text.length);
  }
});

test('a value that is nested deeply in a few places is still indented', () => {
  const value = { deep: JSON.parse(deep(3)), list: Array.from({ length: 20_000 }, (_, at) => ({ at })) };
  expect(valueText(tool(value))).toBe(JSON.stringify(value, undefined, 2));
  expect(valueText(tool(JSON.parse(deep(5, 100))))).toBe(JSON.stringify(JSON.parse(deep(5, 100)), undefined, 2));
});
