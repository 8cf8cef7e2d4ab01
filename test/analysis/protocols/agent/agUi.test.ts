import { expect, test } from 'vitest';
import { resultsOfJson } from '../../../support/protocols/reading';

const run = { type: 'RUN_STARTED', threadId: 't', runId: 'r' };
const finished = (more = {}) => ({ type: 'RUN_FINISHED', threadId: 't', runId: 'r', ...more });
const patch = (...delta: object[]) => ({ type: 'STATE_DELTA', delta });
const snapshot = (value: unknown) => ({ type: 'STATE_SNAPSHOT', snapshot: value });
const stateOf = (...events: object[]) => {
  const [result] = resultsOfJson(run, ...events, finished());
  return [result?.items[0]?.arguments, result?.problems.map(({ code }) => code)];
};

test('messages and calls that interleave are told apart by their ids', () => {
  const [result] = resultsOfJson(
    run,
    { type: 'TEXT_MESSAGE_START', messageId: 'm', role: 'assistant' },
    { type: 'TOOL_CALL_START', toolCallId: 'k', toolCallName: 'moon', parentMessageId: null },
    { type: 'TEXT_MESSAGE_CONTENT', messageId: 'm', delta: 'Ne' },
    { type: 'TOOL_CALL_ARGS', toolCallId: 'k', delta: '{"d":' },
    { type: 'TEXT_MESSAGE_CONTENT', messageId: 'm', delta: 'ap' },
    { type: 'TOOL_CALL_ARGS', toolCallId: 'k', delta: '3}' },
    { type: 'TOOL_CALL_END', toolCallId: 'k' },
    { type: 'TOOL_CALL_RESULT', messageId: 'n', toolCallId: 'k', content: 'new' },
    finished(),
  );
  expect(result).toMatchObject({
    items: [
      { kind: 'text', text: 'Neap', id: 'm' },
      { kind: 'tool', name: 'moon', id: 'k', arguments: { d: 3 }, text: 'new' },
    ],
    problems: [],
  });
});

test('chunks have their id only at first', () => {
  const [result] = resultsOfJson(
    run,
    ...[
      { type: 'TEXT_MESSAGE_CHUNK', messageId: 'm', delta: 'a' },
      { type: 'TEXT_MESSAGE_CHUNK', delta: 'b' },
    ],
    ...[
      { type: 'TEXT_MESSAGE_CHUNK', messageId: 'n', delta: 'x' },
      { type: 'TEXT_MESSAGE_CHUNK', messageId: null, delta: 'y' },
    ],
    ...[
      { type: 'TOOL_CALL_CHUNK', toolCallId: 'k', toolCallName: 'moon' },
      { type: 'TOOL_CALL_CHUNK', delta: '{}' },
    ],
    finished(),
  );
  expect(result?.items.map(({ id, text, arguments: its }) => [id, text ?? its])).toEqual([
    ['m', 'ab'],
    ['n', 'xy'],
    ['k', {}],
  ]);
});

test('reasoning is kept apart, also that of older servers', () => {
  const [result] = resultsOfJson(
    run,
    { type: 'REASONING_MESSAGE_CONTENT', messageId: 'm', delta: 'hm' },
    { type: 'THINKING_TEXT_MESSAGE_CONTENT', delta: 'so' },
    finished(),
  );
  expect(result?.items).toMatchObject([
    { kind: 'reasoning', text: 'hm' },
    { kind: 'reasoning', text: 'so' },
  ]);
});

test.each<[string, object[], unknown]>([
  ['adds', [{ op: 'add', path: '/b', value: 2 }], { a: [1], b: 2 }],
  [
    'inserts into lists',
    [
      { op: 'add', path: '/a/0', value: 0 },
      { op: 'add', path: '/a/-', value: 2 },
    ],
    { a: [0, 1, 2] },
  ],
  ['removes', [{ op: 'remove', path: '/a/0' }], { a: [] }],
  ['replaces the whole', [{ op: 'replace', path: '', value: 5 }], 5],
  ['moves', [{ op: 'move', from: '/a/0', path: '/b' }], { a: [], b: 1 }],
  [
    'copies',
    [
      { op: 'copy', from: '/a', path: '/b' },
      { op: 'add', path: '/b/-', value: 2 },
    ],
    { a: [1], b: [1, 2] },
  ],
  [
    'tests',
    [
      { op: 'test', path: '/a', value: [1] },
      { op: 'add', path: '/~1~0', value: 1 },
    ],
    { 'a': [1], '/~': 1 },
  ],
])('a patch %s', (_, operations, expected) => {
  expect(stateOf(snapshot({ a: [1] }), patch(...operations))).toEqual([expected, []]);
});

test.each<[string, object]>([
  ['nothing is there', { op: 'replace', path: '/b', value: 1 }],
  ['an index is too large', { op: 'add', path: '/a/9', value: 1 }],
  ['a test fails', { op: 'test', path: '/a', value: [2] }],
  ['its operation is unknown', { op: 'turn', path: '/a' }],
  ['it would move a value into itself', { op: 'move', from: '/a', path: '/a/0' }],
  ['its pointer is none', { op: 'add', path: 'a', value: 1 }],
])('a patch fails, and the document stays, if %s', (_, operation) => {
  expect(stateOf(snapshot({ a: [1] }), patch(operation))).toEqual([{ a: [1] }, ['patch']]);
});

test('names such as __proto__ are names', () => {
  const [state, problems] = stateOf(
    snapshot({}),
    patch({ op: 'add', path: '/__proto__', value: { x: 1 } }, { op: 'add', path: '/constructor', value: 2 }),
  );
  expect([JSON.stringify(state), problems]).toEqual(['{"__proto__":{"x":1},"constructor":2}', []]);
  expect(stateOf(snapshot({}), patch({ op: 'add', path: '/__proto__/x', value: 1 }))).toEqual([{}, ['patch']]);
  expect({}).not.toHaveProperty('x');
});

test('an activity is replaced, or left if that is asked for, and patched', () => {
  const activity = (content: object, more = {}) => ({
    type: 'ACTIVITY_SNAPSHOT',
    messageId: 'm',
    activityType: 'PLAN',
    content,
    ...more,
  });
  const [result] = resultsOfJson(
    run,
    activity({ a: 1 }),
    activity({ a: 2 }, { replace: false }),
    { type: 'ACTIVITY_DELTA', messageId: 'm', activityType: 'PLAN', patch: [{ op: 'add', path: '/b', value: 3 }] },
    finished(),
  );
  expect(result?.items).toMatchObject([{ kind: 'document', name: 'PLAN', id: 'm', arguments: { a: 1, b: 3 } }]);
});

test('a run says its outcome and its usage, of all models', () => {
  const usage = [
    { model: 'a', inputTokens: 1, outputTokens: 2, totalTokens: 3 },
    { model: 'b', inputTokens: 10, outputTokens: 20, reasoningTokens: 5, cachedInputTokens: null },
  ];
  expect(resultsOfJson(run, finished({ outcome: { type: 'interrupt' }, usage }))).toMatchObject([
    { stop: 'interrupt', model: 'b', usage: { input: 11, output: 22, total: 3, reasoning: 5 }, complete: true },
  ]);
});

test('an error ends a run, another one is another result, and one that begins too early a problem', () => {
  const error = { type: 'RUN_ERROR', message: 'Overloaded', code: 'busy' };
  expect(resultsOfJson(run, error, run, { ...run, runId: 's' }, finished())).toMatchObject([
    {
      items: [{ kind: 'error', name: 'busy', text: 'Overloaded' }],
      complete: true,
      problems: [{ code: 'error', event: 2 }],
    },
    {
      complete: false,
      problems: [
        { code: 'restarted', event: 4 },
        { code: 'unfinished', event: 3 },
      ],
    },
    { complete: true },
  ]);
});
