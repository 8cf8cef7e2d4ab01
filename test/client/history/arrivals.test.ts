import { expect, test } from 'vitest';
import { Arrivals } from '../../../src/client/history/arrivals';
import { History } from '../../../src/client/history/history';
import { historyScript } from '../../../src/client/recording/historyScript';
import { parseScript } from '../../../src/script/parseScript';
import { ScriptWriter } from '../../../src/script/scriptWriter';
import { EventStreamParser } from '../../../src/stream/parse';
import { fuzz } from '../../support/random/fuzz';
import { randomRecording } from '../../support/random/randomRecording';

const STREAM = { method: 'GET', status: 200, isEventStream: true };

/** A history and its arrivals, fed like by a subscription. */
class Kept {
  readonly history: History;
  readonly arrivals: Arrivals;
  #parser = this.#newParser(0);

  constructor({ maxEvents = 1000, maxBytes = 1024 * 1024, maxEntries = 100_000 } = {}) {
    this.history = new History({ maxEvents, maxBytes });
    this.arrivals = new Arrivals(maxEntries);
  }

  open(time: number): void {
    this.#parser = this.#newParser(this.history.bytes.size);
    this.arrivals.response(STREAM, time);
  }

  chunk(bytes: string | Buffer, time: number): void {
    this.history.addBytes(Buffer.from(bytes));
    this.arrivals.bytes(Buffer.from(bytes), time);
    this.arrivals.dropBefore(this.history.bytes.start);
    this.#parser.feed(Buffer.from(bytes));
  }

  clear(): void {
    this.history.clear();
    this.arrivals.clear();
  }

  get file(): Buffer {
    // Chunks may share their memory: each is copied when it comes.
    return Buffer.concat([...historyScript(this.history, this.arrivals, 'GET')].map((piece) => Buffer.from(piece)));
  }

  #newParser(start: number): EventStreamParser {
    return new EventStreamParser((event) => this.history.addEvent(event, 0), { start });
  }
}

test('a saved file of random recordings is the same as one recorded live', async () => {
  await fuzz(30, (random) => {
    const kept = new Kept();
    const pieces: Uint8Array[] = [];
    const writer = new ScriptWriter((bytes) => pieces.push(Buffer.from(bytes)));
    for (const { openedAt, chunks, end, endedAt } of randomRecording(random)) {
      kept.open(openedAt);
      writer.response(STREAM, openedAt);
      for (const { bytes, time } of chunks) {
        kept.chunk(bytes, time);
        writer.bytes(bytes, time);
      }
      kept.arrivals.end(end, endedAt);
      writer.end(end, endedAt);
    }
    writer.finish();
    expect(kept.file.equals(Buffer.concat(pieces))).toBe(true);
  });
});

test('bytes within a millisecond are one entry, and so are the chunks of a line', () => {
  const { arrivals } = new Kept();
  arrivals.response(STREAM, 0.3);
  for (let n = 0; n < 1000; n += 1) arrivals.bytes(Buffer.from('data: x\n\n'), 10.3 + n / 3000);
  expect(arrivals.count).toBe(2);
  for (let n = 0; n < 1000; n += 1) arrivals.bytes(Buffer.from('x'), 20 + n);
  expect(arrivals.count).toBe(3);
  const { first, end, at } = arrivals.snapshot();
  expect(Array.from({ length: end - first }, (_, index) => at(first + index))).toEqual([
    { kind: 'stream', time: 0.3, position: 0 },
    { kind: 'bytes', time: 10.3 + 999 / 3000, position: 9000 },
    { kind: 'bytes', time: 1019, position: 10_000 },
  ]);
});

test('the file begins with the first kept event after the oldest were evicted', () => {
  const kept = new Kept({ maxEvents: 10 });
  kept.open(0);
  for (let n = 1; n <= 5000; n += 1) kept.chunk(`: a comment\ndata: ${n}\n\n`, n * 20);
  expect(kept.history.first).toBe(4991);
  expect(kept.file.toString()).toMatch(
    /^: a comment\ndata: 4991\n\n:@ wait 20ms\n: a comment\ndata: 4992\n\n.*data: 5000\n\n$/s,
  );
});

test('entries are evicted with their bytes', () => {
  const kept = new Kept({ maxBytes: 100_000 });
  kept.open(0);
  for (let n = 0; n < 100_000; n += 1) kept.chunk(`data: ${n}\n\n`, n * 20);
  // An event has twelve bytes; there may be a page more than 100 kB, and a page of entries more.
  expect(kept.arrivals.count).toBeLessThan(165_536 / 12 + 2 * 1024);
  expect(kept.arrivals.start).toBeLessThanOrEqual(kept.history.get(kept.history.first)?.start ?? 0);
});

test('the file begins with the first event whose time is known when there are too many entries', () => {
  const kept = new Kept({ maxEvents: 100_000, maxEntries: 4096 });
  kept.open(0);
  for (let n = 1; n <= 10_000; n += 1) kept.chunk(`data: ${n}\n\n`, n * 20);
  expect(kept.arrivals.count).toBeLessThanOrEqual(4096);
  const { steps, problems } = parseScript(kept.file);
  expect(problems).toEqual([]);
  const sent = steps.map((step) => (step.kind === 'send' ? Buffer.from(step.bytes).toString() : ''));
  const first = 10_000 - sent.length + 1;
  expect(first).toBeGreaterThan(10_000 - 4096);
  expect(first).toBeLessThan(10_000 - 3000);
  expect(sent).toEqual(Array.from(sent, (_, index) => `data: ${first + index}\n\n`));
  expect(steps.map(({ offset }) => offset)).toEqual(steps.map((_, index) => index * 20));
});

test('connections without a byte are limited, too', () => {
  const { arrivals } = new Kept({ maxEntries: 4096 });
  for (let n = 0; n < 10_000; n += 1) {
    arrivals.response(STREAM, n);
    arrivals.end('end', n);
  }
  expect(arrivals.count).toBeLessThanOrEqual(4096);
});

test('after a clear in the middle of an event the file begins with the next event, with the right pauses', () => {
  const kept = new Kept();
  kept.open(0);
  kept.chunk('data: a\n\ndata: b\n', 100);
  kept.clear();
  kept.chunk('data: b2\n\nretry: 5\n', 200);
  kept.chunk('\ndata: c\n\n', 250);
  kept.chunk('data: d\n\n', 300);
  expect(kept.file.toString()).toBe('data: c\n\n:@ wait 50ms\ndata: d\n\n');
});

test('after a clear between connections the file has the next one from its beginning, and what refused it before', () => {
  const kept = new Kept();
  kept.open(0);
  kept.chunk('data: a\n\n', 100);
  kept.arrivals.end('drop', 150);
  kept.clear();
  kept.arrivals.response({ method: 'GET', status: 503, isEventStream: false, retryAfter: 0 }, 400);
  kept.open(500);
  kept.chunk('\uFEFFretry: 5\n\ndata: b\n\n', 540);
  expect(kept.file.toString()).toBe(':@ status 503 retry-after 0\n:@ wait 40ms\n\uFEFFretry: 5\n\ndata: b\n\n');
});

test('a stream without an event is saved as a whole; an empty one as an empty file', () => {
  const kept = new Kept();
  expect(kept.file).toHaveLength(0);
  kept.open(0);
  kept.chunk(': hi\n', 5);
  expect(kept.file.toString()).toBe(':@ wait 5ms\n: hi\n');
});

test('events that come while the file is being written are not in it', () => {
  const kept = new Kept({ maxEvents: 5 });
  kept.open(0);
  kept.chunk('data: 1\n\n', 10);
  const pieces = historyScript(kept.history, kept.arrivals, 'GET');
  const file: Uint8Array[] = [Buffer.from(pieces.next().value as Uint8Array)];
  for (let n = 2; n < 5000; n += 1) kept.chunk(`data: ${n}\n\n`, 10);
  for (const piece of pieces) file.push(piece);
  expect(Buffer.concat(file).toString()).toBe(':@ wait 10ms\ndata: 1\n\n');
});
