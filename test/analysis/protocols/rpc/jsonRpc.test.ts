// MCP of both revisions, A2A of both versions, and JSON-RPC that is neither.
import { describe, expect, test } from 'vitest';
import { eventsOf, read, resultsOf, resultsOfJson, untimed } from '../../../support/protocols/reading';

const notification = (method: string, params: object = {}) => ({
  jsonrpc: '2.0',
  method: `notifications/${method}`,
  params,
});
const response = (id: unknown, result: unknown) => ({ jsonrpc: '2.0', id, result });

describe('MCP', () => {
  test('a priming event with an id and without data is no message', () => {
    const reader = read(
      eventsOf(
        `id: 1\ndata:\n\nevent: message\nid: 2\ndata: ${JSON.stringify(notification('message', { level: 'info', data: 'hi' }))}\n\n`,
      ),
    );
    expect(untimed(reader.results())).toEqual([
      {
        ...{ protocol: 'mcp', usage: {}, complete: false, problems: [] },
        items: [
          {
            kind: 'message',
            name: 'notifications/message',
            text: 'hi',
            arguments: { level: 'info', data: 'hi' },
            events: [2, 2],
          },
        ],
      },
    ]);
  });

  test('a close before the response is a finding, unless ids allow to come back', () => {
    expect(resultsOfJson(notification('progress', { progressToken: 1, progress: 1 }))[0]?.problems).toEqual([
      { code: 'unfinished', event: 1 },
    ]);
  });

  test('requests of the server keep their ids: the number 1 isn’t the text 1', () => {
    const [result] = resultsOfJson(
      { jsonrpc: '2.0', id: 1, method: 'sampling/createMessage', params: { a: 1 } },
      { jsonrpc: '2.0', id: '1', method: 'ping' },
      response(1, {}),
    );
    expect(result?.items.map(({ name, id }) => [name, id])).toEqual([
      ['sampling/createMessage', '1'],
      ['ping', '"1"'],
      ['response', '1'],
    ]);
  });

  test('an error of a tool is a problem inside of a success, one of the protocol an error', () => {
    const failed = response(1, { content: [{ type: 'text', text: 'No tide' }], isError: true });
    expect(resultsOfJson(notification('initialized'), failed)).toMatchObject([
      { items: [{}, { text: 'No tide' }], complete: true, problems: [{ code: 'toolError', event: 2 }] },
    ]);
    const error = { jsonrpc: '2.0', id: 1, error: { code: -32_020, message: 'Header mismatch' } };
    expect(resultsOfJson(notification('initialized'), error)).toMatchObject([
      {
        items: [{}, { kind: 'error', name: '-32020', id: '1', text: 'Header mismatch' }],
        complete: true,
        problems: [{ code: 'error', event: 2 }],
      },
    ]);
  });

  test('batches of 2025-03-26, and the address of 2024-11-05, are read', () => {
    expect(resultsOfJson([notification('message', { data: 'a' }), response(1, {})])).toMatchObject([
      { protocol: 'mcp', complete: true, items: [{ text: 'a' }, {}] },
    ]);
    expect(resultsOf('event: endpoint\ndata: /messages?session=1\n\n')).toMatchObject([
      {
        protocol: 'mcp',
        items: [{ name: 'endpoint', text: '/messages?session=1' }],
        problems: [{ code: 'unfinished' }],
      },
    ]);
  });

  test('a subscription of 2026-07-28 is acknowledged, and ends by its response', () => {
    const tagged = { _meta: { 'io.modelcontextprotocol/subscriptionId': 's' } };
    expect(
      resultsOfJson(
        notification('subscriptions/acknowledged', tagged),
        notification('tools/list_changed', tagged),
        response(1, { resultType: 'complete' }),
      ),
    ).toMatchObject([
      {
        protocol: 'mcp',
        items: [{ name: 'notifications/subscriptions/acknowledged' }, {}, { name: 'response' }],
        complete: true,
        problems: [],
      },
    ]);
  });

  test('a response alone is MCP by a header, by its content, or else JSON-RPC', () => {
    const header = { head: { headers: [['MCP-Session-Id', 'x']] as const } };
    expect(resultsOf(`data: ${JSON.stringify(response(1, {}))}\n\n`, header)[0]?.protocol).toBe('mcp');
    expect(resultsOfJson(response(1, { protocolVersion: '2025-11-25', serverInfo: { name: 'x' } }))[0]?.protocol).toBe(
      'mcp',
    );
    expect(
      resultsOfJson(response(1, {}), { jsonrpc: '2.0', method: 'textDocument/publishDiagnostics' })[0]?.protocol,
    ).toBe('json-rpc');
  });
});

describe('A2A', () => {
  const update = (fields: object) => response(1, fields);

  test('version 0.3 has kinds, and lower case', () => {
    const artifact = (parts: object[], more = {}) =>
      update({ kind: 'artifact-update', taskId: 'T', artifact: { artifactId: 'a', name: 'tides', parts }, ...more });
    expect(
      resultsOfJson(
        update({ kind: 'task', id: 'T', status: { state: 'working' } }),
        artifact([{ kind: 'text', text: 'Old' }]),
        artifact([
          { kind: 'text', text: 'Slack ' },
          { kind: 'data', data: { n: 1 } },
        ]),
        artifact(
          [
            { kind: 'text', text: 'water' },
            { kind: 'data', data: { n: 2 } },
          ],
          { append: true },
        ),
        update({ kind: 'status-update', taskId: 'T', status: { state: 'completed' }, final: true }),
      ),
    ).toMatchObject([
      {
        protocol: 'a2a',
        items: [
          { name: 'task', id: 'T', arguments: { state: 'completed' } },
          { name: 'tides', text: 'Slack water', arguments: [{ data: { n: 1 } }, { data: { n: 2 } }] },
        ],
        ...{ stop: 'completed', complete: true, problems: [] },
      },
    ]);
  });

  test('a state that waits for the client ends the stream, a failure is an error', () => {
    const status = (state: string, text = '') => ({
      statusUpdate: { taskId: 'T', status: { state, message: { parts: [{ text }] } } },
    });
    expect(resultsOfJson(status('TASK_STATE_INPUT_REQUIRED', 'Which port?'))).toMatchObject([
      { items: [{ text: 'Which port?' }], stop: 'input-required', complete: true, problems: [] },
    ]);
    expect(resultsOfJson(status('TASK_STATE_FAILED', 'No tide'))).toMatchObject([
      { items: [{}, { kind: 'error', text: 'No tide' }], complete: true, problems: [{ code: 'error' }] },
    ]);
  });

  test('one message is an answer', () => {
    expect(
      resultsOfJson(update({ message: { messageId: 'm', role: 'ROLE_AGENT', parts: [{ text: 'Ebb' }] } })),
    ).toMatchObject([{ protocol: 'a2a', items: [{ kind: 'text', id: 'm', text: 'Ebb' }], complete: true }]);
  });

  test('an error before it stays JSON-RPC until a message decides', () => {
    const error = { jsonrpc: '2.0', id: 1, error: { code: -32_001, message: 'Task not found' } };
    expect(resultsOfJson(error)[0]?.protocol).toBe('json-rpc');
    expect(
      resultsOfJson(error, update({ task: { id: 'T', status: { state: 'TASK_STATE_WORKING' } } }))[0]?.protocol,
    ).toBe('a2a');
  });

  test('data over several lines is read, and a task of MCP is none of A2A', () => {
    const pretty = JSON.stringify(update({ task: { id: 'T', status: { state: 'TASK_STATE_COMPLETED' } } }), null, 2);
    expect(
      resultsOf(
        `${pretty
          .split('\n')
          .map((line) => `data: ${line}`)
          .join('\n')}\n\n`,
      ),
    ).toMatchObject([{ protocol: 'a2a', stop: 'completed' }]);
    expect(resultsOfJson(update({ task: { taskId: 'T', status: 'working' } }))[0]?.protocol).toBe('json-rpc');
  });
});
