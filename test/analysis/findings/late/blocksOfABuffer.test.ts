import { expect, test } from 'vitest';
import type { ConnectionEvidence } from '../../../../src/analysis/evidence/evidence';
import { blocksOfABuffer } from '../../../../src/analysis/findings/late/blocksOfABuffer';
import { connection, eventsAt, evidenceOf, head, probe } from '../../../support/evidence/evidence';
import { said } from '../../../support/evidence/findingText';
import { chunksAt, every, streamedAt } from '../../../support/evidence/streamed';

/** A stream in blocks, as measured of nginx: the first has room for the head, the last is the rest. */
function blocks(size = 4096, apart = 630, count = 5, each = 31, more: Partial<ConnectionEvidence> = {}) {
  const times = every(apart, count, 1120);
  const chunks = chunksAt(times, size, { first: '78787878', last: '78787878' }).map((chunk) =>
    chunk.number === 1 ? { ...chunk, size: size - 133 } : chunk.number === count ? { ...chunk, size: 1300 } : chunk,
  );
  const events = eventsAt(...times.flatMap((at) => every(0, each, at)));
  const end = { at: (times.at(-1) ?? 0) + 5, cause: 'end' as const, unfinished: false };
  return connection({ head: head({ at: 1120 }), chunks, events, end, ...more });
}

test('blocks of nginx’s buffer are named', () => {
  expect(said(blocksOfABuffer, evidenceOf([blocks()]))).toBe(
    'likely: The bytes come in blocks of exactly 4096, cut in the middle of events: a buffer is filled before it is passed on. 4096 is the size of buffers in nginx and Apache.',
  );
});

test.each([8192, 16_384, 32_768, 65_536])('blocks of %i bytes belong to some buffer', (size) => {
  expect(blocksOfABuffer(evidenceOf([blocks(size)]))?.values).toEqual({ size, blocks: 3, gap: 630 });
});

test('two blocks are enough behind a first one that had room for a head', () => {
  expect(blocksOfABuffer(evidenceOf([blocks(4096, 630, 4)]))).toBeDefined();
  expect(blocksOfABuffer(evidenceOf([blocks(8192, 630, 4)]))).toBeUndefined();
});

/** Blocks whose gaps are short, with the times at which the events say that they were made. */
const made = (from: number, apart: number) => {
  const { events } = blocks(4096, 150, 16, 3);
  const timed = events.map((event, index) => ({ ...event, madeAt: from + index * apart }));
  return evidenceOf([{ ...blocks(4096, 150, 16, 3), events: timed }]);
};
const STARTED = evidenceOf([]).startedAt;

test('the times at which events were made tell of a buffer where the gaps are short', () => {
  const apart = (time: number) => made(STARTED - 999, time);
  expect(blocksOfABuffer(apart(100))).toBeDefined();
  expect(blocksOfABuffer(apart(50))).toBeUndefined();
});

test('a stored log, which is sent in blocks of a file, says when it was made, too', () => {
  expect(blocksOfABuffer(made(STARTED - 86_400_000, 60_000))).toBeUndefined();
});

test.each(['64617461', '6576656e', '69643a20', '72657472', '3a202020'])(
  'events that are padded to a size, so that no buffer keeps them, begin with a field or a comment (%s)',
  (first) => {
    const padded = blocks(4096, 630, 9, 1).chunks.map((chunk) => ({ ...chunk, first, last: '2020200a' }));
    expect(blocksOfABuffer(evidenceOf([blocks(4096, 630, 9, 1, { chunks: padded })]))).toBeUndefined();
  },
);

test('another address at which the events come one by one proves it', () => {
  const probes = [probe('other', streamedAt(every(20, 100)))];
  expect(said(blocksOfABuffer, evidenceOf([blocks()], { probes }))).toMatch(/^proven: .* At the other address/);
});

test.each([
  ['the blocks follow each other quickly', evidenceOf([blocks(4096, 190)])],
  ['there are more than 100 events a second', evidenceOf([blocks(65_536, 300, 8, 40)])],
  [
    'the blocks end where events end',
    evidenceOf([{ ...blocks(), chunks: blocks().chunks.map((chunk) => ({ ...chunk, last: '78780a0a' })) }]),
  ],
  ['the size is no buffer’s', evidenceOf([blocks(5000)])],
  ['the events are larger than the blocks', evidenceOf([blocks(4096, 630, 9, 0, { events: eventsAt(1120, 6160) })])],
  ['our own process was busy', evidenceOf([blocks()], { stalls: [{ from: 2000, length: 200 }] })],
])('it isn’t found if %s', (_, evidence) => {
  expect(blocksOfABuffer(evidence)).toBeUndefined();
});
