// The picture that moves: WebP pictures in one file.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { animation } from '../../scripts/animation.mjs';

const picture = readFileSync('media/page.webp');

/** Returns the names of a file's chunks, in their order. */
function chunksOf(file: Buffer): string[] {
  const names: string[] = [];
  for (let at = 12; at < file.length; ) {
    const length = file.readUInt32LE(at + 4);
    names.push(file.toString('latin1', at, at + 4));
    at += 8 + length + (length % 2);
  }
  return names;
}

test('each picture is a frame of the file, whose length is as it says', () => {
  const file = animation([picture, picture, picture], 300);
  expect(file.toString('latin1', 0, 4)).toBe('RIFF');
  expect(file.readUInt32LE(4)).toBe(file.length - 8);
  expect(chunksOf(file)).toEqual(['VP8X', 'ANIM', 'ANMF', 'ANMF', 'ANMF']);
});

test('its size is that of its pictures', () => {
  const file = animation([picture], 300);
  // 640 x 400 at 1.5 pixels each.
  expect([file.readUIntLE(24, 3), file.readUIntLE(27, 3)]).toEqual([959, 599]);
});

test('without a picture, or with a file that is none, it fails', () => {
  expect(() => animation([], 300)).toThrow('needs a picture');
  expect(() => animation([readFileSync('media/icon.png')], 300)).toThrow();
});
