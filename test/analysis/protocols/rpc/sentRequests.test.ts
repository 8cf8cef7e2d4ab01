// Requests in the body of our own, beside their responses.
import { expect, test } from 'vitest';
import { resultsOf, streamOfJson } from '../../../support/protocols/reading';

const call = (id: unknown, name = 'tide') => ({ jsonrpc: '2.0', id, method: 'tools/call', params: { name } });
const response = (id: unknown, result: unknown = {}) => ({ jsonrpc: '2.0', id, result });

/** Returns the results of messages that answer a body. */
function answered(body: unknown, ...messages: unknown[]) {
  return resultsOf(streamOfJson(...messages), { sent: typeof body === 'string' ? body : JSON.stringify(body) });
}

test('the request stands before all that the stream says, and came with no event', () => {
  const progress = { jsonrpc: '2.0', method: 'notifications/progress', params: { progressToken: 1, progress: 1 } };
  expect(answered(call(7), progress, response(7))).toMatchObject([
    {
      protocol: 'mcp',
      complete: true,
      problems: [],
      items: [
        { kind: 'message', name: 'tools/call', id: '7', arguments: { name: 'tide' }, events: [0, 0] },
        { name: 'notifications/progress', events: [1, 1] },
        { name: 'response', id: '7', events: [2, 2] },
      ],
    },
  ]);
});

test('a method of MCP tells that a bare response is MCP’s', () => {
  expect(answered(call(1), response(1))[0]?.protocol).toBe('mcp');
  expect(answered({ jsonrpc: '2.0', id: 1, method: 'textDocument/hover' }, response(1))[0]?.protocol).toBe('json-rpc');
});

test('a batch is answered once all its requests are', () => {
  const batch = [call(1), call('1'), { jsonrpc: '2.0', method: 'notifications/initialized' }];
  const half = answered(batch, response(1));
  expect(half[0]?.items.map(({ id }) => id)).toEqual(['1', '"1"', '1']);
  expect(half).toMatchObject([{ complete: false, problems: [{ code: 'unfinished', event: 1 }] }]);
  const error = { jsonrpc: '2.0', id: '1', error: { code: -32_602, message: 'No such tide' } };
  expect(answered(batch, response(1), error)).toMatchObject([{ complete: true, problems: [{ code: 'error' }] }]);
});

test('an error without an id answers all, as the server has read none', () => {
  const error = { jsonrpc: '2.0', id: null, error: { code: -32_700, message: 'Parse error' } };
  expect(answered(call(1), error)).toMatchObject([{ complete: true }]);
});

test.each([
  ['text', 'a=1'],
  ['JSON that is no request', '{"model":"m"}'],
  ['a request without an id', { jsonrpc: '2.0', method: 'tools/call' }],
  ['too deep JSON', `${'['.repeat(1000)}${']'.repeat(1000)}`],
])('a body that is %s adds nothing', (_, body) => {
  expect(answered(body, response(1))).toMatchObject([{ complete: true, items: [{ name: 'response' }] }]);
});

test('no more than 1,000 requests of a batch are shown', () => {
  const batch = Array.from({ length: 1001 }, (_, id) => call(id));
  expect(answered(batch, response(1))[0]?.items).toHaveLength(1001);
});

test('other protocols don’t show the body', () => {
  const chunk = { object: 'chat.completion.chunk', choices: [{ index: 0, delta: { content: 'Ebb' } }] };
  expect(answered(call(1), chunk, '[DONE]')[0]?.items).toHaveLength(1);
});
