import { expect, test } from 'vitest';
import { resultsOfJson } from '../../../support/protocols/reading';

const start = { type: 'start', messageId: 'm' };
const finish = [{ type: 'finish', finishReason: 'stop' }, '[DONE]'];
const text = (id: string, delta: string) => ({ type: 'text-delta', id, delta });
const tool = (type: string, fields: object) => ({ type: `tool-${type}`, toolCallId: 'k', toolName: 'moon', ...fields });

test('ids that come again in another step are other texts', () => {
  const step = (piece: string) => [
    { type: 'start-step' },
    { type: 'text-start', id: '0' },
    text('0', piece),
    { type: 'text-end', id: '0' },
    { type: 'finish-step' },
  ];
  expect(resultsOfJson(start, ...step('a'), ...step('b'), ...finish)[0]?.items).toMatchObject([
    { text: 'a' },
    { text: 'b' },
  ]);
});

test('a step that is reset loses its parts, and no others', () => {
  const [result] = resultsOfJson(
    start,
    { type: 'start-step' },
    text('0', 'a'),
    { type: 'finish-step' },
    { type: 'start-step' },
    text('0', 'wrong'),
    { type: 'reset-step' },
    text('0', 'b'),
    ...finish,
  );
  expect(result?.items).toMatchObject([{ text: 'a' }, { text: 'b' }]);
});

test('texts and reasoning that interleave are told apart by their ids', () => {
  const [result] = resultsOfJson(
    start,
    text('0', 'a'),
    { type: 'reasoning-delta', id: '0', delta: 'h' },
    text('1', 'x'),
    text('0', 'b'),
    { type: 'reasoning-delta', id: '0', delta: 'm' },
    ...finish,
  );
  expect(result?.items.map(({ kind, text: its }) => [kind, its])).toEqual([
    ['text', 'ab'],
    ['reasoning', 'hm'],
    ['text', 'x'],
  ]);
});

test('input that is available replaces its pieces, and preliminary output is replaced', () => {
  const [result] = resultsOfJson(
    start,
    tool('input-start', {}),
    tool('input-delta', { inputTextDelta: '{"d":' }),
    tool('input-available', { input: { d: 4 } }),
    tool('output-available', { output: { phase: 'wax' }, preliminary: true }),
    tool('output-available', { output: { phase: 'new' } }),
    ...finish,
  );
  expect(result?.items).toEqual([
    { kind: 'tool', name: 'moon', id: 'k', arguments: { d: 4 }, text: '{"phase":"new"}', events: [2, 6] },
  ]);
});

test('input that begins again, as in another step, replaces what came of it', () => {
  const piece = (inputTextDelta: string) => [tool('input-start', {}), tool('input-delta', { inputTextDelta })];
  for (const before of [piece('{"d":'), [tool('input-available', { input: { d: 1 } })]]) {
    const [result] = resultsOfJson(start, ...before, { type: 'start-step' }, ...piece('{"d":2}'), ...finish);
    expect(result).toMatchObject({ items: [{ name: 'moon', arguments: { d: 2 } }], problems: [] });
  }
});

test('a tool that fails is a problem, and the answer goes on', () => {
  const [result] = resultsOfJson(
    start,
    tool('input-available', { input: {} }),
    tool('output-error', { errorText: 'No moon' }),
    text('0', 'a'),
    ...finish,
  );
  expect(result).toMatchObject({
    items: [{ text: 'No moon' }, { text: 'a' }],
    complete: true,
    problems: [{ code: 'toolError', event: 3 }],
  });
});

test('data of the same type and id replace, without an id add up, and transient ones aren’t kept', () => {
  const data = (fields: object) => ({ type: 'data-tide', ...fields });
  const [result] = resultsOfJson(
    start,
    data({ id: '1', data: 1 }),
    data({ id: '1', data: 2 }),
    data({ data: 3 }),
    data({ data: 4, transient: true }),
    ...finish,
  );
  expect(result?.items.map((item) => [item.name, item.arguments])).toEqual([
    ['data-tide', 2],
    ['data-tide', 3],
  ]);
});

test('an error is one, and an abort an end', () => {
  expect(resultsOfJson(start, text('0', 'a'), { type: 'error', errorText: 'Overloaded' })).toMatchObject([
    {
      items: [{ text: 'a' }, { kind: 'error', text: 'Overloaded' }],
      complete: false,
      problems: [{ code: 'error', event: 3 }],
    },
  ]);
  expect(resultsOfJson(start, text('0', 'a'), { type: 'abort', reason: 'user' })).toMatchObject([
    { stop: 'user', complete: true, problems: [] },
  ]);
});

test('another message is another result', () => {
  expect(
    resultsOfJson(start, text('0', 'a'), finish[0], start, text('0', 'b'), ...finish).map(
      ({ items }) => items[0]?.text,
    ),
  ).toEqual(['a', 'b']);
});
