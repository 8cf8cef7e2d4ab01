// Our results, and those that the SDKs put together from the same bytes by their own accumulators.

import { readFileSync } from 'node:fs';
import Anthropic from '@anthropic-ai/sdk';
import { parseJsonEventStream, readUIMessageStream, type UIMessage, uiMessageChunkSchema } from 'ai';
import OpenAI from 'openai';
import { expect, test } from 'vitest';
import type { StreamResult } from '../../src/analysis/protocols/model/result';
import { EXAMPLES } from '../support/protocols/examples';
import { eventsOf, read, streamOf, streamOfJson } from '../support/protocols/reading';

/** An answer in words of its own: kinds and texts, tools with their arguments. */
type Said = [kind: string, content: unknown][];

const template = (name: string) => readFileSync(`media/templates/${name}.sse`, 'utf8');
const answering = (stream: string) => ({
  fetch: async () => new Response(stream, { headers: { 'content-type': 'text/event-stream' } }),
  ...{ apiKey: 'none', maxRetries: 0 },
});
const messages = [{ role: 'user' as const, content: 'Why is there a tide?' }];

/** Returns what our result says, without texts that are empty. */
function ours(stream: string): { said: Said; result: StreamResult | undefined } {
  const [result] = read(eventsOf(stream)).results();
  const items = result?.items.filter(({ kind, text }) => kind === 'tool' || text !== '') ?? [];
  return {
    result,
    said: items.map((item) =>
      item.kind === 'tool' ? ['tool', [item.name, item.id, item.arguments]] : [item.kind, item.text],
    ),
  };
}

const chunk = (delta: object, reason: string | null = null) => ({
  ...{ id: 'c1', object: 'chat.completion.chunk', created: 1, model: 'm' },
  choices: [{ index: 0, delta, finish_reason: reason }],
});
const call = (index: number, fields: object, input: string) => ({
  index,
  type: 'function',
  ...fields,
  function: { arguments: input, ...('id' in fields && { name: `f${index}` }) },
});
const INTERLEAVED = streamOfJson(
  chunk({ role: 'assistant', content: 'Ne' }),
  chunk({ content: 'ap 😀', tool_calls: [call(0, { id: 'a' }, '{"p'), call(1, { id: 'b' }, '')] }),
  chunk({ content: null, tool_calls: [call(1, {}, '{"d":[1,'), call(0, {}, '":"Em')] }),
  chunk({ tool_calls: [call(0, {}, 'den"}'), call(1, {}, '2]}')] }),
  ...[chunk({}, 'tool_calls'), '[DONE]'],
);
const REFUSED = streamOfJson(
  chunk({ role: 'assistant', refusal: 'I ' }),
  chunk({ refusal: 'can’t.' }),
  chunk({}, 'stop'),
  '[DONE]',
);

test.each([
  ['the template', template('openai-chat')],
  ['the example', streamOf(EXAMPLES.chat)],
  ['calls that interleave', INTERLEAVED],
  ['a refusal', REFUSED],
])('a chat completion is what openai puts together (%s)', async (_, stream) => {
  const { choices, usage, model } = await new OpenAI(answering(stream)).chat.completions
    .stream({ model: 'm', messages })
    .finalChatCompletion();
  const [choice] = choices;
  const said: Said = [choice?.message.content, choice?.message.refusal].flatMap(
    (text): Said => (text ? [['text', text]] : []),
  );
  for (const one of choice?.message.tool_calls ?? [])
    if (one.type === 'function') said.push(['tool', [one.function.name, one.id, JSON.parse(one.function.arguments)]]);
  const { said: our, result } = ours(stream);
  expect([our, result?.stop, result?.model, result?.complete]).toEqual([said, choice?.finish_reason, model, true]);
  expect(result?.usage.total).toBe(usage?.total_tokens);
});

test.each([
  ['the template', template('openai-responses')],
  [
    'the example',
    streamOf(EXAMPLES.responses.slice(0, -1)) +
      streamOf([
        'response.completed | {"type":"response.completed","sequence_number":8,"response":{"id":"r1","object":"response","status":"completed","output":[{"id":"m1","type":"message","role":"assistant","content":[{"type":"output_text","text":"Low tide","annotations":[]}]},{"id":"f1","type":"function_call","call_id":"k1","name":"moon","arguments":"{\\"d\\":3}"}],"usage":{"input_tokens":5,"output_tokens":7,"total_tokens":12}}}',
      ]),
  ],
])('a response is what openai puts together (%s)', async (_, stream) => {
  const response = await new OpenAI(answering(stream)).responses.stream({ model: 'm', input: 'Why?' }).finalResponse();
  const said = response.output.flatMap((item): Said => {
    if (item.type === 'function_call') return [['tool', [item.name, item.call_id, JSON.parse(item.arguments)]]];
    return item.type === 'message'
      ? item.content.map((part) => ['text', part.type === 'output_text' ? part.text : part.refusal])
      : [];
  });
  const { said: our, result } = ours(stream);
  expect([our, result?.stop, result?.usage.total]).toEqual([said, response.status, response.usage?.total_tokens]);
  expect(said.length).toBeGreaterThan(0);
});

const block = (index: number, content_block: object) => ({ type: 'content_block_start', index, content_block });
const delta = (index: number, fields: object) => ({ type: 'content_block_delta', index, delta: fields });
const stopped = (index: number) => ({ type: 'content_block_stop', index });
const named = (...values: { type: string }[]) =>
  values.map((value) => `event: ${value.type}\n${streamOfJson(value)}`).join('');
const BLOCKS = named(
  Object.assign(
    { type: 'message_start' },
    {
      message: {
        id: 'm',
        type: 'message',
        role: 'assistant',
        model: 'c',
        content: [],
        stop_reason: null,
        usage: { input_tokens: 1, output_tokens: 1 },
      },
    },
  ),
  ...[block(0, { type: 'text', text: 'Ne' }), delta(0, { type: 'text_delta', text: 'ap' }), stopped(0)],
  ...[block(1, { type: 'tool_use', id: 'a', name: 'now', input: {} }), stopped(1)],
  block(2, { type: 'tool_use', id: 'b', name: 'moon', input: {} }),
  ...['{"d"', ':[1', ',2]}'].map((partial_json) => delta(2, { type: 'input_json_delta', partial_json })),
  stopped(2),
  Object.assign(
    { type: 'message_delta' },
    { delta: { stop_reason: 'tool_use', stop_sequence: null }, usage: { output_tokens: 9, input_tokens: 4 } },
  ),
  { type: 'message_stop' },
);

test.each([
  ['the template', template('anthropic-messages')],
  ['the example', streamOf(EXAMPLES.anthropic)],
  ['tools without input, and corrected usage', BLOCKS],
])('a message is what @anthropic-ai/sdk puts together (%s)', async (_, stream) => {
  const message = await new Anthropic(answering(stream)).messages
    .stream({ model: 'c', max_tokens: 9, messages })
    .finalMessage();
  const said = message.content.flatMap((one): Said => {
    if (one.type === 'tool_use') return [['tool', [one.name, one.id, one.input]]];
    if (one.type === 'thinking') return [['reasoning', one.thinking]];
    return one.type === 'text' ? [['text', one.text]] : [];
  });
  const { said: our, result } = ours(stream);
  const { input_tokens: input, output_tokens: output } = message.usage;
  expect([our, result?.stop, result?.model, result?.usage]).toMatchObject([
    said,
    message.stop_reason,
    message.model,
    { input, output },
  ]);
});

test('a message that fails is kept, where the SDK throws', async () => {
  const stream = template('anthropic-error');
  const failing = new Anthropic(answering(stream)).messages
    .stream({ model: 'c', max_tokens: 9, messages })
    .finalMessage();
  await expect(failing).rejects.toThrow(/Overloaded/);
  expect(ours(stream)).toMatchObject({
    said: [
      ['text', expect.stringContaining('A tide')],
      ['error', 'Overloaded'],
    ],
    result: { complete: false },
  });
});

const REPEATED_IDS = streamOfJson(
  ...[{ type: 'start', messageId: 'm' }, { type: 'start-step' }],
  ...[
    { type: 'text-start', id: '0' },
    { type: 'reasoning-start', id: '0' },
    { type: 'text-delta', id: '0', delta: 'Ne' },
  ],
  ...[
    { type: 'reasoning-delta', id: '0', delta: 'hm' },
    { type: 'text-delta', id: '0', delta: 'ap' },
    { type: 'text-end', id: '0' },
    { type: 'reasoning-end', id: '0' },
  ],
  ...[
    { type: 'tool-input-start', toolCallId: 'k', toolName: 'moon' },
    { type: 'tool-input-delta', toolCallId: 'k', inputTextDelta: '{"d"' },
  ],
  { type: 'tool-input-available', toolCallId: 'k', toolName: 'moon', input: { d: 4 } },
  ...[
    { type: 'tool-output-available', toolCallId: 'k', output: { a: 1 }, preliminary: true },
    { type: 'tool-output-available', toolCallId: 'k', output: { a: 2 } },
  ],
  ...[
    { type: 'finish-step' },
    { type: 'start-step' },
    { type: 'text-start', id: '0' },
    { type: 'text-delta', id: '0', delta: 'Ebb' },
    { type: 'text-end', id: '0' },
  ],
  ...[{ type: 'finish-step' }, { type: 'finish', finishReason: 'stop' }, '[DONE]'],
);

test.each([
  ['the example', streamOf(EXAMPLES.vercelUi)],
  ['ids that come again in another step', REPEATED_IDS],
])('a UI message is what ai puts together (%s)', async (_, stream) => {
  const parsed = parseJsonEventStream({
    stream: new Response(stream).body ?? new ReadableStream(),
    schema: uiMessageChunkSchema,
  });
  const chunks = parsed.pipeThrough(
    new TransformStream({
      transform(part, controller) {
        if (part.success) controller.enqueue(part.value);
        else throw part.error;
      },
    }),
  );
  let message: UIMessage | undefined;
  for await (const one of readUIMessageStream({ stream: chunks, terminateOnError: true })) message = one;
  const said = (message?.parts ?? []).flatMap((part): Said => {
    if (part.type === 'text' || part.type === 'reasoning') return [[part.type, part.text]];
    return 'toolCallId' in part && 'input' in part
      ? [['tool', [part.type.replace(/^tool-/, ''), part.toolCallId, part.input]]]
      : [];
  });
  expect(ours(stream).said).toEqual(said);
  expect(said.length).toBeGreaterThan(1);
});
