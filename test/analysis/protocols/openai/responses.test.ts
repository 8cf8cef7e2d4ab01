// How servers of Responses deviate, each with an invented stream.
import { expect, test } from 'vitest';
import { resultsOfJson } from '../../../support/protocols/reading';

const created = (id = 'r1', more = {}) => ({
  type: 'response.created',
  response: { id, status: 'in_progress', output: [] },
  ...more,
});
const completed = (output: object[] = [], more = {}) => ({
  type: 'response.completed',
  response: { id: 'r1', status: 'completed', output, ...more },
});
const textDelta = (delta: string, more: object = { output_index: 0 }) => ({
  type: 'response.output_text.delta',
  content_index: 0,
  delta,
  ...more,
});
const added = (output_index: number, item: object) => ({ type: 'response.output_item.added', output_index, item });
const message = (id: string, text: string) => ({ id, type: 'message', content: [{ type: 'output_text', text }] });

test('ids that rotate with each event don’t matter where an index is given', () => {
  const result = resultsOfJson(
    created('x1'),
    added(0, { id: 'a', type: 'message', content: [] }),
    textDelta('Ne', { output_index: 0, item_id: 'b' }),
    textDelta('ap', { output_index: 0, item_id: 'c' }),
    added(1, { id: 'd', type: 'function_call', call_id: 'k', name: 'moon', arguments: '' }),
    { type: 'response.function_call_arguments.delta', output_index: 1, item_id: 'e', delta: '{"d":3}' },
    completed(
      [message('f', 'Neap'), { id: 'g', type: 'function_call', call_id: 'k', name: 'moon', arguments: '{"d":3}' }],
      { id: 'x9' },
    ),
  );
  expect(result).toMatchObject([
    {
      items: [
        { kind: 'text', text: 'Neap' },
        { kind: 'tool', id: 'k', arguments: { d: 3 } },
      ],
      complete: true,
      problems: [],
    },
  ]);
  expect(result[0]?.items).toHaveLength(2);
});

test('without indexes and numbers, ids of items lead, and a call is named by its own id', () => {
  const [result, ...others] = resultsOfJson(
    created(),
    { type: 'response.output_item.added', item: { id: 'rs', type: 'reasoning', summary: [] } },
    { type: 'response.reasoning_text.delta', item_id: 'rs', delta: 'hm' },
    { type: 'response.output_item.added', item: { id: 'm', type: 'message', content: [] } },
    textDelta('Ebb', { item_id: 'm' }),
    { type: 'response.output_item.added', item: { type: 'function_call', call_id: 'k1', name: 'moon', arguments: '' } },
    { type: 'response.output_item.added', item: { type: 'function_call', call_id: 'k2', name: 'tide', arguments: '' } },
    { type: 'response.function_call_arguments.delta', item_id: 'fc_k1', delta: '{"d":1}' },
    { type: 'response.function_call_arguments.delta', item_id: 'fc_k2', delta: '{"d":2}' },
    completed([
      message('m', 'Ebb'),
      { type: 'function_call', call_id: 'k1', name: 'moon', arguments: '{"d":1}' },
      { type: 'function_call', call_id: 'k2', name: 'tide', arguments: '{"d":2}' },
    ]),
  );
  expect(others).toEqual([]);
  expect(result?.items.map(({ kind, text, name, arguments: its }) => [kind, text ?? name, its])).toEqual([
    ['reasoning', 'hm', undefined],
    ['text', 'Ebb', undefined],
    ['tool', 'moon', { d: 1 }],
    ['tool', 'tide', { d: 2 }],
  ]);
});

test('a stream may begin in the middle, without events that add items, and end with [DONE]', () => {
  expect(resultsOfJson(textDelta('Ne'), textDelta('ap'), completed([message('m', 'Neap')]), '[DONE]')).toMatchObject([
    { protocol: 'openai-responses', items: [{ text: 'Neap', events: [1, 3] }], complete: true, problems: [] },
  ]);
});

test('arguments may come only when they are done', () => {
  const [result] = resultsOfJson(
    created(),
    added(0, { id: 'f', type: 'function_call', call_id: 'k', name: 'moon', arguments: '' }),
    { type: 'response.function_call_arguments.done', output_index: 0, arguments: '{"d":3}' },
    completed(),
  );
  expect(result?.items).toEqual([{ kind: 'tool', name: 'moon', id: 'k', arguments: { d: 3 }, events: [2, 3] }]);
});

test('the final response replaces what came in pieces', () => {
  const [result] = resultsOfJson(created(), textDelta('Nip'), completed([message('m', 'Neap')]));
  expect(result?.items).toMatchObject([{ text: 'Neap' }]);
});

test('summaries of reasoning are one item each', () => {
  const piece = (summary_index: number, delta: string) => ({
    type: 'response.reasoning_summary_text.delta',
    output_index: 0,
    summary_index,
    delta,
  });
  const [result] = resultsOfJson(
    created(),
    added(0, { id: 'rs', type: 'reasoning', summary: [] }),
    ...[piece(0, 'Ask '), piece(0, 'it.'), piece(1, 'Then.')],
    completed([
      {
        id: 'rs',
        type: 'reasoning',
        summary: [
          { type: 'summary_text', text: 'Ask it.' },
          { type: 'summary_text', text: 'Then.' },
        ],
      },
    ]),
  );
  expect(result?.items).toMatchObject([
    { kind: 'reasoning', text: 'Ask it.' },
    { kind: 'reasoning', text: 'Then.' },
  ]);
});

test('a refusal, custom input and a search of the server are items', () => {
  const [result] = resultsOfJson(
    created(),
    { type: 'response.refusal.delta', output_index: 0, content_index: 0, delta: 'No.' },
    added(1, { id: 'c', type: 'custom_tool_call', call_id: 'k', name: 'sql', input: '' }),
    { type: 'response.custom_tool_call_input.delta', output_index: 1, delta: 'SELECT 1' },
    added(2, { id: 'w', type: 'web_search_call', status: 'in_progress' }),
    { type: 'response.web_search_call.completed', output_index: 2, item_id: 'w' },
    {
      type: 'response.output_item.done',
      output_index: 2,
      item: { id: 'w', type: 'web_search_call', action: { query: 'tide' } },
    },
    completed(),
  );
  expect(result?.items).toMatchObject([
    { kind: 'text', name: 'refusal', text: 'No.' },
    { kind: 'tool', name: 'sql', arguments: 'SELECT 1' },
    { kind: 'tool', name: 'web_search_call', arguments: { query: 'tide' }, events: [5, 7] },
  ]);
  expect(result?.problems).toEqual([]);
});

test.each([
  ['flat', { type: 'error', code: 'server_error', message: 'Overloaded' }],
  ['nested', { type: 'error', error: { type: 'server_error', code: 'server_error', message: 'Overloaded' } }],
])('a %s error, told again by the response that failed, is one', (_, error) => {
  const failed = {
    type: 'response.failed',
    response: { id: 'r1', status: 'failed', error: { code: 'server_error', message: 'Overloaded' } },
  };
  const [result] = resultsOfJson(created(), error, failed);
  expect(result?.items).toEqual([{ kind: 'error', name: 'server_error', text: 'Overloaded', events: [2, 2] }]);
  expect(result).toMatchObject({ stop: 'failed', complete: true, problems: [{ code: 'error', event: 2 }] });
});

test('an incomplete response says why', () => {
  const incomplete = {
    type: 'response.incomplete',
    response: { id: 'r1', status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } },
  };
  expect(resultsOfJson(created(), textDelta('a'), incomplete)).toMatchObject([
    { stop: 'max_output_tokens', complete: true },
  ]);
});

test('numbers tell of lost events, and of those that came before', () => {
  const numbered = (number: number, delta: string) => textDelta(delta, { output_index: 0, sequence_number: number });
  const [result] = resultsOfJson(
    created('r1', { sequence_number: 0 }),
    ...[numbered(1, 'a'), numbered(2, 'b'), numbered(1, 'a'), numbered(2, 'b'), numbered(5, 'c')],
  );
  expect(result?.items).toMatchObject([{ text: 'abc' }]);
  expect(result?.problems).toEqual([
    { code: 'lost', event: 6 },
    { code: 'unfinished', event: 6 },
  ]);
});

test('a server that numbers each event 0 loses none', () => {
  const numbered = (delta: string) => textDelta(delta, { output_index: 0, sequence_number: 0 });
  expect(resultsOfJson(numbered('a'), numbered('b'))[0]?.items).toMatchObject([{ text: 'ab' }]);
});

test('another response that is created is another result', () => {
  const results = resultsOfJson(
    created('r1', { sequence_number: 0 }),
    textDelta('a'),
    completed(),
    created('r2', { sequence_number: 0 }),
    textDelta('b'),
  );
  expect(results).toMatchObject([
    { items: [{ text: 'a' }], complete: true },
    { items: [{ text: 'b' }], complete: false },
  ]);
});

test('a response that a resumed stream creates again goes on', () => {
  expect(resultsOfJson(created(), textDelta('a'), created(), textDelta('b'))).toMatchObject([
    { items: [{ text: 'ab' }] },
  ]);
});
