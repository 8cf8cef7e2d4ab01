import { expect, test } from 'vitest';
import { QueuedBytes } from '../../../src/server/http/queuedBytes';

const MB = 1024 * 1024;

test('what waits for many clients counts once, until it waits for none', () => {
  const queued = new QueuedBytes();
  const bytes = new Uint8Array(64 * MB);
  for (let n = 0; n < 1000; n += 1) queued.add(bytes);
  for (let n = 0; n < 1000; n += 1) {
    expect(queued.fits(new Uint8Array(1))).toBe(false);
    queued.release(bytes);
  }
  expect(queued.fits(bytes)).toBe(true);
});

test('64 MB wait at the most', () => {
  const queued = new QueuedBytes();
  queued.add(new Uint8Array(64 * MB - 2000));
  expect(queued.fits(new Uint8Array(2000))).toBe(true);
  expect(queued.fits(new Uint8Array(2001))).toBe(false);
});

test.each([0, 1])('however small they are, of pieces of %i bytes 65,536 wait at the most', (size) => {
  const queued = new QueuedBytes();
  let count = 0;
  for (let piece = new Uint8Array(size); queued.fits(piece); piece = new Uint8Array(size)) {
    queued.add(piece);
    count += 1;
  }
  expect(count).toBe(65_536);
});
