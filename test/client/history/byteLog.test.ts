import { expect, test } from 'vitest';
import { ByteLog } from '../../../src/client/history/byteLog';
import { fuzz } from '../../support/random/fuzz';

const PAGE = 64 * 1024;
const text = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString();
const lines = (log: ByteLog, from = 0, to = Number.POSITIVE_INFINITY) => log.lines(from, to).map(text);

function logOf(...chunks: string[]): ByteLog {
  const log = new ByteLog(64 * PAGE);
  for (const chunk of chunks) log.append(Buffer.from(chunk));
  return log;
}

test('a slice has the bytes that came, between any two positions', () => {
  const log = logOf('data: a\n', '\nda', 'ta: b\n\n');
  expect(text(log.slice(0, log.size))).toBe('data: a\n\ndata: b\n\n');
  expect(text(log.slice(6, 12))).toBe('a\n\ndat');
  expect(text(log.slice(17, 99))).toBe('\n');
});

test('a line ends with LF, CRLF or CR, and the last may be empty', () => {
  const log = logOf('a\nb\r\nc\rd\n\n');
  expect(log.lineCount).toBe(6);
  expect(lines(log)).toEqual(['a', 'b', 'c', 'd', '', '']);
  expect(lines(log, 2, 4)).toEqual(['c', 'd']);
});

test('a CRLF that is split, even between pages, is one line end', () => {
  expect(lines(logOf('a\r', '\nb'))).toEqual(['a', 'b']);
  const log = logOf(`${'x'.repeat(PAGE - 1)}\r\nb\nc`);
  expect(log.lineCount).toBe(3);
  expect(lines(log, 1)).toEqual(['b', 'c']);
  expect(lines(log).map((line) => line.length)).toEqual([4096, 1, 1]);
});

test('a line longer than pages is truncated, and the next one is found', () => {
  const log = logOf('first\n', 'x'.repeat(5 * PAGE), '\nlast\n');
  expect(lines(log).map((line) => line.length)).toEqual([5, 4096, 4, 0]);
  expect(lines(log, 2, 3)).toEqual(['last']);
});

test('the oldest pages are evicted; positions and lines keep their numbers', () => {
  const log = new ByteLog(2 * PAGE);
  for (let n = 0; n < 100_000; n += 1) log.append(Buffer.from(`${n}\n`));
  expect(log.size - log.start).toBeGreaterThanOrEqual(2 * PAGE);
  expect(log.size - log.start).toBeLessThan(3 * PAGE + 10);
  expect(lines(log, 99_990)).toEqual([
    '99990',
    '99991',
    '99992',
    '99993',
    '99994',
    '99995',
    '99996',
    '99997',
    '99998',
    '99999',
    '',
  ]);
  expect(lines(log, log.firstLine + 1, log.firstLine + 2)).toEqual([String(log.firstLine + 1)]);
  expect(log.slice(0, 10)).toHaveLength(0);
});

test('positions and lines go on after a clear', () => {
  const log = logOf('a\nb');
  log.clear();
  expect(log.slice(0, 9)).toHaveLength(0);
  log.append(Buffer.from('c\nd'));
  expect(lines(log, log.firstLine)).toEqual(['c', 'd']);
  expect(log.size).toBe(6);
});

test('the lines are the same, however the bytes are split', async () => {
  await fuzz(10, (random) => {
    const below = (limit: number) => Math.floor(random() * limit);
    const pieces = ['\r', '\n', '\r\n', 'a', 'x'.repeat(below(4000))];
    const parts = Array.from({ length: 200 }, () => pieces[below(pieces.length)] ?? '');
    const whole = parts.join('');
    const expected = whole.split(/\r\n|\r|\n/).map((line) => line.slice(0, 4096));
    const log = logOf(...parts);
    expect(log.lineCount).toBe(expected.length);
    expect(lines(log)).toEqual(expected);
    const from = below(expected.length);
    expect(lines(log, from, from + 5)).toEqual(expected.slice(from, from + 5));
  });
});

test('a snapshot doesn’t change while the log goes on, evicts its pages, reuses them, or is cleared', async () => {
  await fuzz(2, (random) => {
    const log = new ByteLog(3 * PAGE);
    const came = Buffer.alloc(10 * 9 * 2 * PAGE);
    let size = 0;
    const append = () => {
      const chunk = Buffer.alloc(1 + Math.floor(random() * 2 * PAGE), Math.floor(random() * 256));
      log.append(chunk);
      size += chunk.copy(came, size);
    };
    for (let round = 0; round < 10; round += 1) {
      append();
      const snapshot = log.snapshot();
      const { start, end } = snapshot;
      expect([start, end]).toEqual([log.start, log.size]);
      for (let more = 0; more < 8; more += 1) append();
      if (random() < 0.1) log.clear();
      expect(came.subarray(start, end).equals(snapshot.slice(start, end))).toBe(true);
      const [from, most] = [start + Math.floor(random() * (end - start)), 1 + Math.floor(random() * PAGE)];
      const piece = snapshot.piece(from, most);
      expect(piece.length).toBeGreaterThan(0);
      expect(came.subarray(from, Math.min(end, from + piece.length)).equals(piece)).toBe(true);
    }
    expect(log.snapshot().piece(log.size, 10)).toHaveLength(0);
    expect(log.snapshot().piece(0, 10)).toHaveLength(0);
  });
});
