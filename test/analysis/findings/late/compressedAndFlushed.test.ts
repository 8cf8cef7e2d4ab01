import { expect, test } from 'vitest';
import { compressedAndFlushed } from '../../../../src/analysis/findings/late/compressedAndFlushed';
import { evidenceOf, head } from '../../../support/evidence/evidence';
import { said } from '../../../support/evidence/findingText';
import { chunksAt, every, streamedAt } from '../../../support/evidence/streamed';

const compressed = (encoding: string, last: string, times = every(400, 5)) =>
  evidenceOf([streamedAt(every(400, 5), { head: head({ encoding }), chunks: chunksAt(times, 16, { last }) })]);

test.each([
  ['gzip', '0000ffff'],
  ['deflate', '0000ffff'],
  ['br', '12345678'],
  ['zstd', '12345678'],
])('events that are flushed from %s are fine', (encoding, last) => {
  expect(said(compressedAndFlushed, compressed(encoding, last))).toBe(
    `information: Compressed (${encoding}), but flushed event by event: this is fine.`,
  );
});

test('the beginning of the data may come by itself, and a flush behind its event', () => {
  const times = [6, ...every(400, 5).flatMap((at) => [at, at + 1])];
  const chunks = chunksAt(times, 10).map((chunk) => ({
    ...chunk,
    last: chunk.number % 2 === 1 ? '0000ffff' : '12345678',
  }));
  const head10 = chunks.map((chunk) => (chunk.number === 1 ? { ...chunk, last: '00000003' } : chunk));
  const stream = streamedAt(every(400, 5), { head: head({ encoding: 'gzip' }), chunks: head10 });
  expect(compressedAndFlushed(evidenceOf([stream]))).toBeDefined();
});

test.each([
  ['its chunks don’t end in a flush', compressed('gzip', '12345678')],
  ['its chunks bring no events', compressed('br', '12345678', every(333, 5))],
  [
    'each chunk brings many events',
    evidenceOf([
      streamedAt(
        every(1000, 5).flatMap((at) => every(0, 30, at)),
        { head: head({ encoding: 'br' }), chunks: chunksAt(every(1000, 5), 4000) },
      ),
    ]),
  ],
  ['it isn’t compressed', compressed('', '0000ffff')],
  ['there are two events', evidenceOf([streamedAt(every(900, 2), { head: head({ encoding: 'br' }) })])],
])('nothing is said if %s', (_, evidence) => {
  expect(compressedAndFlushed(evidence)).toBeUndefined();
});
