// The AI SDK, with the providers of two APIs, told nothing but the address of a folder of mocks.
import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAI } from '@ai-sdk/openai';
import { generateText, type LanguageModel, stepCountIs, streamText, tool } from 'ai';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { briefly, serveMocks } from '../support/clients/clientMocks';
import { longTest } from '../support/time/longRun';

const TEXT = 'A tide comes in twice a day.';
const prompt = 'Why is there a tide?';

const mocks = serveMocks();
const provider = () => ({ baseURL: `${mocks.root}/v1`, apiKey: 'none' });

const MODELS: [name: string, path: string, model: () => LanguageModel][] = [
  ['@ai-sdk/openai, by Chat Completions', '/v1/chat/completions', () => createOpenAI(provider()).chat('demo-1')],
  ['@ai-sdk/openai, by Responses', '/v1/responses', () => createOpenAI(provider())('demo-1')],
  ['@ai-sdk/anthropic', '/v1/messages', () => createAnthropic(provider())('demo-1')],
];

const tide = tool({
  inputSchema: z.object({ port: z.string() }),
  execute: async ({ port }) => `${port}: 1.7 m`,
});

/** A model of each API: the first in each run of the tests, the others in the long one. */
for (const [index, [name, path, model]] of MODELS.entries())
  (index === 0 ? test : longTest)(`streamText gets text and a tool's call with ${name}`, async () => {
    const errors: unknown[] = [];
    const result = streamText({
      model: model(),
      prompt,
      tools: { tide },
      maxOutputTokens: 100,
      maxRetries: 0,
      onError: ({ error }) => void errors.push(error),
    });
    const parts: string[] = [];
    for await (const part of result.textStream) parts.push(part);
    expect(parts).toEqual(['A tide', ' comes in', ' twice a day.']);
    expect(await result.finishReason).toBe('tool-calls');
    expect(await result.toolResults).toMatchObject([
      { toolName: 'tide', input: { port: 'Emden' }, output: 'Emden: 1.7 m' },
    ]);
    expect([errors, briefly(mocks.requests)]).toEqual([[], [`POST ${path} 200`]]);
  });

test('streamText goes on with the result of its tool, which another file on the path answers', async () => {
  const model = createOpenAI(provider()).chat('demo-1');
  const { text, steps } = streamText({ model, prompt, tools: { tide }, stopWhen: stepCountIs(3), maxRetries: 0 });
  expect(await text).toBe('It is Emden: 1.7 m.');
  expect((await steps).map(({ finishReason }) => finishReason)).toEqual(['tool-calls', 'stop']);
  expect(briefly(mocks.requests)).toEqual(Array(2).fill('POST /v1/chat/completions 200'));
});

longTest.each(MODELS)('generateText gets the JSON file beside the stream with %s', async (_name, path, model) => {
  const { text, finishReason } = await generateText({ model: model(), prompt, maxOutputTokens: 100, maxRetries: 0 });
  expect([text, finishReason]).toEqual([TEXT, 'stop']);
  expect(briefly(mocks.requests)).toEqual([`POST ${path} 200`]);
});
