// Streams of aimock, which mocks the APIs of many providers: our results, and those of the official SDKs from the same bytes.
import Anthropic from '@anthropic-ai/sdk';
import { AGUIMock, LLMock } from '@copilotkit/aimock';
import OpenAI from 'openai';
import { afterAll, beforeAll, expect } from 'vitest';
import type { StreamResult } from '../../src/analysis/protocols/model/result';
import { assemble } from '../../src/api/assemble';
import { readEventStream } from '../../src/api/readEventStream';
import { geminiAnswer, type Said, saidBy } from '../support/clients/saidBy';
import { runCommand } from '../support/programs/commandLine';
import { serveInTurn } from '../support/servers/streamServer';
import { longTest } from '../support/time/longRun';

const TEXT = 'A tide comes in twice a day: néap 😀, since the Earth turns below two hills of water.';
const CALLS = [
  { name: 'tide', arguments: '{"port":"Emden","days":[1,2,3]}' },
  { name: 'moon', arguments: '{}' },
];
const tools: Said = CALLS.map((call) => ['tool', [call.name, JSON.parse(call.arguments)]]);

/** Answers of aimock, by the word that it is asked for them with. */
const ANSWERS = {
  text: { content: TEXT },
  calls: { toolCalls: CALLS },
  both: { content: TEXT, toolCalls: CALLS },
  thought: { content: TEXT, reasoning: 'Ask the moon.' },
} as const;
type Asked = keyof typeof ANSWERS;
const SAID: Record<Asked, Said> = {
  text: [['text', TEXT]],
  calls: tools,
  both: [['text', TEXT], ...tools],
  thought: [
    ['reasoning', 'Ask the moon.'],
    ['text', TEXT],
  ],
};
const ASKED = Object.keys(ANSWERS) as Asked[];

const mock = new LLMock({ port: 0 });
const agent = new AGUIMock();
beforeAll(async () => {
  for (const asked of ASKED) mock.onMessage(asked, ANSWERS[asked]);
  agent.onMessage('text', TEXT).onToolCall('calls', 'tide', CALLS[0]?.arguments ?? '');
  await Promise.all([mock.start(), agent.start()]);
});
afterAll(() => Promise.all([mock.stop(), agent.stop()]));

/** A stream of aimock, on a server of ours, so that all read the same bytes. */
interface Recorded {
  url: string;
  bytes: Buffer;
  type: string;
}

async function record(url: string, body: object): Promise<Recorded> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'Authorization': 'Bearer none',
      'x-api-key': 'none',
      'anthropic-version': '2023-06-01',
    },
    body: JSON.stringify({ stream: true, ...body }),
  });
  const type = response.headers.get('content-type') ?? '';
  const bytes = Buffer.from(await response.arrayBuffer());
  expect([response.status, bytes.length > 0]).toEqual([200, true]);
  const { url: served } = await serveInTurn((given) => {
    given.writeHead(200, { 'Content-Type': type }).flushHeaders();
    // Cut anywhere, also within characters.
    for (let at = 0; at < bytes.length; at += 37) given.write(bytes.subarray(at, at + 37));
    given.end();
  });
  return { url: served, bytes, type };
}

/** Returns our result of a stream, which the API and the command line agree about. */
async function ours({ url }: Recorded): Promise<StreamResult | undefined> {
  const events = [];
  for await (const event of readEventStream(url)) events.push(event);
  const results = assemble(events);
  const { stdout } = await runCommand(['read', url, '--result']);
  const printed = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const untimed = (all: StreamResult[]) => all.map(({ timing: _, ...rest }) => rest);
  expect(untimed(printed)).toEqual(untimed(results));
  expect(results).toHaveLength(1);
  return results[0];
}

const answering = ({ bytes, type }: Recorded) => ({
  fetch: async () => new Response(new Uint8Array(bytes), { headers: { 'content-type': type } }),
  ...{ apiKey: 'none', maxRetries: 0 },
});
const messagesFor = (content: string) => [{ role: 'user' as const, content }];

for (const asked of ASKED) {
  const messages = messagesFor(asked);
  const model = 'demo-1';

  // OpenAI's accumulators take no reasoning as others send it, and aimock names that of Ollama otherwise than Ollama does.
  const unlessThought = asked === 'thought' ? longTest.skip : longTest;
  unlessThought(`OpenAI's chat: ${asked}`, async () => {
    const body = { model, messages, stream_options: { include_usage: true } };
    const stream = await record(`${mock.url}/v1/chat/completions`, body);
    const completion = await new OpenAI(answering(stream)).chat.completions
      .stream({ model, messages })
      .finalChatCompletion();
    const { message, finish_reason: reason } = completion.choices[0] ?? {};
    const said: Said = message?.content ? [['text', message.content]] : [];
    for (const one of message?.tool_calls ?? [])
      if (one.type === 'function') said.push(['tool', [one.function.name, JSON.parse(one.function.arguments)]]);
    const result = await ours(stream);
    expect([saidBy(result), result?.stop, result?.model, result?.complete]).toEqual([
      said,
      reason,
      completion.model,
      true,
    ]);
    expect([said, result?.usage.total]).toEqual([SAID[asked], completion.usage?.total_tokens]);
  });

  unlessThought(`OpenAI's responses: ${asked}`, async () => {
    const stream = await record(`${mock.url}/v1/responses`, { model, input: messages });
    const response = await new OpenAI(answering(stream)).responses.stream({ model, input: asked }).finalResponse();
    const said = response.output.flatMap((item): Said => {
      if (item.type === 'function_call') return [['tool', [item.name, JSON.parse(item.arguments)]]];
      return item.type === 'message'
        ? item.content.map((part) => ['text', part.type === 'output_text' ? part.text : ''])
        : [];
    });
    const result = await ours(stream);
    expect([saidBy(result), result?.stop, result?.complete]).toEqual([said, response.status, true]);
    expect([said, result?.usage.total]).toEqual([SAID[asked], response.usage?.total_tokens]);
  });

  longTest(`Anthropic's messages: ${asked}`, async () => {
    const stream = await record(`${mock.url}/v1/messages`, { model, max_tokens: 99, messages });
    const message = await new Anthropic(answering(stream)).messages
      .stream({ model, max_tokens: 99, messages })
      .finalMessage();
    const said = message.content.flatMap((one): Said => {
      if (one.type === 'thinking') return [['reasoning', one.thinking]];
      if (one.type === 'tool_use') return [['tool', [one.name, one.input]]];
      return one.type === 'text' ? [['text', one.text]] : [];
    });
    const result = await ours(stream);
    const { input_tokens: input, output_tokens: output } = message.usage;
    expect([saidBy(result), result?.stop, result?.complete]).toEqual([said, message.stop_reason, true]);
    expect([said, result?.usage]).toMatchObject([SAID[asked], { input, output }]);
  });

  longTest(`Gemini: ${asked}`, async () => {
    const body = { contents: [{ role: 'user', parts: [{ text: asked }] }] };
    const stream = await record(`${mock.url}/v1beta/models/g:streamGenerateContent?alt=sse`, body);
    const theirs = await geminiAnswer(stream.url);
    const result = await ours(stream);
    const { input, output, total } = result?.usage ?? {};
    expect([saidBy(result), result?.stop, [input, output, total]]).toEqual([theirs.said, theirs.stop, theirs.usage]);
    expect([theirs.said, result?.complete]).toEqual([SAID[asked], true]);
  });

  unlessThought(`Ollama: ${asked}`, async () => {
    const stream = await record(`${mock.url}/api/chat`, { model, messages });
    const lines = stream.bytes
      .toString()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const result = await ours(stream);
    const last = lines.at(-1);
    expect([saidBy(result), result?.complete, result?.stop]).toEqual([SAID[asked], true, last.done_reason]);
    expect(result?.usage).toMatchObject({ input: last.prompt_eval_count, output: last.eval_count });
  });
}

for (const [asked, said] of [
  ['text', [['text', TEXT]]],
  ['calls', tools.slice(0, 1)],
] as [string, Said][])
  longTest(`AG-UI: ${asked}`, async () => {
    const body = {
      threadId: 't',
      runId: 'r',
      messages: [{ id: 'm', role: 'user', content: asked }],
      tools: [],
      context: [],
      state: {},
    };
    const stream = await record(agent.url, body);
    const result = await ours(stream);
    expect([saidBy(result), result?.complete, result?.problems]).toEqual([said, true, []]);
  });
