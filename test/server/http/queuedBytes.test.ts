import { expect, test } from 'vitest';
import { QueuedBytes } from '../../../src/server/http/queuedBytes';

const MB = 1024 * 1024;

test('bytes that are queued for many clients count once, until they are queued for none', () => {
  const queued = new QueuedBytes();
  const bytes = new Uint8Array(64 * MB);
  for (let n = 0; n < 1000; n += 1) queued.add(bytes);
  for (let n = 0; n < 1000; n += 1) {
    expect(queued.fits(new Uint8Array(1))).toBe(false);
    queued.release(bytes);
  }
  expect(queued.fits(bytes)).toBe(true);
});

test('at most 64 MB are queued', () => {
  const queued = new QueuedBytes();
  queued.add(new Uint8Array(64 * MB - 2000));
  expect(queued.fits(new Uint8Array(2000))).toBe(true);
  expect(queued.fits(new Uint8Array(2001))).toBe(false);
});

test.each([0, 1])('at most 65,536 pieces of %i bytes are queued', (size) => {
  const queued = new QueuedBytes();
  let count = 0;
  for (let piece = new Uint8Array(size); queued.fits(piece); piece = new Uint8Array(size)) {
    queued.add(piece);
    count += 1;
  }
  expect(count).toBe(65_536);
});
