// Bounded histories take bounded memory.
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { BlockQueue } from '../../../src/client/files/blockQueue';
import { HistoryView } from '../../../src/client/history/historyView';
import { ByteBuffer } from '../../../src/stream/byteBuffer';
import { read, toBytes } from '../../support/client/parsing';
import { historyOf, record } from '../../support/client/recorded';
import { drawn } from '../../support/random/drawn';
import { longTest } from '../../support/time/longRun';
import { memory } from '../../support/time/memory';

const MB = 1024 * 1024;

test.each<[string, string, number]>(
  drawn(
    [
      ['an endless line', 'x'.repeat(65_536), 500],
      ['an endless line that comes byte by byte', 'x', 300_000],
      ['an endless block', 'data: x\n'.repeat(8_192), 100],
      ['an endless block of empty lines of data', 'data\n'.repeat(8_192), 100],
      ['endless comments', `:${'x'.repeat(65_534)}\n`, 500],
    ],
    2,
  ),
)('an event larger than maxEventSize takes bounded memory: %s', (_name, piece, times) => {
  const { parser } = read(['data: '], { maxEventSize: 1_000 });
  const bytes = toBytes(piece);
  const before = memory();
  for (let time = 0; time < times; time += 1) parser.feed(bytes);
  expect(memory() - before).toBeLessThan(5_000_000);
  expect(parser.unfinishedFrom).toBe(0);
});

test('a full history takes no more memory for what comes', () => {
  const history = historyOf('data: x\n\n'.repeat(100_000));
  const before = memory();
  record(history, 'data: x\n\n'.repeat(90_000));
  expect(history.evicted).toBe(90_000);
  expect(memory() - before).toBeLessThan(4_000_000);
});

test('the first 1,000 characters of a large event’s type and id are kept, and all of its bytes', () => {
  const before = memory();
  const history = historyOf('', { maxEvents: 10 });
  const large = '☃'.repeat(1_000_000);
  for (let time = 0; time < 4; time += 1) record(history, `event:${large}\nid:${large}\ndata:x\n\n`);
  const event = history.get(4);
  expect([event?.event, event?.id]).toEqual([large.slice(0, 1000), large.slice(0, 1000)]);
  // Allows 24 MB of bytes; the names would take 16 MB more.
  expect(memory() - before).toBeLessThan(36_000_000);
  expect(history.get(1)?.id).toHaveLength(1000);
});

longTest('matches of a filter take no more memory than the history while nothing reads the rows', async () => {
  const history = historyOf('', { maxEvents: 100 });
  const view = new HistoryView(history, () => {});
  view.filter({ event: '', text: 'x', isRegExp: false });
  const before = memory();
  for (let time = 0; time < 3000; time += 1) {
    record(history, 'data: x\n\n'.repeat(100));
    view.update();
    while (view.searching) await setImmediate();
  }
  expect(memory() - before).toBeLessThan(2_500_000);
  expect([view.rows, view.evicted]).toEqual([100, 299_900]);
});

test('4 MB in chunks of a byte take no more than 20 MB', () => {
  const queue = new BlockQueue();
  const before = memory();
  const piece = Buffer.from('x');
  for (let n = 0; n < 4 * MB; n += 1) queue.append(piece);
  expect(memory() - before).toBeLessThan(20 * MB);
  expect(queue.size).toBe(4 * MB);
  queue.clear();
  expect(queue.size).toBe(0);
});

test('a million single bytes take no more than four times their size', () => {
  const buffer = new ByteBuffer();
  const before = process.memoryUsage();
  for (let n = 0; n < 1e6; n += 1) buffer.append(Uint8Array.of(n));
  const after = process.memoryUsage();
  expect(buffer.size).toBe(1e6);
  expect(buffer.view().buffer.byteLength).toBeLessThanOrEqual(4e6);
  expect(after.heapUsed - before.heapUsed).toBeLessThan(50e6);
});
