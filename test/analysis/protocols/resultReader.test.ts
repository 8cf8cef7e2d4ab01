// Reading event by event: recognition on the first ones, pieces, times, and what a user chooses.
import { describe, expect, test } from 'vitest';
import { readJsonPath } from '../../../src/analysis/protocols/json/jsonPath';
import type { ProtocolEvent } from '../../../src/analysis/protocols/model/protocolEvent';
import { ResultReader } from '../../../src/analysis/protocols/resultReader';
import { EXAMPLES } from '../../support/protocols/examples';
import { eventsOf, read, resultsOf, resultsOfJson, streamOf, streamOfJson } from '../../support/protocols/reading';

const chunk = (content: string, more: object = {}) => ({
  object: 'chat.completion.chunk',
  choices: [{ index: 0, delta: { content }, finish_reason: null }],
  ...more,
});
const event = (number: number, data: unknown, more: Partial<ProtocolEvent> = {}): ProtocolEvent => ({
  ...{ number, at: 100 * number, event: 'message', data: typeof data === 'string' ? data : JSON.stringify(data) },
  ...more,
});

describe('the beginning', () => {
  test('a protocol is recognised by the first event that decides, and those before it are read, too', () => {
    const reader = new ResultReader();
    const added = [event(1, ''), event(2, { error: { message: 'Slow' } })].map((one) => reader.add(one));
    expect([added, reader.protocol, reader.isUndecided]).toEqual([[[], []], undefined, true]);
    expect(reader.add(event(3, chunk('a'))).map(({ event: number, text }) => [number, text])).toEqual([
      [2, 'Slow'],
      [3, 'a'],
    ]);
    expect([reader.protocol, reader.isUndecided]).toEqual(['openai-chat', false]);
  });

  test('each of them is read once, however many that fit several protocols come behind it', () => {
    for (const data of ['{"type":"ping","a":"start"}', '{"error":1}', '{"status":"success"}']) {
      let looks = 0;
      const looked = (number: number): ProtocolEvent => ({
        ...event(number, '', { event: 'metadata' }),
        get data() {
          looks += 1;
          return data;
        },
      });
      const reader = new ResultReader();
      for (let number = 1; number <= 40; number += 1) reader.add(looked(number));
      const half = looks;
      for (let number = 41; number <= 80; number += 1) reader.add(looked(number));
      expect(reader.isUndecided).toBe(true);
      expect(looks - half).toBeLessThan(1.5 * half);
    }
  });

  test('events of no protocol before it are passed over', () => {
    expect(resultsOfJson({ hello: 1 }, chunk('a'), '[DONE]')).toMatchObject([
      { protocol: 'openai-chat', items: [{ text: 'a', events: [2, 2] }] },
    ]);
  });

  test('after a hundred events, or a megabyte, none is recognised any more', () => {
    const many = new ResultReader();
    for (let number = 1; number <= 100; number += 1) many.add(event(number, { n: number }));
    many.add(event(101, chunk('a')));
    expect([many.protocol, many.isUndecided, many.results()]).toEqual([undefined, false, []]);
    const large = new ResultReader();
    large.add(event(1, 'x'.repeat(1024 * 1024)));
    large.add(event(2, chunk('a')));
    expect(large.protocol).toBeUndefined();
  });

  test('a stream of errors alone, or of nothing, has no result', () => {
    expect(resultsOfJson({ error: { message: 'x' } })).toEqual([]);
    expect(read([]).results()).toEqual([]);
  });
});

describe('what a user chooses', () => {
  const path = (text: string, isAppended: boolean) => ({ path: { steps: readJsonPath(text) ?? [], isAppended } });

  test('a protocol that is given isn’t recognised', () => {
    expect(resultsOfJson(chunk('a'))).toHaveLength(1);
    expect(read(eventsOf(streamOfJson(chunk('a'))), { protocol: 'anthropic' }).results()[0]?.items).toEqual([]);
  });

  test('texts at a JSON path are added up', () => {
    const stream = streamOfJson(
      { a: [{ b: 'Ne' }] },
      { a: [] },
      'x',
      { a: [{ b: 'ap' }] },
      { a: [{ b: null }] },
      { a: [{ b: 7 }] },
    );
    expect(resultsOf(stream, path('$.a[0].b', true))).toEqual([
      {
        ...{ protocol: 'path', usage: {}, complete: true, problems: [{ code: 'notJson', event: 3 }] },
        items: [{ kind: 'text', text: 'Neap7', events: [1, 6] }],
      },
    ]);
  });

  test('or the last value at it counts', () => {
    expect(resultsOf(streamOfJson({ n: { a: 1 } }, { n: { b: 2 } }), path('n', false))[0]?.items).toEqual([
      { kind: 'document', arguments: { b: 2 }, events: [1, 2] },
    ]);
    expect(resultsOf(streamOfJson({ n: 'Ne' }, { n: 'Neap' }), path('n', false))[0]?.items).toMatchObject([
      { kind: 'document', text: 'Neap' },
    ]);
  });
});

describe('pieces', () => {
  test('each event tells what it adds', () => {
    const reader = new ResultReader();
    const added = eventsOf(streamOf(EXAMPLES.chat)).map((one) => reader.add(one));
    const plain = added.map((pieces) => pieces.map(({ item, kind, name, text }) => [item, kind, name, text]));
    expect(plain).toEqual([
      ...[[], [[0, 'text', undefined, 'Two ']], [[0, 'text', undefined, 'tides.']]],
      ...[
        [[1, 'tool', 'tide', '']],
        [
          [2, 'tool', 'moon', ''],
          [2, 'tool', 'moon', '{}'],
        ],
        [[1, 'tool', 'tide', '{"port":']],
        [[1, 'tool', 'tide', '"Emden"}']],
      ],
      ...[[], [], []],
    ]);
  });

  test('an authoritative text tells only what is new, or that it replaces', () => {
    const delta = (text: string) => ({ type: 'response.output_text.delta', output_index: 0, delta: text });
    const done = (text: string) => ({ type: 'response.output_text.done', output_index: 0, text });
    const added = (...events: object[]) => {
      const reader = new ResultReader();
      return events.map((one, index) => reader.add(event(index + 1, one))).at(-1);
    };
    expect(added(delta('Neap'), done('Neap'))).toEqual([]);
    expect(added(delta('Ne'), done('Neap'))).toMatchObject([{ text: 'ap' }]);
    expect(added(delta('No'), done('Neap'))).toMatchObject([{ text: 'Neap', replaces: true }]);
  });
});

describe('times', () => {
  test('are those of the events', () => {
    const at = (number: number, time: number, data: unknown) => event(number, data, { at: time });
    const usage = { choices: [], usage: { completion_tokens: 41 } };
    const { timing } =
      read([
        ...[at(1, 200, chunk('')), at(2, 500, chunk('a')), at(3, 700, chunk('b')), at(4, 900, chunk('c'))],
        ...[at(5, 1000, usage), at(6, 1200, '[DONE]')],
      ]).results()[0] ?? {};
    expect(timing).toEqual({
      ...{ firstEventAfter: 200, firstTextAfter: 500, duration: 1000, eventsPerSecond: 5 },
      ...{ tokensPerSecond: 100, tokensPerSecondBy: 'arrivals' },
    });
  });

  test('have rates of three digits', () => {
    const at = (number: number, time: number, data: unknown) => event(number, data, { at: time });
    const usage = { choices: [], usage: { completion_tokens: 11 } };
    const { timing } =
      read([at(1, 100, chunk('a')), at(2, 200, chunk('b')), at(3, 400, chunk('c')), at(4, 700, usage)]).results()[0] ??
      {};
    expect(timing).toMatchObject({ duration: 600, eventsPerSecond: 5, tokensPerSecond: 33.3 });
  });

  test('tell no speed of few pieces, of a short time, or of tokens that nobody counts', () => {
    const usage = { choices: [], usage: { completion_tokens: 41 } };
    const speed = (...values: unknown[]) =>
      read(eventsOf(streamOfJson(...values))).results()[0]?.timing.tokensPerSecond;
    expect(speed(chunk('a'), chunk('b'), usage)).toBeUndefined();
    expect(speed(...'abc'.split('').map((text) => chunk(text)), usage)).toBeUndefined();
    expect(speed(...'abcdefghij'.split('').map((text) => chunk(text)))).toBeUndefined();
    expect(speed(...'abcdefghij'.split('').map((text) => chunk(text)), usage)).toBeGreaterThan(0);
  });

  test('don’t count reasoning tokens that never came', () => {
    const usage = {
      choices: [],
      usage: { completion_tokens: 111, completion_tokens_details: { reasoning_tokens: 100 } },
    };
    const events = eventsOf(streamOfJson(...'abcdefghijk'.split('').map((text) => chunk(text)), usage));
    expect(read(events).results()[0]?.timing.tokensPerSecond).toBe(100);
  });
});

describe('problems', () => {
  test('an open last event is read, and told', () => {
    expect(read([event(1, chunk('a')), event(2, '[DONE]', { isOpen: true })]).results()).toMatchObject([
      { complete: true, problems: [{ code: 'openBlock', event: 2 }] },
    ]);
  });

  test('an event that is too large, or no JSON, is a hole', () => {
    const events = [
      event(1, chunk('a')),
      event(2, '{"choices":[', { omitted: 9 }),
      event(3, '{'),
      event(4, chunk('b')),
      event(5, '[DONE]'),
    ];
    expect(read(events).results()).toMatchObject([
      {
        items: [{ text: 'ab' }],
        complete: true,
        problems: [
          { code: 'omitted', event: 2 },
          { code: 'notJson', event: 3 },
        ],
      },
    ]);
  });

  test('an end may be said twice, and nothing is read behind it', () => {
    const reader = read([event(1, chunk('a'))]);
    reader.end();
    expect(reader.add(event(2, chunk('b')))).toEqual([]);
    expect(reader.results()).toMatchObject([{ items: [{ text: 'a' }], problems: [{ code: 'unfinished', event: 1 }] }]);
  });
});

describe('a JSON path', () => {
  test.each([
    ['$.choices[0].delta.content', ['choices', 0, 'delta', 'content']],
    ['a.b', ['a', 'b']],
    ["$['a b'][-1]", ['a b', -1]],
    ['["a\\"b"]', ['a"b']],
    ['$', []],
    ['.é', ['é']],
  ])('%s is read', (text, steps) => {
    expect(readJsonPath(text)).toEqual(steps);
  });

  test.each(
    ['', '$..a', 'a[*]', 'a b', '$.a[', "$['a]", '$.a?', 'x'.repeat(1001), '.a'.repeat(101)].filter(
      (text) => text !== '$.a?',
    ),
  )('%j is none', (text) => {
    expect(readJsonPath(text)).toBeUndefined();
  });
});

test('of long texts, the beginning is given if that is asked for, also as they grow and are replaced', () => {
  const reader = new ResultReader({ protocol: 'openai-responses' });
  const add = (end: string, fields: object) =>
    reader.add(event(1, { type: `response.output_text.${end}`, output_index: 0, content_index: 0, ...fields }));
  const text = (longest?: number) => reader.results(10, longest)[0]?.items[0]?.text;
  add('delta', { delta: 'abcd' });
  add('delta', { delta: 'efgh' });
  expect([text(), text(8), text(5), text(3), text(5)]).toEqual(['abcdefgh', 'abcdefgh', 'abcde', 'abc', 'abcde']);
  add('delta', { delta: 'i' });
  expect([text(5), text()]).toEqual(['abcde', 'abcdefghi']);
  add('done', { text: 'ABCDEFGHI' });
  expect([text(5), text()]).toEqual(['ABCDE', 'ABCDEFGHI']);
});
