// Names and ids may be as long as their event, and a stream may have ten thousand of them: V8 keeps all of a text for a slice of it.
import { expect, test } from 'vitest';
import type { ProtocolId } from '../../../src/analysis/protocols/model/protocol';
import { ResultReader } from '../../../src/analysis/protocols/resultReader';
import { RowAdditions } from '../../../src/client/results/rowAdditions';
import { drawn } from '../../support/random/drawn';
import { memory } from '../../support/time/memory';

const MEGABYTE = 1024 * 1024;
const COUNT = 60;
const LONG = 'x'.repeat(MEGABYTE);

type Made = (long: string, index: number) => object;
const call =
  (name: (long: string) => string, id: (long: string) => string): Made =>
  (long, index) => {
    const named = { index, id: id(long), function: { name: name(long), arguments: '{"a":1}' } };
    return { choices: [{ delta: { tool_calls: [named] } }] };
  };
/** Its number, which isn’t the same for all. */
const short = (long: string) => long.slice(0, 5);
const whole = (long: string) => long;

test.each<[what: string, protocol: ProtocolId, made: Made]>(
  drawn(
    [
      ['names of tools', 'openai-chat', call(whole, short)],
      ['ids of tool calls', 'openai-chat', call(short, whole)],
      [
        'ids of outputs',
        'openai-responses',
        (id, index) => ({
          type: 'response.output_item.added',
          output_index: index,
          item: { type: 'function_call', id, name: 'f' },
        }),
      ],
      ['ids of texts', 'vercel-ui', (id) => ({ type: 'text-start', id })],
      ['ids of runs’ tools', 'ag-ui', (id) => ({ type: 'TOOL_CALL_START', toolCallId: id, toolCallName: 'f' })],
      ['ids of parts to come', 'graphql', (id) => ({ data: {}, hasNext: true, pending: [{ id, path: ['a'] }] })],
      [
        'paths of parts to come',
        'graphql',
        (long, index) => ({
          ...(index === 0 && { data: {} }),
          hasNext: true,
          pending: [{ id: `${index}`, path: [long] }],
        }),
      ],
      ['ids of operations', 'graphql', (id) => ({ id, payload: { data: {}, hasNext: true } })],
      ['methods', 'json-rpc', (method) => ({ jsonrpc: '2.0', method, params: {} })],
      ['codes of errors', 'openai-chat', (code, index) => ({ error: { code, message: `${index}` }, choices: [] })],
    ],
    3,
  ),
)('%s of a megabyte each are kept by their beginnings', (_what, protocol, made) => {
  const event = protocol === 'graphql' ? 'next' : 'message';
  const reader = new ResultReader({ protocol });
  // Collects what loading the modules has left.
  memory();
  const rows = new RowAdditions();
  const before = memory();
  for (let index = 0; index < COUNT; index += 1) {
    const data = JSON.stringify(made(`${index}${LONG}`, index));
    for (const addition of reader.add({ number: index + 1, at: index, event, data })) rows.add(addition);
  }
  expect((memory() - before) / MEGABYTE).toBeLessThan(COUNT / 3);
  expect(reader.results()).toHaveLength(1);
  expect(rows.get(COUNT + 1)).toBeUndefined();
});

test('a row keeps a piece without the text that it was cut from', () => {
  const rows = new RowAdditions();
  const before = memory();
  for (let event = 1; event <= COUNT; event += 1) {
    const text = `${event}${LONG}-and-the-rest`.slice(-13);
    rows.add({ event, result: 0, item: 0, kind: 'tool', name: 'f', text });
  }
  expect((memory() - before) / MEGABYTE).toBeLessThan(COUNT / 3);
  expect(rows.get(COUNT)?.text).toBe('tool f: -and-the-rest');
});

test.each<[what: string, protocol: ProtocolId, letters: (count: number) => object]>(
  drawn(
    [
      [
        'a text',
        'openai-chat',
        (count) => ({ choices: Array.from({ length: count }, () => ({ index: 0, text: 'a' })) }),
      ],
      [
        'arguments',
        'openai-chat',
        (count) => ({
          choices: [{ delta: { tool_calls: Array.from({ length: count }, () => ({ function: { arguments: 'a' } })) } }],
        }),
      ],
      [
        'arguments at a path',
        'gemini',
        (count) => {
          const partialArgs = Array.from({ length: count }, () => ({ jsonPath: '$.a', stringValue: 'a' }));
          return { candidates: [{ content: { parts: [{ functionCall: { name: 'f', partialArgs } }] } }] };
        },
      ],
    ],
    1,
  ),
)('%s of a million pieces, a letter each, takes little more than its length', (_what, protocol, letters) => {
  const reader = new ResultReader({ protocol });
  const data = JSON.stringify(letters(1000));
  memory();
  const before = memory();
  for (let number = 1; number <= 1000; number += 1) reader.add({ number, at: number, event: 'message', data });
  expect((memory() - before) / MEGABYTE).toBeLessThan(10);
  expect(reader.results()).toHaveLength(1);
});

test('lists that paths of arguments make, a hundred each, are bounded as texts are', () => {
  const reader = new ResultReader({ protocol: 'gemini' });
  const add = (number: number, call: object) => {
    const value = { candidates: [{ content: { parts: [{ functionCall: { ...call, willContinue: true } }] } }] };
    reader.add({ number, at: number, event: 'message', data: JSON.stringify(value) });
  };
  add(1, { name: 'f' });
  memory();
  const before = memory();
  for (let number = 2; number < 22; number += 1)
    add(number, {
      partialArgs: Array.from({ length: 1000 }, (_, index) => ({
        jsonPath: `$.x${number}_${index}${'[0]'.repeat(99)}`,
        boolValue: true,
      })),
    });
  expect((memory() - before) / MEGABYTE).toBeLessThan(150);
  expect(reader.results()[0]?.problems.map(({ code }) => code)).toEqual(['limit']);
});
