// Which protocol a stream is of: each that is named, and none for all other streams of the tests.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ASSEMBLED, NAMED, protocolName } from '../../../../src/analysis/protocols/model/protocol';
import type { ProtocolEvent } from '../../../../src/analysis/protocols/model/protocolEvent';
import { type Recognised, recognise } from '../../../../src/analysis/protocols/recognise/recognise';
import fieldCases from '../../../client/fieldCases.json' with { type: 'json' };
import { STREAMS } from '../../../support/client/parsing';
import { EXAMPLES } from '../../../support/protocols/examples';
import { eventsOf, eventsOfLines, read, streamOf } from '../../../support/protocols/reading';

const event = (data: unknown, type = 'message', id?: string): ProtocolEvent => ({
  ...{ number: 1, at: 0, event: type, id },
  data: typeof data === 'string' ? data : JSON.stringify(data),
});
const of = (data: unknown, type?: string, id?: string) => recognise({}, event(data, type, id));

/** Protocols of the templates and of the mocks for clients; others are of none. */
const FILES: Record<string, string> = {
  'anthropic-error.sse': 'anthropic',
  'anthropic-messages.sse': 'anthropic',
  'mcp.sse': 'mcp',
  'openai-chat.sse': 'openai-chat',
  'openai-responses.sse': 'openai-responses',
  'datastar.sse': 'datastar',
  'graphql.sse': 'graphql',
};

const files = ['media/templates', 'test/clients/mocks', 'examples', 'test/clients/mocks/v1', 'test/clients/mocks/mcp']
  .flatMap((folder) => readdirSync(folder, { encoding: 'utf8' }).map((name) => `${folder}/${name}`))
  .filter((path) => path.endsWith('.sse'));

/** Reads a script's events, without its directives and places. */
function protocolOf(path: string): string | undefined {
  const text = readFileSync(path, 'utf8')
    .replaceAll('{{body /id}}', '1')
    .replaceAll(/\{\{[^}]*\}\}/g, '1');
  return read(eventsOf(`${text}\n\n`)).protocol;
}

test('each template and example has its protocol, and others have none', () => {
  expect(files.length).toBeGreaterThan(10);
  const found = files.map((path) => [path, protocolOf(path)]);
  const named = found.filter(([, protocol]) => protocol !== undefined);
  for (const [path = '', protocol] of found) {
    const expected = FILES[path.split('/').at(-1) ?? ''];
    if (expected !== undefined) expect([path, protocol]).toEqual([path, expected]);
  }
  const others = found.filter(([path = '']) => /notifications|progress|empty|orders|jobs|htmx/.test(path));
  expect(others.map(([, protocol]) => protocol)).toEqual(others.map(() => undefined));
  expect(named.length).toBeGreaterThan(6);
});

test('streams of the parser’s tests, and of the counter, are of no protocol', () => {
  const streams = [
    ...Object.values(STREAMS),
    'data: 1\n\ndata: 2\n\n',
    'data: {"count":1}\n\n',
    'event: count\nid: 7\ndata: 7\n\n',
  ];
  for (const stream of streams) expect(read(eventsOf(stream)).protocol).toBeUndefined();
});

test('cases of fields have a protocol only if their data have its shape', () => {
  const found = fieldCases.map(({ chunks = [] }) => {
    const stream = chunks.join('');
    return [stream.includes('"jsonrpc"'), read(eventsOf(stream)).protocol];
  });
  expect(found.length).toBeGreaterThan(10);
  for (const [isRpc, protocol] of found) expect(isRpc ? 'json-rpc' : undefined).toBe(protocol);
});

test('events of each example fit its protocol alone, or leave it open', () => {
  const ids: Record<string, string> = {
    chat: 'openai-chat',
    responses: 'openai-responses',
    vercelUi: 'vercel-ui',
    agUi: 'ag-ui',
  };
  for (const [name, lines] of Object.entries(EXAMPLES)) {
    const events = name === 'ollama' ? eventsOfLines(`${lines.join('\n')}\n`) : eventsOf(streamOf(lines));
    const found = new Set(events.map((one, index) => recognise({}, one, events.slice(0, index))));
    // Pairs of JSON-RPC that are decided by their result stay A2A, or MCP.
    const allowed = [ids[name] ?? name, 'undecided', ...(name === 'mcp' ? ['json-rpc'] : [])];
    const isPlain = ['langgraph', 'graphql'].includes(name);
    for (const one of found) expect([...allowed, ...(isPlain ? ['no'] : [])], name).toContain(one);
  }
});

describe('a shape', () => {
  test.each<[unknown, Recognised, string?, string?]>([
    // Chat Completions, and what looks like it.
    [{ choices: [{ delta: {} }] }, 'openai-chat'],
    [{ choices: [], usage: {} }, 'openai-chat'],
    [{ object: '', choices: [], prompt_filter_results: [] }, 'openai-chat'],
    [{ object: 'text_completion', choices: [], usage: {} }, 'openai-completions'],
    [{ object: 'poll', choices: [{ delta: {} }] }, 'no'],
    [{ choices: [] }, 'no'],
    [{ choices: ['a', 'b'] }, 'no'],
    // Types that look alike.
    [{ type: 'message_start', message: { type: 'message' } }, 'anthropic'],
    [{ type: 'message_start' }, 'no'],
    [{ type: 'content_block_start', index: 0, content_block: {} }, 'anthropic'],
    [{ type: 'content_block_start', index: 0 }, 'no'],
    [{ type: 'content_block_start', content_block: {} }, 'no'],
    [{ type: 'content_block_delta', index: 0 }, 'no'],
    [{ type: 'content_block_delta', delta: { type: 'text_delta' } }, 'no'],
    [{ type: 'message_delta', delta: {} }, 'no'],
    [{ type: 'message_delta', usage: {} }, 'no'],
    [{ type: 'completion', completion: 'a', stop_reason: null }, 'anthropic'],
    [{ type: 'completion', completion: 'a' }, 'no'],
    [{ type: 'completion', stop_reason: null }, 'no'],
    [{ type: 'message-start', delta: { message: {} } }, 'cohere'],
    [{ type: 'message-start' }, 'no'],
    [{ type: 'content-end', index: 0 }, 'undecided'],
    [{ type: 'message.start' }, 'no'],
    [{ type: 'message.delta', content: 'a' }, 'lm-studio', 'message.delta'],
    [{ type: 'start' }, 'undecided'],
    [{ type: 'text-delta', id: '0', delta: 'a' }, 'vercel-ui'],
    [{ type: 'text-delta', delta: 'a' }, 'no'],
    [{ type: 'finish' }, 'no'],
    [{ type: 'data-tide', data: 1 }, 'no'],
    [{ type: 'response.created', response: {} }, 'openai-responses'],
    [{ type: 'response.output_text.delta', delta: 'a' }, 'openai-responses'],
    [{ type: 'response.pending' }, 'no'],
    [{ type: 'conversation.response.started' }, 'mistral-agents'],
    [{ type: 'transcript.text.delta', delta: 'a' }, 'openai-media'],
    [{ type: 'RUN_STARTED', threadId: 't', runId: 'r' }, 'ag-ui'],
    [{ type: 'RUN_STARTED' }, 'no'],
    [{ type: 'STATE_DELTA', delta: [{ op: 'add', path: '/a', value: 1 }] }, 'ag-ui'],
    [{ type: 'agent.message' }, 'anthropic-session', 'agent.message'],
    // Gemini, and what has its words.
    [{ candidates: [{ content: {} }], modelVersion: 'g' }, 'gemini'],
    [{ candidates: [{ name: 'Ada' }], responseId: '1' }, 'no'],
    [{ candidates: [{ index: 1 }] }, 'no'],
    [{ event_type: 'step.delta', index: 0 }, 'gemini-interactions'],
    // JSON-RPC.
    [{ jsonrpc: '2.0', method: 'tools/list', id: 1 }, 'mcp'],
    [{ jsonrpc: '2.0', method: 'textDocument/hover', id: 1 }, 'json-rpc'],
    [{ jsonrpc: '2.0', id: 1 }, 'no'],
    [[{ jsonrpc: '2.0', method: 'ping' }], 'mcp'],
    [[], 'no'],
    [{ jsonrpc: '2.0', id: 1, result: { task: { status: { state: 'working' } } } }, 'a2a'],
    [{ jsonrpc: '2.0', id: 1, result: { task: { status: 'working' } } }, 'json-rpc'],
    [{ kind: 'status-update', taskId: 'T', status: { state: 'working' } }, 'a2a'],
    [{ task: { status: 'open' } }, 'no'],
    ['/messages?session=1', 'mcp', 'endpoint'],
    ['a sentence', 'no', 'endpoint'],
    // Lines.
    [{ model: 'o', done: false, message: {} }, 'ollama'],
    [{ model: 'o', done: false }, 'no'],
    [{ type: 'ADDED', object: { kind: 'Pod', apiVersion: 'v1' } }, 'kubernetes'],
    [{ type: 'ADDED', object: {} }, 'no'],
    [{ type: 'ADDED', object: { kind: 'Pod' } }, 'no'],
    [{ type: 'ADDED', object: { apiVersion: 'v1' } }, 'no'],
    [{ type: 'added', object: { kind: 'Pod', apiVersion: 'v1' } }, 'no'],
    [{ Type: 'container', Action: 'start', Actor: { ID: 'x' } }, 'docker'],
    [{ Type: 'container', Action: 'start', Actor: {} }, 'no'],
    [{ Type: 'container', Actor: { ID: 'x' } }, 'no'],
    [{ Action: 'start', Actor: { ID: 'x' } }, 'no'],
    // Names, with shapes.
    [{ data: {} }, 'graphql', 'next'],
    [{ id: 'x', payload: { data: {} } }, 'graphql', 'next'],
    [{ page: 2 }, 'no', 'next'],
    [[{}], 'langgraph', 'messages/partial'],
    [{}, 'langgraph', 'values|sub:1'],
    [{}, 'no', 'values'],
    ['signals {}', 'datastar', 'datastar-patch-signals'],
    [{ object: 'thread.run' }, 'openai-assistants', 'thread.run.created'],
    [{ meta: {} }, 'wikimedia', 'message', '[{"topic":"t","partition":0,"offset":1}]'],
    [{ meta: {} }, 'no', 'message', '[1,2]'],
    // Signs of life.
    ['', 'undecided'],
    [{ type: 'ping' }, 'undecided'],
    [{ error: { message: 'x' } }, 'undecided'],
    ['[DONE]', 'undecided'],
    ['{', 'no'],
    ['7', 'no'],
    ['null', 'no'],
  ])('%j is %s', (data, expected, type, id) => {
    expect(of(data, type, id)).toBe(expected);
  });
});

test('events before it decide with it', () => {
  const run = event({ run_id: 'r' }, 'metadata');
  expect(recognise({}, event({}, 'values'), [run])).toBe('langgraph');
  expect(recognise({}, event('"a"', 'data'), [run])).toBe('langserve');
  expect(recognise({}, event({ type: 'start-step' }), [event({ type: 'start' })])).toBe('vercel-ui');
});

test('some headers decide alone', () => {
  const head = (name: string, value: string) => ({ headers: [[name, value]] as const });
  expect(recognise(head('X-Vercel-AI-UI-Message-Stream', 'v1'), event('x'))).toBe('vercel-ui');
  expect(recognise(head('Mercure-Last-Event-ID', 'urn:uuid:1'), event('x'))).toBe('mercure');
  expect(recognise(head('Mcp-Session-Id', '1'), event({ jsonrpc: '2.0', id: 1, result: {} }))).toBe('mcp');
  expect(recognise(head('Mcp-Session-Id', '1'), event('x'))).toBe('no');
  expect(recognise({ contentType: 'application/vnd.amazon.eventstream' }, event('x'))).toBe('bedrock');
});

test('each protocol has a name', () => {
  const ids = [...Object.keys(ASSEMBLED), ...Object.keys(NAMED)] as (keyof typeof ASSEMBLED)[];
  expect(new Set(ids.map(protocolName)).size).toBe(ids.length);
});
