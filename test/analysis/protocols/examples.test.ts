// Each example of the notes on protocols: its result, whole and cut at every byte.
import { describe, expect, test } from 'vitest';
import type { ProtocolEvent } from '../../../src/analysis/protocols/model/protocolEvent';
import type { ResultItem } from '../../../src/analysis/protocols/model/result';
import { ResultReader } from '../../../src/analysis/protocols/resultReader';
import { EXAMPLES } from '../../support/protocols/examples';
import { eventsOf, eventsOfLines, read, streamOf, type Untimed, untimed } from '../../support/protocols/reading';
import { drawn } from '../../support/random/drawn';

const tool = (name: string, args: object, events: [number, number], id?: string, text?: string): ResultItem => ({
  ...{ kind: 'tool', name, arguments: args as ResultItem['arguments'] & object, events },
  ...(id !== undefined && { id }),
  ...(text !== undefined && { text }),
});
const text = (content: string, events: [number, number], more: Partial<ResultItem> = {}): ResultItem => ({
  ...{ kind: 'text', text: content, events },
  ...more,
});

/** Results, by the example. */
const RESULTS: Record<string, Untimed> = {
  chat: {
    protocol: 'openai-chat',
    items: [text('Two tides.', [2, 3]), tool('tide', { port: 'Emden' }, [4, 7], 'a'), tool('moon', {}, [5, 5], 'b')],
    usage: { input: 9, output: 21, total: 30 },
    model: 'm',
    stop: 'tool_calls',
    complete: true,
    problems: [],
  },
  responses: {
    protocol: 'openai-responses',
    items: [text('Low tide', [4, 6]), tool('moon', { d: 3 }, [7, 8], 'k1')],
    usage: { input: 5, output: 7, total: 12 },
    stop: 'completed',
    complete: true,
    problems: [],
  },
  anthropic: {
    protocol: 'anthropic',
    items: [{ kind: 'reasoning', text: 'Ask the moon.', events: [2, 3] }, tool('moon', { d: 3 }, [6, 9], 't1')],
    usage: { input: 8, output: 17 },
    model: 'c',
    stop: 'tool_use',
    complete: true,
    problems: [],
  },
  gemini: {
    protocol: 'gemini',
    items: [
      { kind: 'reasoning', text: 'Look up.', events: [1, 1] },
      text('High tide', [2, 3]),
      tool('moon', { d: 3 }, [3, 3]),
    ],
    usage: { input: 4, output: 9, reasoning: 3, total: 16 },
    model: 'g',
    stop: 'STOP',
    complete: true,
    problems: [],
  },
  ollama: {
    protocol: 'ollama',
    items: [{ kind: 'reasoning', text: 'hm', events: [1, 1] }, text('Ebb.', [2, 2])],
    usage: { input: 7, output: 10 },
    model: 'o',
    stop: 'stop',
    complete: true,
    problems: [],
  },
  vercelUi: {
    protocol: 'vercel-ui',
    items: [text('Neap', [3, 6]), tool('moon', { d: 3 }, [7, 10], 'k', 'new')],
    usage: {},
    stop: 'stop',
    complete: true,
    problems: [],
  },
  agUi: {
    protocol: 'ag-ui',
    items: [
      text('Spring tide', [2, 5], { id: 'm' }),
      { kind: 'document', name: 'state', arguments: { n: 2 }, events: [6, 7] },
    ],
    usage: {},
    complete: true,
    problems: [],
  },
  a2a: {
    protocol: 'a2a',
    items: [
      { kind: 'message', name: 'task', id: 'T', arguments: { state: 'TASK_STATE_COMPLETED' }, events: [1, 4] },
      { kind: 'document', name: 'artifact', id: 'a', text: 'Slack water', events: [2, 3] },
    ],
    usage: {},
    stop: 'completed',
    complete: true,
    problems: [],
  },
  mcp: {
    protocol: 'mcp',
    items: [
      {
        ...{ kind: 'message', name: 'notifications/progress', id: '"p"', events: [1, 2] },
        arguments: { progressToken: 'p', progress: 2, total: 2 },
      },
      {
        ...{ kind: 'message', name: 'response', id: '7', text: 'Ebb at 4', events: [3, 3] },
        arguments: { content: [{ type: 'text', text: 'Ebb at 4' }], isError: false },
      },
    ],
    usage: {},
    complete: true,
    problems: [],
  },
  graphql: {
    protocol: 'graphql',
    items: [
      {
        ...{ kind: 'document', events: [1, 2] },
        arguments: { port: { name: 'Emden', depth: 5 }, tides: ['a', 'b', 'c'] },
      },
    ],
    usage: {},
    complete: true,
    problems: [],
  },
};
/** Members of an item that later events replace, as the protocols say: progress, a status, a document. */
const REPLACED = ['a2a', 'agUi', 'graphql', 'mcp'];

const names = Object.keys(RESULTS) as (keyof typeof EXAMPLES)[];

/** Returns the bytes of an example, and the events in a part of them. */
function example(name: keyof typeof EXAMPLES): { bytes: Uint8Array; events(part: Uint8Array): ProtocolEvent[] } {
  const isLines = name === 'ollama';
  const bytes = new TextEncoder().encode(isLines ? `${EXAMPLES[name].join('\n')}\n` : streamOf(EXAMPLES[name]));
  return { bytes, events: (part) => (isLines ? eventsOfLines(new TextDecoder().decode(part)) : eventsOf(part)) };
}

test.each(names)('%s has the result that the notes give', (name) => {
  const { bytes, events } = example(name);
  const reader = read(events(bytes));
  expect(untimed(reader.results())).toEqual([RESULTS[name]]);
  expect(reader.protocol).toBe(RESULTS[name]?.protocol);
});

test('a speed that the server says is kept, with its source', () => {
  const { bytes, events } = example('ollama');
  expect(read(events(bytes)).results()[0]?.timing).toEqual({
    ...{ firstEventAfter: 10, firstTextAfter: 10, duration: 20, eventsPerSecond: 100 },
    ...{ tokensPerSecond: 20, tokensPerSecondBy: 'server' },
  });
});

describe.each(drawn(names, 4))('%s, cut at every byte', (name) => {
  const { bytes, events } = example(name);
  const [whole] = untimed(read(events(bytes)).results());
  const cuts = Array.from({ length: bytes.length }, (_, at) => bytes.subarray(0, at));

  test('is unfinished, and says nothing that the whole contradicts', () => {
    for (const cut of cuts) {
      const reader = read(events(cut));
      const [result, ...others] = untimed(reader.results());
      expect(others).toEqual([]);
      if (!result || !whole) continue;
      expect([result.protocol, result.model ?? whole.model]).toEqual([whole.protocol, whole.model]);
      if (!result.complete) expect(result.problems.map(({ code }) => code)).toContain('unfinished');
      for (const { code } of result.problems) expect(['unfinished', 'arguments']).toContain(code);
      for (const [index, item] of result.items.entries()) expectPart(item, whole.items[index]);
    }
  });

  test('has the same result when it is asked for at each step', () => {
    const reader = new ResultReader();
    let count = 0;
    for (const cut of [...cuts, bytes]) {
      for (const event of events(cut).slice(count)) {
        reader.add(event);
        count += 1;
      }
      reader.results();
    }
    reader.end();
    expect(untimed(reader.results())).toEqual([whole]);
  });

  /** Checks that the whole has the item, with all that is in it, or more. */
  function expectPart(item: ResultItem, final: ResultItem | undefined): void {
    expect(final).toMatchObject({ kind: item.kind, ...(item.id !== undefined && { id: item.id }) });
    expect((final?.text ?? '').slice(0, (item.text ?? '').length)).toBe(item.text ?? '');
    const [part, end] = [compact(item.arguments), compact(final?.arguments)];
    if (!REPLACED.includes(name) && part !== '{}') expect(end.slice(0, part.length)).toBe(part);
  }
});

/** Returns arguments as text without blanks; nothing if there are none. */
function compact(value: ResultItem['arguments']): string {
  return (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).replace(/\s/g, '');
}

test.each([
  ['cohere', 'cohere'],
  ['langgraph', 'langgraph'],
  ['datastar', 'datastar'],
] as const)('%s is named, and not assembled', (name, protocol) => {
  const reader = read(eventsOf(streamOf(EXAMPLES[name])));
  expect([reader.protocol, reader.results()]).toEqual([protocol, []]);
});
