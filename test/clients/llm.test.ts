// The SDKs of APIs of language models, told nothing but the address of a folder of mocks.
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { expect, test } from 'vitest';
import { briefly, serveMocks } from '../support/clients/clientMocks';
import { longTest } from '../support/time/longRun';

const TEXT = 'A tide comes in twice a day.';
const messages = [{ role: 'user' as const, content: 'Why is there a tide?' }];
const ASKED = { model: 'demo-1', max_tokens: 100, messages };

const mocks = serveMocks();
const openai = () => new OpenAI({ baseURL: `${mocks.root}/v1`, apiKey: 'none', maxRetries: 0 });
const anthropic = () => new Anthropic({ baseURL: mocks.root, apiKey: 'none', maxRetries: 0 });

test('openai gets a chat completion as a stream, and whole from the JSON file beside it', async () => {
  const stream = openai().chat.completions.stream(ASKED);
  const { choices, usage } = await stream.finalChatCompletion();
  const [call] = choices[0]?.message.tool_calls ?? [];
  expect([choices[0]?.message.content, choices[0]?.finish_reason, usage?.total_tokens]).toEqual([
    TEXT,
    'tool_calls',
    36,
  ]);
  expect(call?.type === 'function' && call.function).toMatchObject({ name: 'tide', arguments: '{"port": "Emden"}' });
  const whole = await openai().chat.completions.create(ASKED);
  expect([whole.choices[0]?.message.content, whole.usage?.total_tokens]).toEqual([TEXT, 20]);
  expect(briefly(mocks.requests)).toEqual(Array(2).fill('POST /v1/chat/completions 200'));
});

test('openai gets a response as a stream, and whole from the JSON file beside it', async () => {
  const asked = { model: 'demo-1', input: 'Why is there a tide?' };
  const { status, output_text: text, output, usage } = await openai().responses.stream(asked).finalResponse();
  expect([status, text, usage?.total_tokens]).toEqual(['completed', TEXT, 36]);
  expect(output[1]).toMatchObject({ type: 'function_call', name: 'tide', arguments: '{"port": "Emden"}' });
  const whole = await openai().responses.create(asked);
  expect([whole.id, whole.output_text]).toEqual(['resp_02', TEXT]);
});

test('@anthropic-ai/sdk gets a message as a stream, and whole from the JSON file beside it', async () => {
  const { content, stop_reason: reason } = await anthropic().messages.stream(ASKED).finalMessage();
  expect([reason, content]).toMatchObject([
    'tool_use',
    [
      { type: 'text', text: TEXT },
      { type: 'tool_use', name: 'tide', input: { port: 'Emden' } },
    ],
  ]);
  const whole = await anthropic().messages.create(ASKED);
  expect([whole.id, whole.content]).toEqual(['msg_02', [{ type: 'text', text: TEXT }]]);
});

longTest('a stream that its app leaves in the middle ends on the server, too', async () => {
  const stream = await openai().chat.completions.create({ ...ASKED, stream: true });
  for await (const _ of stream) break;
  await expect.poll(() => mocks.mock.connections).toEqual([]);
});

longTest('a refusal is met by the SDKs’ own retries', async () => {
  const client = new OpenAI({ baseURL: `${mocks.root}/v1`, apiKey: 'none', maxRetries: 1 });
  mocks.mock.refuseNext(429, { retryAfter: 0 });
  expect((await client.chat.completions.stream(ASKED).finalMessage()).content).toBe(TEXT);
  const other = new Anthropic({ baseURL: mocks.root, apiKey: 'none', maxRetries: 1 });
  mocks.mock.refuseNext(529, { retryAfter: 0 });
  expect((await other.messages.create(ASKED)).id).toBe('msg_02');
  expect(mocks.requests.map(({ status }) => status)).toEqual([429, 200, 529, 200]);
});
