// Results that somebody reads at leisure, while the stream goes on changing its documents.
import { expect, test } from 'vitest';
import { type ResultOptions, ResultReader } from '../../../src/analysis/protocols/resultReader';
import { eventsOf, streamOfJson } from '../../support/protocols/reading';

const patch = (op: string, path: string, value?: unknown) => ({ type: 'STATE_DELTA', delta: [{ op, path, value }] });
const call = (functionCall: object) => ({ candidates: [{ content: { parts: [{ functionCall }] } }] });
const piece = (jsonPath: string, stringValue: string) =>
  call({ partialArgs: [{ jsonPath, stringValue }], willContinue: true });
const artifact = (depth: number, append = true) => ({
  jsonrpc: '2.0',
  id: 1,
  result: {
    ...{ kind: 'artifact-update', taskId: 't', append },
    artifact: { artifactId: 'a', parts: [{ kind: 'data', data: { depth } }] },
  },
});

test.each<[string, ResultOptions, object[]]>([
  [
    'a state that patches change',
    {},
    [
      { type: 'RUN_STARTED', threadId: 'a', runId: 'b' },
      { type: 'STATE_SNAPSHOT', snapshot: { tides: [{ port: 'Emden' }, { port: 'Husum' }], rev: 1 } },
      patch('remove', '/tides/0'),
      patch('replace', '/tides/0/port', 'Bremen'),
    ],
  ],
  [
    'a result that increments add to',
    { protocol: 'graphql' },
    [
      { data: { port: { name: 'Emden' }, tides: ['a'] }, hasNext: true },
      { incremental: [{ path: ['port'], data: { depth: 5 } }], hasNext: true },
      { incremental: [{ path: ['tides', 1], items: ['b', 'c'] }], hasNext: false },
    ],
  ],
  [
    'arguments that come in pieces',
    {},
    [call({ name: 'tide', willContinue: true }), piece('$.port.name', 'Emden'), piece('$.port.sea', 'Ems')],
  ],
  ['an artifact that parts are added to', {}, [artifact(1, false), artifact(2), artifact(3)]],
])('%s stay as they were when they were asked for', (_, options, values) => {
  const reader = new ResultReader(options);
  const documents: string[] = [];
  const kept: unknown[] = [];
  for (const event of eventsOf(streamOfJson(...values))) {
    reader.add(options.protocol ? { ...event, event: 'next' } : event);
    kept.push(reader.lastingResults()[0]?.items[0]?.arguments);
    documents.push(JSON.stringify(reader.results()[0]?.items[0]?.arguments));
  }
  expect(new Set(documents).size).toBe(values.length);
  expect(kept.map((one) => JSON.stringify(one))).toEqual(documents);
});
