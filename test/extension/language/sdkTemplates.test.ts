// The templates of APIs, read by the APIs' own SDKs, which are told nothing but the address.
import { readFile } from 'node:fs/promises';
import Anthropic from '@anthropic-ai/sdk';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import OpenAI from 'openai';
import { expect, test } from 'vitest';
import { ScriptSource } from '../../../src/server/script/scriptSource';
import { Turns } from '../../../src/turns/turns';
import { scriptOf } from '../../support/mock/scriptServer';
import { startServer } from '../../support/servers/testServer';

const TEXT = 'A tide comes in twice a day, since the Earth turns below two hills of water.';
const ASKED = { model: 'demo-1', max_tokens: 100 };
const messages = [{ role: 'user' as const, content: 'Why is there a tide?' }];

/** Serves a template, fifty times as fast as written. Resolves with the server's root, without a slash at its end. */
async function serve(name: string): Promise<string> {
  const script = scriptOf(await readFile(`media/templates/${name}`));
  const source = new ScriptSource(script, { turns: new Turns(), onChange: () => undefined, speed: 50 });
  return (await startServer({ source })).url.replace(/\/$/, '');
}

test('openai reads the chat completion: its text, its call of a function and its usage', async () => {
  const client = new OpenAI({ baseURL: `${await serve('openai-chat.sse')}/v1`, apiKey: 'none', maxRetries: 0 });
  const stream = client.chat.completions.stream({ ...ASKED, messages });
  const { choices, usage } = await stream.finalChatCompletion();
  expect(choices[0]?.message.content).toBe(TEXT);
  expect(choices[0]?.finish_reason).toBe('tool_calls');
  const [call] = choices[0]?.message.tool_calls ?? [];
  expect(call?.type === 'function' && call.function).toMatchObject({ name: 'tide', arguments: '{"port": "Emden"}' });
  expect(usage?.total_tokens).toBe(36);
});

test('openai reads the response: its text, as it comes and whole', async () => {
  const client = new OpenAI({ baseURL: `${await serve('openai-responses.sse')}/v1`, apiKey: 'none', maxRetries: 0 });
  const stream = client.responses.stream({ model: 'demo-1', input: 'Why is there a tide?' });
  let text = '';
  stream.on('response.output_text.delta', ({ delta }) => {
    text += delta;
  });
  const { status, output_text: whole, usage } = await stream.finalResponse();
  expect([status, whole, text, usage?.total_tokens]).toEqual(['completed', TEXT, TEXT, 32]);
});

test('@anthropic-ai/sdk reads the message: its text, its call of a tool and its usage', async () => {
  const client = new Anthropic({ baseURL: await serve('anthropic-messages.sse'), apiKey: 'none', maxRetries: 0 });
  const { content, stop_reason: reason, usage } = await client.messages.stream({ ...ASKED, messages }).finalMessage();
  expect(content).toMatchObject([
    { type: 'text', text: TEXT },
    { type: 'tool_use', name: 'tide', input: { port: 'Emden' } },
  ]);
  expect([reason, usage.output_tokens]).toEqual(['tool_use', 24]);
});

test('@modelcontextprotocol/sdk initializes, lists the tool and calls it', async () => {
  const client = new Client({ name: 'test', version: '1.0.0' });
  const transport = new StreamableHTTPClientTransport(new URL(`${await serve('mcp.sse')}/mcp`));
  await client.connect(transport as Parameters<Client['connect']>[0]);
  expect([client.getServerVersion()?.name, transport.sessionId]).toEqual(['tides', 'demo-1']);
  expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(['tide']);
  const { content } = await client.callTool({ name: 'tide', arguments: { port: 'Emden' } });
  expect(content).toEqual([{ type: 'text', text: 'High tide at Emden: 06:12 and 18:37' }]);
  await client.close();
});

test('@anthropic-ai/sdk meets the error in the middle of the text, and a refusal at its next request', async () => {
  const client = new Anthropic({ baseURL: await serve('anthropic-error.sse'), apiKey: 'none', maxRetries: 0 });
  const ask = () => client.messages.stream({ ...ASKED, messages }).finalMessage();
  await expect(ask()).rejects.toThrow('Overloaded');
  await expect(ask()).rejects.toMatchObject({ status: 529 });
});
