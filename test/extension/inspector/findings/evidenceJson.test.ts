import { expect, test } from 'vitest';
import { evidenceJson } from '../../../../src/extension/inspector/findings/evidenceJson';
import { Turns } from '../../../../src/turns/turns';
import { evidenceOf } from '../../../support/evidence/evidence';
import { every, streamedAt } from '../../../support/evidence/streamed';

/** Returns the connections of the text, each of which had so many headers and events. */
async function written(connections: number, headers: number, events: number) {
  const one = streamedAt(every(10, events));
  const named = Array.from({ length: headers }, (_, at): [string, string] => [`x-${at}`, 'v']);
  const head = { ...one.head, headers: named } as typeof one.head;
  const evidence = evidenceOf(Array.from({ length: connections }, () => ({ ...one, head })));
  const text = await evidenceJson('http://a/', { evidence, findings: [] }, [], new Turns());
  return JSON.parse(text).connections as { events: { number: number }[]; chunks: unknown[]; head: typeof one.head }[];
}

test('the copied evidence has a thousand headers, of all connections together', async () => {
  const [first] = await written(1, 1001, 1);
  expect(first?.head?.headers).toHaveLength(1000);
  const three = await written(3, 334, 1);
  expect(three.map(({ head }) => head?.headers.length)).toEqual([333, 333, 333]);
});

test('it has a thousand events and chunks of a connection, and three thousand of all, half of them from the beginning', async () => {
  const [one] = await written(1, 0, 1001);
  expect([one?.events.length, one?.chunks.length]).toEqual([1000, 1000]);
  expect([one?.events[499]?.number, one?.events[500]?.number, one?.events[999]?.number]).toEqual([500, 502, 1001]);
  const four = await written(4, 0, 1000);
  expect(four.map(({ events, chunks }) => [events.length, chunks.length])).toEqual(Array(4).fill([750, 750]));
});
