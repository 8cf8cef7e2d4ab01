// The client of the Model Context Protocol's SDK, over Streamable HTTP: files on one path, chosen by the JSON-RPC method.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { expect, test } from 'vitest';
import { serveMocks } from '../support/clients/clientMocks';
import { longTest } from '../support/time/longRun';

const mocks = serveMocks();

/** Connects a client; resolves with it, and with the errors that its transport tells. */
async function connect() {
  const client = new Client({ name: 'test', version: '1.0.0' });
  const errors: Error[] = [];
  client.onerror = (error) => void errors.push(error);
  const transport = new StreamableHTTPClientTransport(new URL(`${mocks.root}/mcp`));
  // The SDK's types are those of its own compiler options: `sessionId` may be undefined there.
  await client.connect(transport as Parameters<Client['connect']>[0]);
  return { client, transport, errors };
}

const asked = () =>
  mocks.requests.map(({ method, status, lastEventId }) => `${method} ${status} ${lastEventId}`.trim());

test('@modelcontextprotocol/sdk lists tools and calls one, whose response it resumes by GET after a drop', async () => {
  const { client, transport, errors } = await connect();
  expect([client.getServerVersion()?.name, transport.sessionId]).toEqual(['tides', 'session-01']);
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).toEqual(['tide']);
  const progress: number[] = [];
  const call = { name: 'tide', arguments: { port: 'Emden' } };
  const result = await client.callTool(call, undefined, { onprogress: (one) => void progress.push(one.progress) });
  expect([result.content, progress]).toEqual([[{ type: 'text', text: '1.7 m' }], [1]]);
  expect(asked()).toEqual(['POST 200', 'POST 200', 'POST 200', 'POST 200', 'GET 200 call-1']);
  // The drop, and nothing else.
  expect(errors.map(({ message }) => message)).toEqual([expect.stringContaining('SSE stream disconnected')]);
  await client.close();
});

longTest('@modelcontextprotocol/sdk learns that there is no method, and ends its session', async () => {
  const { client, transport } = await connect();
  await expect(client.listPrompts()).rejects.toThrow('No file on this path fits this request');
  await transport.terminateSession();
  await client.close();
  expect(asked().at(-1)).toBe('DELETE 405');
});
