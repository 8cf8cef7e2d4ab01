// Results of events, for code: the same as `sse-counter read --result` prints.
import { expect, test } from 'vitest';
import { assemble, readEventStream, serveEventStream } from '../../src/api';
import { EXAMPLES } from '../support/protocols/examples';
import { eventsOf, streamOf } from '../support/protocols/reading';

const chat = eventsOf(streamOf(EXAMPLES.chat));

test('events that were read are assembled, with their times from the first', async () => {
  await using mock = await serveEventStream({ text: `${streamOf(EXAMPLES.anthropic)}:@ end\n` });
  const events = [];
  for await (const event of readEventStream(mock.url)) events.push(event);
  const [result, ...others] = assemble(events);
  expect(others).toEqual([]);
  expect(result).toMatchObject({
    protocol: 'anthropic',
    stop: 'tool_use',
    complete: true,
    timing: { firstEventAfter: 0 },
  });
});

test('plain data suffice, and times are those since the request', () => {
  expect(assemble(chat.map(({ data }) => ({ data })))).toMatchObject([
    { items: [{ text: 'Two tides.' }, {}, {}], timing: { duration: 0 } },
  ]);
  const timed = chat.map(({ data }, index) => ({ data, time: 1_800_000_000_100 + 10 * index }));
  expect(assemble(timed, { requestedAt: 1_800_000_000_000 })[0]?.timing).toMatchObject({
    firstEventAfter: 100,
    duration: 90,
  });
});

test('a protocol, a header or a path may be given', () => {
  expect(assemble([{ data: '{"a":"b"}' }])).toEqual([]);
  expect(assemble([{ data: '{"a":"b"}' }, { data: '{"a":"c"}' }], { path: 'a' })).toMatchObject([
    { items: [{ text: 'bc' }] },
  ]);
  expect(assemble([{ data: '{"a":"b"}' }, { data: '{"a":"c"}' }], { path: 'a', append: false })).toMatchObject([
    { items: [{ text: 'c' }] },
  ]);
  expect(
    assemble([{ data: '{"type":"finish"}' }], { headers: [['X-Vercel-AI-UI-Message-Stream', 'v1']] }),
  ).toMatchObject([{ protocol: 'vercel-ui' }]);
  expect(assemble(chat, { protocol: 'openai-chat' })).toMatchObject([{ complete: true }]);
});

test('a path or a protocol that is none is an error', () => {
  expect(() => assemble(chat, { path: '$..a' })).toThrow(RangeError);
  expect(() => assemble(chat, { protocol: 'cohere' })).toThrow(/cohere.*is none of those whose results are assembled/);
});

test('an event that the stream ended in counts, and is noted', () => {
  const chunk = (content: string, isOpen = false) => ({
    data: JSON.stringify({ object: 'chat.completion.chunk', choices: [{ index: 0, delta: { content } }] }),
    isOpen,
  });
  expect(assemble([chunk('Eb'), chunk('b', true)])).toMatchObject([
    { items: [{ text: 'Ebb' }], problems: [{ code: 'openBlock', event: 2 }, { code: 'unfinished' }] },
  ]);
  // Half of an event is no JSON, which needs no word more.
  expect(assemble([chunk('Eb'), { data: '{"obj', isOpen: true }])[0]?.problems.map(({ code }) => code)).toEqual([
    'openBlock',
    'unfinished',
  ]);
});
