// Events that mean to take long: each is small, or within what an event may have, and took up to a minute.
import { expect, test } from 'vitest';
import type { ProtocolId } from '../../../src/analysis/protocols/model/protocol';
import { ResultReader } from '../../../src/analysis/protocols/resultReader';
import { leastOf } from '../../support/time/leastOf';
import { OwnClock } from '../../support/time/ownTime';

/** Milliseconds of an idle machine’s processor time. */
const BOUND = 400;

type Event = object | string;
interface Hostile {
  protocol: ProtocolId;
  /** Type of the events. Default: `message`. */
  type?: string;
  before: Event[];
  events: Event[];
}

const call = (id: string | undefined, text: string) => ({
  choices: [{ delta: { tool_calls: [{ index: 0, ...(id && { id }), function: { name: 'f', arguments: text } }] } }],
});
const many = <T>(length: number, make: (index: number) => T) => Array.from({ length }, (_, index) => make(index));
/** A number whose shortest form V8 finds slowly. */
const SLOW_NUMBER = '6.846344442605329e-43';
const nested = (levels: number): object => (levels === 0 ? {} : { a: nested(levels - 1) });
const listOf = (json: string, size: number) => `[${`${json},`.repeat(size / (json.length + 1))}1]`;

const HOSTILE: Record<string, Hostile> = {
  'pieces of a call that changes its id, whose arguments look whole': {
    protocol: 'openai-chat',
    before: [call('a', `[${'1,'.repeat(2_000_000)}1]]`)],
    events: many(100, (index) => call(`b${index}`, ']')),
  },
  'pieces of a thousand calls in one event': {
    protocol: 'openai-chat',
    before: [{ choices: [{ delta: { tool_calls: many(1000, (index) => ({ index, id: `c${index}` })) } }] }],
    events: [{ choices: [{ delta: { tool_calls: many(30_000, () => ({ index: 2000, id: 'z' })) } }] }],
  },
  'a final response of ten thousand outputs that nobody knows': {
    protocol: 'openai-responses',
    before: many(10_000, (index) => ({
      type: 'response.output_item.added',
      output_index: index,
      item: { type: 'a', id: `i${index}` },
    })),
    events: [{ type: 'response.completed', response: { output: many(10_000, () => ({ type: 'b' })) } }],
  },
  'a hundred thousand changes that can’t be made, behind a thousand': {
    protocol: 'graphql',
    type: 'next',
    before: [
      { data: { a: 1 }, hasNext: true },
      ...many(1100, () => ({ hasNext: true, incremental: [{ path: ['q'], data: {} }] })),
    ],
    events: many(5, () => ({ hasNext: true, incremental: many(100_000, () => 0) })),
  },
  'forty thousand changes at a place two hundred levels deep, each of which names it by an id': {
    protocol: 'graphql',
    type: 'next',
    before: [{ data: nested(198), pending: [{ id: '1', path: Array(198).fill('a') }], hasNext: true }],
    events: many(4, () => ({ hasNext: true, incremental: many(39_000, () => ({ id: '1', data: {} })) })),
  },
  'tests of a document that is large': {
    protocol: 'ag-ui',
    before: [`{"type":"STATE_SNAPSHOT","snapshot":${listOf('0', 2_800_000)}}`],
    events: many(200, () => ({ type: 'STATE_DELTA', delta: [{ op: 'test', path: '', value: 1 }] })),
  },
  'patches at the beginning of a long list': {
    protocol: 'ag-ui',
    before: [{ type: 'STATE_SNAPSHOT', snapshot: many(99_000, () => 0) }],
    events: many(3, () => ({ type: 'STATE_DELTA', delta: many(5000, () => ({ op: 'add', path: '/0', value: 1 })) })),
  },
  'arguments at long paths': {
    protocol: 'gemini',
    before: [{ candidates: [{ content: { parts: [{ functionCall: { name: 'f', willContinue: true } }] } }] }],
    events: many(2, () => {
      const partialArgs = many(20_000, () => ({ jsonPath: `$${'.a'.repeat(99)}`, stringValue: 'x' }));
      return { candidates: [{ content: { parts: [{ functionCall: { partialArgs, willContinue: true } }] } }] };
    }),
  },
  'copies of numbers that are written slowly': {
    protocol: 'ag-ui',
    before: [`{"type":"STATE_SNAPSHOT","snapshot":{"a":${listOf(SLOW_NUMBER, 3e6)}}}`],
    events: [{ type: 'STATE_DELTA', delta: many(20, (index) => ({ op: 'copy', from: '/a', path: `/b${index}` })) }],
  },
  'copies of a document into itself, which double it': {
    protocol: 'ag-ui',
    before: [],
    events: [{ type: 'STATE_DELTA', delta: many(400, (index) => ({ op: 'copy', from: '', path: `/a${index}` })) }],
  },
  ...Object.fromEntries(
    ['{}', '[]', `${'['.repeat(400)}${']'.repeat(400)}`, '69e267', SLOW_NUMBER, '9007199254740993'].map((json) => [
      `an event of 10 to 16 MB of ${json.slice(0, 22)}`,
      {
        protocol: 'mcp',
        before: [],
        events: [`{"jsonrpc":"2.0","id":1,"result":${listOf(json, json === '69e267' ? 10e6 : 16e6)}}`],
      },
    ]),
  ),
};

function timeOf({ protocol, type = 'message', before, events }: Hostile): number {
  const reader = new ResultReader({ protocol });
  const texts = [...before, ...events].map((one) => (typeof one === 'string' ? one : JSON.stringify(one)));
  const clock = new OwnClock();
  for (const [number, data] of texts.entries()) {
    if (number === before.length) clock.lap();
    reader.add({ number, at: number, event: type, data });
  }
  return clock.lap();
}

test.each(Object.entries(HOSTILE))('%s take no long time', async (_name, hostile) => {
  const time = await leastOf(BOUND, () => timeOf(hostile));
  expect(time).toBeLessThan(BOUND);
});

test('arguments of 16 MB that grow, each time to what looks whole, take no long time to look at, nor to end', async () => {
  const measure = () => {
    const reader = new ResultReader({ protocol: 'openai-chat' });
    const add = (text: string) =>
      reader.add({ number: 1, at: 1, event: 'message', data: JSON.stringify(call(undefined, text)) });
    add(`[${'[],'.repeat(5_000_000)}`);
    const clock = new OwnClock();
    for (let looks = 0; looks < 5; looks += 1) {
      add('{},{}');
      reader.results();
    }
    reader.end();
    reader.results();
    return clock.lap();
  };
  expect(await leastOf(BOUND, measure)).toBeLessThan(BOUND);
});

test('the arguments of many calls, whole at once, take no long time', async () => {
  const measure = () => {
    const reader = new ResultReader({ protocol: 'ag-ui' });
    for (let number = 0; number < 100; number += 1)
      reader.add({
        ...{ number, at: 1, event: 'message' },
        data: JSON.stringify({ type: 'TOOL_CALL_ARGS', toolCallId: `c${number}`, delta: listOf('{}', 150_000) }),
      });
    const clock = new OwnClock();
    reader.results();
    reader.end();
    return clock.lap();
  };
  expect(await leastOf(BOUND, measure)).toBeLessThan(BOUND);
});

test('to take a step back takes no longer behind nine thousand texts', async () => {
  const measure = () => {
    const reader = new ResultReader({ protocol: 'vercel-ui' });
    const add = (part: object) => reader.add({ number: 1, at: 1, event: 'message', data: JSON.stringify(part) });
    for (const id of ['', ...many(9000, String)]) add(id === '' ? { type: 'start' } : { type: 'text-start', id });
    add({ type: 'start-step' });
    const clock = new OwnClock();
    // As many as 64 KB of a server hold.
    for (let step = 0; step < 1000; step += 1) {
      add({ type: 'text-start', id: 'a' });
      add({ type: 'reset-step' });
    }
    return clock.lap();
  };
  expect(await leastOf(60, measure)).toBeLessThan(60);
});

test('events that are no JSON take no longer than others', async () => {
  const measure = () => {
    const reader = new ResultReader({ protocol: 'openai-chat' });
    const clock = new OwnClock();
    // As many as 64 KB of a server hold.
    for (let number = 0; number < 8000; number += 1) reader.add({ number, at: 1, event: 'message', data: '{' });
    return clock.lap();
  };
  expect(await leastOf(15, measure)).toBeLessThan(15);
});
