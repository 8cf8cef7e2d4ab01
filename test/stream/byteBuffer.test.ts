import { expect, test } from 'vitest';
import { ByteBuffer } from '../../src/stream/byteBuffer';

test('take returns the appended bytes in order, and leaves the buffer empty', () => {
  const buffer = new ByteBuffer();
  for (const piece of ['a', '', 'bc', 'def']) buffer.append(Buffer.from(piece));
  expect(buffer.size).toBe(6);
  expect(Buffer.from(buffer.view(2)).toString()).toBe('cdef');
  expect(Buffer.from(buffer.take()).toString()).toBe('abcdef');
  expect([buffer.size, buffer.take().length]).toEqual([0, 0]);
});

test('bytes that were taken or viewed don’t change', () => {
  const buffer = new ByteBuffer();
  buffer.append(Buffer.from('abc'));
  const seen = buffer.view();
  buffer.append(Buffer.from('d'));
  const taken = buffer.take();
  buffer.append(Buffer.from('xyz'));
  expect([Buffer.from(seen).toString(), Buffer.from(taken).toString()]).toEqual(['abc', 'abcd']);
});

test.each([1, 1000, 1024 * 1024])('%i bytes that were taken occupy at most 1.25 times their size', (size) => {
  for (const pieces of [1, 2, 3, 7]) {
    const buffer = new ByteBuffer();
    const piece = new Uint8Array(Math.ceil(size / pieces)).fill(7);
    for (let left = size; left > 0; left -= piece.length) buffer.append(piece.subarray(0, left));
    const taken = buffer.take();
    expect([taken.length, taken.every((byte) => byte === 7)]).toEqual([size, true]);
    expect(taken.buffer.byteLength).toBeLessThanOrEqual(1.25 * size);
  }
});
