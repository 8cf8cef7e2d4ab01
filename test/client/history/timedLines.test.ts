// Lines of a stream with the times at which they came.
import { expect, test } from 'vitest';
import { Arrivals } from '../../../src/client/history/arrivals';
import { ByteLog } from '../../../src/client/history/byteLog';
import { TimedLines } from '../../../src/client/history/timedLines';
import { WallClock } from '../../../src/client/history/wallClock';

/** A stream whose chunks come at times, in milliseconds; the time of day is 1000 ms more. */
class Stream {
  readonly bytes = new ByteLog(64 * 1024);
  readonly arrivals: Arrivals;
  readonly #clock = new WallClock();
  readonly #lines: TimedLines;

  constructor(maxEntries?: number) {
    this.arrivals = new Arrivals(maxEntries);
    this.#lines = new TimedLines(this.bytes, this.arrivals, this.#clock);
    this.#clock.note(0, 1000);
    this.arrivals.response({ method: 'GET', status: 200, isEventStream: true }, 0);
  }

  chunk(text: string, time: number): void {
    this.bytes.append(Buffer.from(text));
    this.arrivals.bytes(Buffer.from(text), time);
  }

  lines(from = 0, to = 1000): [text: string, time: number | undefined][] {
    return this.#lines.between(from, to).map(({ bytes, time }) => [Buffer.from(bytes).toString(), time]);
  }
}

test('the first line of each chunk has the time at which the chunk came, as time of day', () => {
  const stream = new Stream();
  stream.chunk('data: a\n\ndata: b\n\n', 10);
  stream.chunk('data: c\n\n', 250);
  const lines: unknown[] = [
    ['data: a', 1010],
    ['', undefined],
    ['data: b', undefined],
    ['', undefined],
    ['data: c', 1250],
    ['', undefined],
    ['', undefined],
  ];
  expect(stream.lines()).toEqual(lines);
  // Also if only some of them are asked for.
  for (const from of lines.keys()) expect(stream.lines(from, from + 1)).toEqual([lines[from]]);
});

test('a line that comes in several chunks has the time of its end; the last one, of its latest bytes', () => {
  const stream = new Stream();
  stream.chunk('data: a\nda', 10);
  stream.chunk('ta: b\r', 20);
  stream.chunk('\nda', 30);
  expect(stream.lines()).toEqual([
    ['data: a', 1010],
    ['data: b', 1020],
    ['da', 1030],
  ]);
});

test('lines whose times are no longer known have none', () => {
  const stream = new Stream(1);
  for (let n = 0; n < 3000; n += 1) stream.chunk(`${n}\n`, n * 2);
  const lines = stream.lines(0, 3000);
  expect(lines[0]).toEqual(['0', undefined]);
  expect(lines[2999]).toEqual(['2999', 1000 + 2 * 2999]);
  expect(lines.filter(([, time]) => time !== undefined).length).toBeLessThanOrEqual(1024);
});

test('after the end of a connection and the start of another, lines have the times of their own', () => {
  const stream = new Stream();
  stream.chunk('a\n', 10);
  stream.arrivals.end('end', 20);
  stream.arrivals.response({ method: 'GET', status: 200, isEventStream: true }, 30);
  stream.chunk('b\n', 40);
  expect(stream.lines(0, 2)).toEqual([
    ['a', 1010],
    ['b', 1040],
  ]);
});

test('while the computer sleeps, the clock of the arrivals may stand still: what came before and after has its own time', () => {
  const clock = new WallClock();
  clock.note(100, 5_000_100);
  clock.note(200, 5_000_210);
  clock.note(300, 9_000_300);
  expect([100, 200, 300].map((time) => clock.at(time))).toEqual([5_000_100, 5_000_200, 9_000_300]);
  // A time before anything was noted counts by the first distance that is known.
  expect(clock.at(50)).toBe(5_000_050);
});

test('a clock that is set all the time takes no more and more memory: the latest distances are kept', () => {
  const clock = new WallClock();
  for (let n = 0; n < 1500; n += 1) clock.note(n, n + 1000 * n);
  expect(clock.at(1499)).toBe(1499 + 1000 * 1499);
  expect(clock.at(0)).toBe(1000 * 500);
});
