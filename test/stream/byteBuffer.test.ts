import { expect, test } from 'vitest';
import { ByteBuffer } from '../../src/stream/byteBuffer';

test('gives back what was appended, in its order, and is empty afterwards', () => {
  const buffer = new ByteBuffer();
  for (const piece of ['a', '', 'bc', 'def']) buffer.append(Buffer.from(piece));
  expect(buffer.size).toBe(6);
  expect(Buffer.from(buffer.view(2)).toString()).toBe('cdef');
  expect(Buffer.from(buffer.take()).toString()).toBe('abcdef');
  expect([buffer.size, buffer.take().length]).toEqual([0, 0]);
});

test('what was taken or seen stays as it is', () => {
  const buffer = new ByteBuffer();
  buffer.append(Buffer.from('abc'));
  const seen = buffer.view();
  buffer.append(Buffer.from('d'));
  const taken = buffer.take();
  buffer.append(Buffer.from('xyz'));
  expect([Buffer.from(seen).toString(), Buffer.from(taken).toString()]).toEqual(['abc', 'abcd']);
});

test.each([1, 1000, 1024 * 1024])('what was taken of %i bytes is kept in no more than 1.25 times its size', (size) => {
  for (const pieces of [1, 2, 3, 7]) {
    const buffer = new ByteBuffer();
    const piece = new Uint8Array(Math.ceil(size / pieces)).fill(7);
    for (let left = size; left > 0; left -= piece.length) buffer.append(piece.subarray(0, left));
    const taken = buffer.take();
    expect([taken.length, taken.every((byte) => byte === 7)]).toEqual([size, true]);
    expect(taken.buffer.byteLength).toBeLessThanOrEqual(1.25 * size);
  }
});
