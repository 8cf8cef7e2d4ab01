// Time that results cost: a few microseconds an event, whatever it says.
import { expect, test } from 'vitest';
import type { ProtocolEvent } from '../../../src/analysis/protocols/model/protocolEvent';
import { ResultReader } from '../../../src/analysis/protocols/resultReader';
import { JSONS } from '../../support/page/hostileServer';
import { drawn, isLong } from '../../support/random/drawn';
import { leastOf } from '../../support/time/leastOf';
import { OwnClock } from '../../support/time/ownTime';

const COUNT = 10_000;
/** Number of calls of functions. */
const CALLS = isLong ? 100_000 : 20_000;
/** Microseconds an added delta. */
const BOUND = 10;

const DELTAS: Record<string, (number: number) => unknown> = {
  'openai-chat': (number) => ({
    ...{ id: 'chatcmpl-01', object: 'chat.completion.chunk', created: 1_766_800_000, model: 'demo-1' },
    choices: [{ index: 0, delta: { content: ` word${number}` }, logprobs: null, finish_reason: null }],
    usage: null,
  }),
  'openai-responses': (number) => ({
    ...{ type: 'response.output_text.delta', sequence_number: number, item_id: 'msg_01', output_index: 0 },
    ...{ content_index: 0, delta: ` word${number}`, logprobs: [], obfuscation: 'abcdefgh' },
  }),
  'anthropic': (number) => ({
    type: 'content_block_delta',
    index: 0,
    delta: { type: 'text_delta', text: ` word${number}` },
  }),
  'gemini': (number) => ({
    candidates: [{ content: { role: 'model', parts: [{ text: ` word${number}` }] }, index: 0 }],
    ...{ usageMetadata: { promptTokenCount: 4, candidatesTokenCount: number }, modelVersion: 'g', responseId: 'q' },
  }),
  'vercel-ui': (number) => ({ type: 'text-delta', id: '0', delta: ` word${number}` }),
  'ag-ui': (number) => ({ type: 'TOOL_CALL_ARGS', toolCallId: 'k', delta: ` word${number}` }),
  'ollama': (number) => ({
    model: 'o',
    created_at: '2026-01-01T00:00:00Z',
    message: { role: 'assistant', content: ` word${number}` },
    done: false,
  }),
};

const eventsOf = (make: (number: number) => unknown): ProtocolEvent[] =>
  Array.from({ length: COUNT }, (_, number) => ({
    number,
    at: number,
    event: 'message',
    data: JSON.stringify(make(number)),
  }));

/** Returns the time of a reading, in milliseconds. @param each number of events between two looks at the results */
function timeOf(events: readonly ProtocolEvent[], each = Number.POSITIVE_INFINITY): number {
  const reader = new ResultReader();
  const clock = new OwnClock();
  for (const [index, event] of events.entries()) {
    reader.add(event);
    if ((index + 1) % each === 0) reader.results();
  }
  reader.end();
  reader.results();
  return clock.lap();
}

test.each(drawn(Object.entries(DELTAS), 3))(
  `ten thousand deltas cost less than ${BOUND} µs each (%s)`,
  async (name, make) => {
    const events = eventsOf(make);
    timeOf(events);
    const each = await leastOf(BOUND, () => (timeOf(events) / COUNT) * 1000);
    console.log(`${name}: ${each.toFixed(2)} µs a delta`);
    expect(each).toBeLessThan(BOUND);
  },
);

test('looking at the results a hundred times costs little more than once', async () => {
  const events = eventsOf((number) => DELTAS['openai-chat']?.(number));
  expect(await leastOf(150, () => timeOf(events, COUNT / 100))).toBeLessThan(150);
});

test(`${CALLS} calls, and data that are slow to parse, cost no more than their size`, async () => {
  const calls = Array.from({ length: CALLS }, (_, number) => ({
    ...{ number, at: number, event: 'message' },
    data: JSON.stringify({
      choices: [
        { delta: { tool_calls: [{ index: number, id: `c${number}`, function: { name: 'f', arguments: '{' } }] } },
      ],
    }),
  }));
  const bound = CALLS / 25;
  expect(await leastOf(bound, () => timeOf(calls))).toBeLessThan(bound);
  const data = Object.values(JSONS).map(
    (json) => `{"object":"chat.completion.chunk","choices":[{"delta":{"content":"a"}}],"x":${json}}`,
  );
  const hostile = data.map((one, number) => ({ number, at: 0, event: 'message', data: one }));
  expect(await leastOf(1000, () => timeOf(hostile))).toBeLessThan(1000);
});

test('patches at the beginning of a long list cost no more than a second', async () => {
  const delta = Array.from({ length: 5000 }, () => ({ op: 'add', path: '/0', value: 1 }));
  const values = [
    { type: 'STATE_SNAPSHOT', snapshot: Array.from({ length: 99_000 }, () => 0) },
    { type: 'STATE_DELTA', delta },
  ];
  const events = values.map((value, number) => ({ number, at: 0, event: 'message', data: JSON.stringify(value) }));
  expect(await leastOf(1000, () => timeOf(events))).toBeLessThan(1000);
});
