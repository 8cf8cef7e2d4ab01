// How servers of Chat Completions deviate, each with an invented stream.
import { describe, expect, test } from 'vitest';
import { eventsOf, read, resultsOf, resultsOfJson, streamOfJson } from '../../../support/protocols/reading';

/** Returns a chunk with a delta. */
const delta = (fields: object, more: object = {}, choice: object = {}) => ({
  id: 'c1',
  object: 'chat.completion.chunk',
  choices: [{ index: 0, delta: fields, finish_reason: null, ...choice }],
  ...more,
});
const stop = (reason = 'stop', more: object = {}) => delta({}, more, { finish_reason: reason });
const tools = (...calls: object[]) => delta({ tool_calls: calls });
/** Returns the result of chunks that end as they should. */
const ended = (...chunks: unknown[]) => {
  const [result, ...others] = resultsOfJson(...chunks, stop(), '[DONE]');
  expect(others).toEqual([]);
  if (!result) throw new Error('There is a result.');
  expect(result.problems).toEqual([]);
  return result;
};
const texts = ({ items }: { items: { kind: string; text?: string }[] }) => items.map(({ kind, text }) => [kind, text]);
const calls = ({ items }: ReturnType<typeof ended>) => items.map(({ name, id, arguments: its }) => [name, id, its]);

describe('tool calls', () => {
  test('that interleave are told apart by their index', () => {
    const result = ended(
      tools({ index: 0, id: 'a', function: { name: 'tide', arguments: '{"p"' } }),
      tools({ index: 1, id: 'b', function: { name: 'moon', arguments: '{"d"' } }),
      tools({ index: 0, function: { arguments: ':1}' } }, { index: 1, function: { arguments: ':2}' } }),
    );
    expect(calls(result)).toEqual([
      ['tide', 'a', { p: 1 }],
      ['moon', 'b', { d: 2 }],
    ]);
  });

  test('keep one call where ids rotate', () => {
    const result = ended(
      tools({ index: 0, id: 'a1', function: { name: 'tide', arguments: '{"p"' } }),
      tools({ index: 0, id: 'a2', function: { name: 'tide', arguments: ':' } }),
      tools({ index: 0, id: 'a3', function: { arguments: '1}' } }),
    );
    expect(calls(result)).toEqual([['tide', 'a1', { p: 1 }]]);
  });

  test('of two names are two calls, though all have the index 0 and the first has no arguments', () => {
    const result = ended(
      tools({ index: 0, id: 'a', function: { name: 'tide', arguments: '' } }),
      tools({ index: 0, id: 'b', function: { name: 'moon', arguments: '' } }),
    );
    expect(calls(result)).toEqual([
      ['tide', 'a', {}],
      ['moon', 'b', {}],
    ]);
  });

  test('keep one call where later ids are empty, and names are missing', () => {
    const result = ended(
      tools({ index: 0, id: 'a', function: { name: 'tide', arguments: '' } }),
      tools({ index: 0, id: '', function: { name: null, arguments: '{"p":' } }),
      tools({ id: '', function: { arguments: '1}' } }),
    );
    expect(calls(result)).toEqual([['tide', 'a', { p: 1 }]]);
  });

  test('without an index are told apart by their id, and go on with the latest', () => {
    const result = ended(
      tools({ id: 'a', function: { name: 'tide', arguments: '{"p"' } }),
      tools({ function: { arguments: ':1}' } }),
      tools({ id: 'b', function: { name: 'moon', arguments: '{}' } }),
      tools({ id: 'a', function: { arguments: ' ' } }),
    );
    expect(calls(result)).toEqual([
      ['tide', 'a', { p: 1 }],
      ['moon', 'b', {}],
    ]);
  });

  test('that come whole, all at one index, are several', () => {
    const result = ended(
      tools({ index: 0, id: 'a', function: { name: 'tide', arguments: '{"p":1}' } }),
      tools({ index: 0, id: 'b', function: { name: 'moon', arguments: '{"d":2}' } }),
    );
    expect(calls(result).map(([name]) => name)).toEqual(['tide', 'moon']);
  });

  test('may have arguments as an object, and the text null as their id', () => {
    expect(calls(ended(tools({ id: 'null', function: { name: 'tide', arguments: { p: 1 } } })))).toEqual([
      ['tide', undefined, { p: 1 }],
    ]);
  });

  test('may get their name behind the first arguments', () => {
    const result = ended(
      tools({ index: 0, id: 'a', function: { arguments: '{' } }),
      tools({ index: 0, function: { name: 'tide', arguments: '}' } }),
    );
    expect(calls(result)).toEqual([['tide', 'a', {}]]);
  });

  test('without any arguments have none', () => {
    expect(calls(ended(tools({ index: 0, id: 'a', function: { name: 'now', arguments: '' } })))).toEqual([
      ['now', 'a', {}],
    ]);
  });

  test('of the old kind, and custom ones, whose input is no JSON', () => {
    expect(
      calls(
        ended(
          delta({ function_call: { name: 'tide', arguments: '{"p":' } }),
          delta({ function_call: { arguments: '1}' } }),
        ),
      ),
    ).toEqual([['tide', undefined, { p: 1 }]]);
    expect(
      calls(
        ended(
          tools({ index: 0, id: 'a', type: 'custom', custom: { name: 'sql', input: 'SELECT ' } }),
          tools({ index: 0, custom: { input: '1' } }),
        ),
      ),
    ).toEqual([['sql', 'a', 'SELECT 1']]);
  });

  test('whose arguments are cut off keep them as text, with a problem', () => {
    const [result] = resultsOfJson(
      tools({ index: 0, id: 'a', function: { name: 'tide', arguments: '{"p":' } }),
      stop('length'),
      '[DONE]',
    );
    expect(result).toMatchObject({ stop: 'length', complete: true, problems: [{ code: 'arguments', event: 1 }] });
    expect(result?.items[0]?.arguments).toBe('{"p":');
  });

  test('an empty list beside the text is nothing', () => {
    expect(texts(ended(delta({ content: 'a', tool_calls: [] })))).toEqual([['text', 'a']]);
  });
});

describe('text and reasoning', () => {
  test.each([
    ['DeepSeek', { reasoning_content: 'hm', content: null }],
    [
      'OpenRouter',
      { reasoning: 'hm', reasoning_details: [{ type: 'reasoning.text', text: 'hm', index: 0 }], content: '' },
    ],
    ['vLLM, for a time', { reasoning: 'hm', reasoning_content: 'hm' }],
    [
      'a list alone',
      {
        reasoning_details: [
          { type: 'reasoning.summary', summary: 'hm' },
          { type: 'reasoning.encrypted', data: 'x' },
        ],
      },
    ],
    ['Mistral', { content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'hm' }] }] }],
  ])('reasoning is said once (%s)', (_, fields) => {
    expect(texts(ended(delta(fields), delta({ content: 'Ebb' })))).toEqual([
      ['reasoning', 'hm'],
      ['text', 'Ebb'],
    ]);
  });

  test('content may be a list of parts', () => {
    const parts = [
      { type: 'text', text: 'Eb' },
      { type: 'reference', reference_ids: [1] },
      { type: 'text', text: 'b' },
    ];
    expect(texts(ended(delta({ content: parts })))).toEqual([['text', 'Ebb']]);
  });

  test('a message so far beside the delta isn’t added, and its server needs no [DONE]', () => {
    const perplexity = (content: string, so: string, choice = {}) =>
      delta({ content }, { citations: [] }, { message: { role: 'assistant', content: so }, ...choice });
    const [result] = resultsOfJson(perplexity('Ne', 'Ne'), perplexity('ap', 'Neap', { finish_reason: 'stop' }));
    expect(result).toMatchObject({ items: [{ text: 'Neap' }], complete: true, problems: [] });
  });

  test('choices that interleave are texts of their own', () => {
    const [result] = resultsOfJson(
      delta({ content: 'a' }),
      delta({ content: 'x' }, {}, { index: 1 }),
      delta({ content: 'b' }),
      delta({ content: 'y' }, {}, { index: 1, finish_reason: 'length' }),
      stop(),
      '[DONE]',
    );
    expect(result).toMatchObject({
      items: [
        { text: 'ab', events: [1, 3] },
        { text: 'xy', id: '1', events: [2, 4] },
      ],
      stop: 'stop',
    });
  });

  test('a refusal, and what is spoken, are texts with a name', () => {
    const result = ended(delta({ refusal: 'No' }), delta({ refusal: '.' }), delta({ audio: { transcript: 'Ebb' } }));
    expect(result.items).toMatchObject([
      { kind: 'text', name: 'refusal', text: 'No.' },
      { kind: 'text', name: 'audio', text: 'Ebb' },
    ]);
  });

  test('legacy completions are added up', () => {
    const piece = (text: string, reason: string | null = null) => ({
      object: 'text_completion',
      choices: [{ index: 0, text, finish_reason: reason }],
    });
    const usage = { object: 'text_completion', choices: [], usage: { prompt_tokens: 1 } };
    const [result] = resultsOfJson(piece('Ne'), piece('ap', 'stop'), usage, '[DONE]');
    expect(result).toMatchObject({ protocol: 'openai-completions', items: [{ text: 'Neap' }], usage: { input: 1 } });
  });
});

describe('usage', () => {
  test('beside the last choices counts, and null doesn’t erase it', () => {
    const usage = { prompt_tokens: 3, completion_tokens: 4, total_tokens: 7, prompt_cache_hit_tokens: 2 };
    const [result] = resultsOfJson(
      delta({ content: 'a' }),
      stop('stop', { usage }),
      delta({}, { usage: null }),
      '[DONE]',
    );
    expect(result?.usage).toEqual({ input: 3, output: 4, total: 7, cached: 2 });
  });

  test('is cumulative where each chunk has it', () => {
    const usage = (output: number) => ({ usage: { prompt_tokens: 3, completion_tokens: output } });
    expect(ended(delta({ content: 'a' }, usage(1)), delta({ content: 'b' }, usage(2))).usage).toEqual({
      input: 3,
      output: 2,
    });
  });

  test('has details, or stands in a member of its own', () => {
    const usage = {
      prompt_tokens: 3,
      prompt_tokens_details: { cached_tokens: 1 },
      completion_tokens: 4,
      completion_tokens_details: { reasoning_tokens: 2 },
    };
    expect(ended(delta({ content: 'a' }, { x_groq: { usage } })).usage).toEqual({
      input: 3,
      output: 4,
      cached: 1,
      reasoning: 2,
    });
  });

  test.each([
    ['llama.cpp', { timings: { predicted_per_second: 40 } }],
    ['Groq', { x_groq: { usage: { completion_tokens: 20, completion_time: 0.5 } } }],
  ])('the speed that a server says is taken (%s)', (_, more) => {
    const [result] = read(eventsOf(streamOfJson(delta({ content: 'a' }), stop('stop', more), '[DONE]'))).results();
    expect(result?.timing).toMatchObject({ tokensPerSecond: 40, tokensPerSecondBy: 'server' });
  });

  test('a speed of hundreds of digits is none', () => {
    const more = { timings: { predicted_per_second: 1e290 } };
    const [result] = read(eventsOf(streamOfJson(delta({ content: 'a' }), stop('stop', more), '[DONE]'))).results();
    expect(result?.timing.tokensPerSecond).toBeUndefined();
  });
});

describe('the end', () => {
  test('without [DONE] is missed', () => {
    expect(resultsOfJson(delta({ content: 'a' }), stop())).toMatchObject([
      { complete: false, stop: 'stop', problems: [{ code: 'unfinished', event: 2 }] },
    ]);
  });

  test('[DONE] may have blanks around it', () => {
    expect(resultsOf(`${streamOfJson(delta({ content: 'a' }), stop())}data: [DONE] \t\n\n`)).toMatchObject([
      { complete: true, problems: [] },
    ]);
  });

  test('text behind [DONE] is shown, and a problem', () => {
    expect(resultsOfJson(delta({ content: 'a' }), stop(), '[DONE]', delta({ content: 'b' }))).toMatchObject([
      { items: [{ text: 'ab' }], problems: [{ code: 'afterEnd', event: 4 }] },
    ]);
  });

  test('of an Azure answer may be followed by annotations of its filter', () => {
    const filter = {
      ...{ id: '', object: '', model: '' },
      choices: [
        { index: 0, finish_reason: null, content_filter_results: {}, content_filter_offsets: { check_offset: 1 } },
      ],
    };
    const first = { id: '', object: '', model: '', created: 0, choices: [], prompt_filter_results: [{}] };
    const [result, ...others] = resultsOfJson(first, delta({ content: 'a' }, { model: 'm' }), stop(), filter, '[DONE]');
    expect(others).toEqual([]);
    expect(result).toMatchObject({
      protocol: 'openai-chat',
      model: 'm',
      items: [{ text: 'a' }],
      complete: true,
      problems: [],
    });
  });

  test('of one answer may be followed by another one', () => {
    const second = (fields: object, choice = {}) => delta(fields, { id: 'c2' }, choice);
    const results = resultsOfJson(
      ...[delta({ content: 'a' }), stop(), '[DONE]'],
      ...[
        second({ role: 'assistant', content: '' }),
        second({ content: 'b' }),
        second({}, { finish_reason: 'length' }),
      ],
    );
    expect(results).toMatchObject([
      { items: [{ text: 'a' }], stop: 'stop', complete: true, problems: [] },
      { items: [{ text: 'b', events: [5, 5] }], stop: 'length', complete: false },
    ]);
  });

  test('ids that rotate make no second answer', () => {
    const usage = { id: 'z', object: 'chat.completion.chunk', choices: [], usage: { prompt_tokens: 1 } };
    const chunks = [
      delta({ content: 'a' }, { id: 'x' }),
      delta({ content: 'b' }, { id: 'y' }),
      stop(),
      usage,
      '[DONE]',
    ];
    expect(resultsOfJson(...chunks)).toMatchObject([{ items: [{ text: 'ab' }], usage: { input: 1 }, problems: [] }]);
  });

  test('two chunks with a reason are one end', () => {
    expect(resultsOfJson(delta({ content: 'a' }), stop(), stop(), '[DONE]')).toMatchObject([
      { stop: 'stop', problems: [] },
    ]);
  });
});

describe('errors inside 200', () => {
  test.each([
    ['as data', { error: { message: 'Overloaded', type: 'server_error', code: null } }, 'server_error'],
    [
      'beside choices',
      delta({ content: '' }, { error: { code: 502, message: 'Overloaded' } }, { finish_reason: 'error' }),
      '502',
    ],
    ['of older vLLM', { object: 'error', message: 'Overloaded', code: 400 }, '400'],
    ['in a member of Groq’s', delta({}, { x_groq: { error: 'Overloaded' } }), undefined],
  ])('an error %s is an item, and a problem', (_, chunk, name) => {
    const [result] = resultsOfJson(delta({ content: 'a' }), chunk);
    expect(result?.items[1]).toEqual({ kind: 'error', text: 'Overloaded', events: [2, 2], ...(name && { name }) });
    expect(result).toMatchObject({ complete: false, problems: [{ code: 'error', event: 2 }] });
  });

  test('an event of type error is one, whatever is in it', () => {
    const stream = `${streamOfJson(delta({ content: 'a' }))}event: error\ndata: {"message":"Overloaded"}\n\n`;
    expect(resultsOf(stream)[0]?.items[1]).toMatchObject({ kind: 'error', text: 'Overloaded' });
  });

  test('an answer may go on to [DONE] behind it', () => {
    expect(resultsOfJson(delta({ content: 'a' }), { error: { message: 'Overloaded' } }, '[DONE]')).toMatchObject([
      { complete: true, problems: [{ code: 'error', event: 2 }] },
    ]);
  });

  test('a reason that is a failure is a problem', () => {
    expect(resultsOfJson(delta({ content: 'a' }), stop('insufficient_system_resource'), '[DONE]')).toMatchObject([
      { problems: [{ code: 'error', event: 2 }] },
    ]);
  });
});
