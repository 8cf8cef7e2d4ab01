// Streams that mean ill: large, deep, with names of prototypes, or with anything in place of anything.
import { describe, expect, test } from 'vitest';
import type { Json } from '../../../src/analysis/protocols/json/json';
import { MAX_ITEMS, MAX_PROBLEMS, MAX_RESULTS, MAX_TEXT } from '../../../src/analysis/protocols/model/limits';
import { ASSEMBLED, type AssembledId } from '../../../src/analysis/protocols/model/protocol';
import type { ProtocolEvent } from '../../../src/analysis/protocols/model/protocolEvent';
import { ResultReader } from '../../../src/analysis/protocols/resultReader';
import { EXAMPLES } from '../../support/protocols/examples';
import { eventsOf, eventsOfLines, read, streamOf } from '../../support/protocols/reading';
import { fuzz } from '../../support/random/fuzz';

const event = (number: number, data: unknown, type = 'message'): ProtocolEvent => ({
  ...{ number, at: number, event: type },
  data: typeof data === 'string' ? data : JSON.stringify(data),
});
const chunk = (delta: object) => ({ object: 'chat.completion.chunk', choices: [{ index: 0, delta }] });

function readAll(count: number, make: (number: number) => unknown, type?: string) {
  const reader = new ResultReader();
  for (let number = 1; number <= count; number += 1) reader.add(event(number, make(number), type));
  reader.end();
  return reader.results();
}

describe('limits', () => {
  test('text ends at 16 MB, with a problem', () => {
    const piece = 'é'.repeat(1024 * 1024);
    const [result] = readAll(17, () => chunk({ content: piece }));
    expect(result?.items[0]?.text?.length).toBe(MAX_TEXT);
    expect(result?.problems).toContainEqual({ code: 'limit', event: 17 });
  });

  test('text of several items has one limit together, and no half of a character at its end', () => {
    const make = (number: number) =>
      chunk(number % 2 ? { content: `x${'😀'.repeat(600_000)}` } : { reasoning: '😀'.repeat(600_000) });
    const [result] = readAll(20, make);
    const lengths = result?.items.map(({ text = '' }) => text.length) ?? [];
    expect(lengths.reduce((sum, length) => sum + length, 0)).toBeLessThanOrEqual(MAX_TEXT);
    for (const { text = '' } of result?.items ?? []) expect(text).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);
  });

  test('more calls than ten thousand items are left out, and a problem', () => {
    const call = (number: number) =>
      chunk({ tool_calls: [{ index: number, id: `c${number}`, function: { name: 'f', arguments: '{}' } }] });
    const [result] = readAll(MAX_ITEMS + 100, call);
    expect(result?.items).toHaveLength(MAX_ITEMS);
    expect(result?.problems.filter(({ code }) => code === 'limit')).toHaveLength(1);
  });

  test('more blocks, messages, documents and parts than ten thousand items are left out', () => {
    const makes: [(number: number) => unknown, string?][] = [
      [(number) => ({ type: 'content_block_start', index: number, content_block: { type: 'text', text: 'a' } })],
      [(number) => ({ jsonrpc: '2.0', method: 'notifications/message', params: { data: number } })],
      [(number) => ({ jsonrpc: '2.0', method: 'notifications/progress', params: { progressToken: number } })],
      [(number) => ({ type: 'TEXT_MESSAGE_CONTENT', messageId: `m${number}`, delta: 'a' })],
      [(number) => ({ type: 'text-delta', id: `t${number}`, delta: 'a' })],
      [(number) => ({ type: 'response.output_text.delta', output_index: number, delta: 'a' })],
      [(number) => ({ artifactUpdate: { taskId: 'T', artifact: { artifactId: `a${number}`, parts: [] } } })],
      [() => ({ candidates: [{ content: { parts: [{ functionCall: { name: 'f' } }] } }], responseId: 'r' })],
      [() => ({ data: { n: 1 } }), 'next'],
    ];
    for (const [make, type] of makes) expect(readAll(MAX_ITEMS + 100, make, type)[0]?.items.length).toBe(MAX_ITEMS);
  });

  test('choices, candidates, messages of a batch and calls that go on are bounded, with a problem', () => {
    const numbers = Array.from({ length: 1100 }, (_, index) => index);
    const call = (index: number, text: string) => ({ index, function: { name: 'f', arguments: text } });
    const makes: (() => unknown)[] = [
      () => ({
        object: 'chat.completion.chunk',
        choices: numbers.map((index) => ({ index, delta: { content: 'a' } })),
      }),
      () => chunk({ tool_calls: numbers.flatMap((index) => [call(index, '{'), call(index, '}')]) }),
      () => ({ candidates: numbers.map((index) => ({ index, content: { parts: [{ text: 'a' }] } })) }),
      () => numbers.map((id) => ({ jsonrpc: '2.0', id, result: {} })),
    ];
    for (const make of makes) expect(readAll(1, make)[0]?.problems).toContainEqual({ code: 'limit', event: 1 });
  });

  test.each(['1e999', '1e300', '-1e308'])(
    'a figure of %s is none: no JSON can pass it on, or it has hundreds of digits',
    (figure) => {
      const [result] = readAll(
        1,
        () =>
          `{"object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"a"}}],"usage":{"prompt_tokens":${figure},"completion_tokens":7}}`,
      );
      expect(result?.usage).toEqual({ output: 7 });
    },
  );

  test('problems and results are a thousand', () => {
    const error = (number: number) => (number === 1 ? chunk({ content: 'a' }) : '{');
    expect(readAll(5000, error)[0]?.problems).toHaveLength(MAX_PROBLEMS);
    const results = readAll(5000, (number) => ({ type: 'RUN_STARTED', threadId: 't', runId: `r${number}` }));
    expect(results).toHaveLength(MAX_RESULTS);
  });

  test('a document that would grow too large stays as it was', () => {
    const copy = [{ op: 'copy', from: '', path: '/-' }];
    const [result] = readAll(60, (number) =>
      number === 1 ? { type: 'STATE_SNAPSHOT', snapshot: ['x'.repeat(1000)] } : { type: 'STATE_DELTA', delta: copy },
    );
    expect(JSON.stringify(result?.items[0]?.arguments).length).toBeLessThan(MAX_TEXT);
    expect(result?.problems.map(({ code }) => code)).toContain('limit');
  });
});

describe('depth and names', () => {
  const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;

  test('data of any depth are read, or a hole, and can be written down again', () => {
    for (const levels of [100, 490, 600, 100_000, 2_000_000]) {
      const reader = read([
        event(1, chunk({ content: 'a' })),
        event(2, `{"choices":[{"delta":{"tool_calls":[{"function":{"arguments":${deep(levels)}}}]}}]}`),
      ]);
      expect(JSON.stringify(reader.results()).length).toBeGreaterThan(0);
      const codes = reader.results()[0]?.problems.map(({ code }) => code);
      if (levels > 500) expect(codes).toContain('omitted');
      else expect(codes).toEqual(['unfinished']);
    }
  });

  test('arguments of any depth in pieces stay text', () => {
    const call = (piece: string) => chunk({ tool_calls: [{ index: 0, function: { name: 'f', arguments: piece } }] });
    const reader = read([
      event(1, call('[')),
      ...Array.from({ length: 1000 }, (_, index) => event(index + 2, call('['.repeat(1000)))),
    ]);
    expect(reader.results()[0]?.items[0]?.arguments).toHaveLength(1_000_001);
  });

  test('a document doesn’t get deeper by moves and merges than can be written down', () => {
    const path = '/a'.repeat(150);
    const grow = (value: Json) => [
      { op: 'add', path: '/b', value },
      { op: 'move', from: '/b', path: `${path}/b` },
      { op: 'move', from: '/a', path: '/c' },
      { op: 'add', path: '/a', value: JSON.parse(deep(160)) },
      { op: 'move', from: '/c', path: `${path}/c` },
    ];
    const [result] = readAll(200, (number) =>
      number === 1
        ? { type: 'STATE_SNAPSHOT', snapshot: JSON.parse(deep(160)) }
        : { type: 'STATE_DELTA', delta: grow(JSON.parse(deep(400))) },
    );
    expect(() => JSON.stringify(result)).not.toThrow();
    const merges = readAll(
      500,
      (number) => {
        if (number === 1) return { data: {}, pending: [{ id: '0', path: [] }], hasNext: true };
        return {
          incremental: [
            { id: '0', subPath: Array.from({ length: Math.min(number, 190) }, () => 'a'), data: JSON.parse(deep(300)) },
          ],
          hasNext: true,
        };
      },
      'next',
    );
    expect(() => JSON.stringify(merges)).not.toThrow();
  });

  test('names of prototypes are names, and change no other object', () => {
    const hostile = '{"__proto__":{"x":1},"constructor":{"prototype":{"x":1}}}';
    for (const [name, lines] of Object.entries(EXAMPLES))
      for (const line of lines) {
        const stream = streamOf([line.replace('{', `{"__proto__":{"type":"x"},"constructor":1,`)]);
        expect(() => read(eventsOf(stream)).results(), name).not.toThrow();
      }
    for (const id of ['__proto__', 'constructor', 'toString']) {
      readAll(3, () => ({ type: 'TEXT_MESSAGE_CONTENT', messageId: id, delta: 'a' }));
      readAll(3, () => ({ type: id, name: id }));
      readAll(2, () => ({ type: 'STATE_SNAPSHOT', snapshot: JSON.parse(hostile) }));
      readAll(2, () => chunk({ content: [{ type: id, text: 'a' }] }));
    }
    expect({}).not.toHaveProperty('x');
  });
});

describe('anything in place of anything', () => {
  const ODD: Json[] = [
    null,
    true,
    0,
    -1,
    1e300,
    '',
    'x',
    '__proto__',
    [],
    {},
    [[]],
    [null],
    { a: null },
    '{"a":',
    ['a', 0],
  ];
  const streams = Object.entries(EXAMPLES).map(([name, lines]) =>
    name === 'ollama' ? eventsOfLines(`${lines.join('\n')}\n`) : eventsOf(streamOf(lines)),
  );
  const ids = (Object.keys(ASSEMBLED) as AssembledId[]).filter((id) => id !== 'path');

  /** Returns the value with some of its parts replaced. */
  function spoilt(value: Json, random: () => number): Json {
    if (random() < 0.04) return ODD[Math.floor(random() * ODD.length)] ?? null;
    if (Array.isArray(value)) return value.map((one) => spoilt(one, random));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, spoilt(one, random)]));
  }

  function spoiltEvent(one: ProtocolEvent, random: () => number): ProtocolEvent {
    let value: Json;
    try {
      value = JSON.parse(one.data);
    } catch {
      return one;
    }
    return { ...one, data: JSON.stringify(spoilt(value, random)), event: random() < 0.02 ? 'error' : one.event };
  }

  test('never throws, whatever the protocol is taken for, and gives plain JSON', async () => {
    await fuzz(300, (random) => {
      for (const events of streams) {
        const mixed = events.flatMap((one) => (random() < 0.1 ? [] : random() < 0.1 ? [one, one] : [one]));
        const sent = mixed.map((one) => spoiltEvent(one, random));
        const id = ids[Math.floor(random() * ids.length)];
        for (const options of [{}, { protocol: id }]) {
          const reader = new ResultReader(options);
          for (const one of sent) {
            reader.add(one);
            if (random() < 0.1) reader.results();
          }
          reader.end();
          const results = reader.results();
          expect(JSON.parse(JSON.stringify(results))).toEqual(results);
        }
      }
    });
  });
});
