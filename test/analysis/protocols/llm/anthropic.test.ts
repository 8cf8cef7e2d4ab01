// How streams of Anthropic Messages deviate, each with an invented stream.
import { expect, test } from 'vitest';
import { resultsOfJson } from '../../../support/protocols/reading';

const start = (id = 'm1', more = {}) => ({
  type: 'message_start',
  message: { id, type: 'message', model: 'c', content: [], usage: { input_tokens: 8, output_tokens: 1 }, ...more },
});
const block = (index: number, content_block: object) => ({ type: 'content_block_start', index, content_block });
const text = (index: number, piece: string) => ({
  type: 'content_block_delta',
  index,
  delta: { type: 'text_delta', text: piece },
});
const json = (index: number, piece: string) => ({
  type: 'content_block_delta',
  index,
  delta: { type: 'input_json_delta', partial_json: piece },
});
const end = (stop_reason: string, usage: object = { output_tokens: 17 }) => ({
  type: 'message_delta',
  delta: { stop_reason },
  usage,
});
const stop = { type: 'message_stop' };

test('blocks that are open side by side are told apart by their index', () => {
  const [result] = resultsOfJson(
    start(),
    block(0, { type: 'text', text: '' }),
    block(1, { type: 'tool_use', id: 't', name: 'tide' }),
    ...[text(0, 'Ne'), json(1, '{"p"'), text(0, 'ap'), json(1, ':1}')],
    ...[
      { type: 'content_block_stop', index: 0 },
      { type: 'content_block_stop', index: 1 },
    ],
    ...[end('tool_use'), stop],
  );
  expect(result).toMatchObject({
    items: [{ text: 'Neap' }, { name: 'tide', id: 't', arguments: { p: 1 } }],
    problems: [],
  });
});

test('a block goes on from what it begins with, and needs no beginning', () => {
  const [result] = resultsOfJson(
    start(),
    block(0, { type: 'text', text: 'Ne' }),
    text(0, 'ap'),
    text(1, 'Ebb'),
    end('end_turn'),
    stop,
  );
  expect(result?.items).toMatchObject([{ text: 'Neap' }, { text: 'Ebb' }]);
});

test('a block that begins at the index of an earlier one is another block, of each kind', () => {
  const thinking = { type: 'thinking', thinking: '' };
  const thought = (piece: string) => ({
    type: 'content_block_delta',
    index: 0,
    delta: { type: 'thinking_delta', thinking: piece },
  });
  const tool = (id: string) => block(0, { type: 'tool_use', id, name: 'tide' });
  const [result] = resultsOfJson(
    ...[start(), block(0, { type: 'text', text: '' }), text(0, 'Neap')],
    ...[block(0, { type: 'text', text: '' }), text(0, 'Ebb')],
    ...[block(0, thinking), thought('why'), block(0, thinking), thought('how')],
    ...[tool('a'), json(0, '{"p":1}'), tool('b'), json(0, '{"p":2}')],
    ...[end('end_turn'), stop],
  );
  expect(result?.items).toMatchObject([
    ...[{ text: 'Neap' }, { text: 'Ebb' }, { text: 'why' }, { text: 'how' }],
    { id: 'a', arguments: { p: 1 } },
    { id: 'b', arguments: { p: 2 } },
  ]);
});

test('the input of a tool may be there at its beginning, and pieces replace it', () => {
  const [result] = resultsOfJson(
    start(),
    block(0, { type: 'server_tool_use', id: 's', name: 'web_search', input: { query: 'tide' } }),
    json(0, ''),
    block(1, { type: 'tool_use', id: 't', name: 'moon', input: { d: 1 } }),
    json(1, '{"d":2}'),
    ...[end('tool_use'), stop],
  );
  expect(result?.items.map((item) => item.arguments)).toEqual([{ query: 'tide' }, { d: 2 }]);
});

test('the result of a server’s tool is a message, and its fault a problem', () => {
  const content = { type: 'web_search_tool_result_error', error_code: 'max_uses_exceeded' };
  const [result] = resultsOfJson(
    start(),
    block(0, { type: 'web_search_tool_result', tool_use_id: 's', content }),
    end('end_turn'),
    stop,
  );
  expect(result).toMatchObject({
    items: [{ kind: 'message', name: 'web_search_tool_result', id: 's', arguments: content }],
    problems: [{ code: 'toolError', event: 2 }],
  });
});

test('later figures correct earlier ones, and null doesn’t', () => {
  const usage = {
    input_tokens: 15_665,
    output_tokens: 17,
    cache_read_input_tokens: null,
    output_tokens_details: { thinking_tokens: 4 },
  };
  const [result] = resultsOfJson(
    start('m1', { usage: { input_tokens: 2037, cache_read_input_tokens: 5 } }),
    text(0, 'a'),
    end('end_turn', usage),
    stop,
  );
  expect(result?.usage).toEqual({ input: 15_665, output: 17, cached: 5, reasoning: 4 });
});

test('a beginning that a proxy doubles is ignored', () => {
  expect(resultsOfJson(start(), start(), text(0, 'a'), end('end_turn'), stop)).toMatchObject([
    { items: [{ text: 'a' }], problems: [] },
  ]);
});

test('another message that begins before the end is another result, and a problem', () => {
  expect(resultsOfJson(start(), text(0, 'a'), start('m2'), text(0, 'b'), end('end_turn'), stop)).toMatchObject([
    {
      items: [{ text: 'a' }],
      complete: false,
      problems: [
        { code: 'restarted', event: 3 },
        { code: 'unfinished', event: 2 },
      ],
    },
    { items: [{ text: 'b' }], complete: true, problems: [] },
  ]);
});

test('an error ends the message', () => {
  const error = { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } };
  expect(resultsOfJson(start(), text(0, 'a'), { type: 'ping' }, error)).toMatchObject([
    {
      items: [{ text: 'a' }, { kind: 'error', name: 'overloaded_error', text: 'Overloaded', events: [4, 4] }],
      complete: false,
      problems: [{ code: 'error', event: 4 }],
    },
  ]);
});

test('unknown events, blocks and deltas are passed over', () => {
  const [result] = resultsOfJson(
    start(),
    block(0, { type: 'hologram' }),
    { type: 'content_block_delta', index: 0, delta: { type: 'x_delta', x: 1 } },
    { type: 'message_pause' },
    text(1, 'a'),
    end('end_turn'),
    stop,
  );
  expect(result).toMatchObject({ items: [{ text: 'a' }], complete: true, problems: [] });
});

test('arguments that are cut off are a problem', () => {
  const [result] = resultsOfJson(
    start(),
    block(0, { type: 'tool_use', id: 't', name: 'moon', input: {} }),
    json(0, '{"d": '),
    end('max_tokens'),
    stop,
  );
  expect(result).toMatchObject({
    items: [{ arguments: '{"d": ' }],
    stop: 'max_tokens',
    problems: [{ code: 'arguments', event: 3 }],
  });
});

test('completions of old are added up', () => {
  const piece = (completion: string, stop_reason: string | null = null) => ({
    type: 'completion',
    completion,
    stop_reason,
    model: 'c',
  });
  expect(resultsOfJson(piece('Ne'), piece('ap'), piece('', 'stop_sequence'))).toMatchObject([
    { protocol: 'anthropic', items: [{ text: 'Neap' }], stop: 'stop_sequence', complete: true, problems: [] },
  ]);
});
