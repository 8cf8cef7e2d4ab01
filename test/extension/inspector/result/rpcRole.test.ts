import { expect, test } from 'vitest';
import type { ResultItem } from '../../../../src/analysis/protocols/model/result';
import { rpcRole } from '../../../../src/extension/inspector/result/rpcRole';

const item = (fields: Partial<ResultItem>): ResultItem => ({ kind: 'message', events: [1, 1], ...fields });

test.each([
  ['sent', { name: 'tools/call', id: '1', events: [0, 0] as [number, number] }],
  ['request', { name: 'sampling/createMessage', id: '1' }],
  ['response', { name: 'response', id: '1' }],
  ['response', { kind: 'error' as const, name: '-32602', id: '1' }],
  ['notification', { name: 'log' }],
  ['notification', { name: 'notifications/progress', id: '"p"' }],
  [undefined, { name: 'task', id: 'T' }],
  [undefined, { name: 'endpoint' }],
  [undefined, { kind: 'document' as const, name: 'artifact', id: 'a' }],
])('in JSON-RPC it is %s: %j', (role, fields) => {
  expect(rpcRole('a2a', item(fields))).toBe(role);
});

test('messages of other protocols have no such part', () => {
  expect(rpcRole('gemini', item({ name: 'executableCode' }))).toBeUndefined();
  expect(rpcRole('openai-chat', item({ kind: 'error' }))).toBeUndefined();
});
