// Puts WebP pictures of one size together as one that moves (RFC 9649): browsers write no such file by themselves.

/**
 * Returns an animated WebP, which is repeated for ever.
 * @param {Buffer[]} pictures lossy ones, without transparency @param {number} duration of each, in milliseconds
 */
export function animation(pictures, duration) {
  const frames = pictures.map((picture) => chunkOf(picture, 'VP8 '));
  const [first] = frames;
  if (!first) throw new Error('An animation needs a picture.');
  // Width and height stand behind the frame tag and the start code (RFC 6386 §9.1).
  const [width, height] = [first.readUInt16LE(6) & 0x3fff, first.readUInt16LE(8) & 0x3fff];
  const size = Buffer.concat([uint24(width - 1), uint24(height - 1)]);
  const header = chunk('VP8X', Buffer.concat([Buffer.from([0x02, 0, 0, 0]), size]));
  // Background, then the number of repetitions: 0 is for ever.
  const control = chunk('ANIM', Buffer.alloc(6));
  const parts = frames.map((data) =>
    // At 0, 0; neither blended nor disposed.
    chunk(
      'ANMF',
      Buffer.concat([uint24(0), uint24(0), size, uint24(duration), Buffer.from([0x02]), chunk('VP8 ', data)]),
    ),
  );
  return chunk('RIFF', Buffer.concat([Buffer.from('WEBP'), header, control, ...parts]));
}

/** Returns the content of a picture's chunk. @param {Buffer} picture @param {string} name */
function chunkOf(picture, name) {
  let at = 12;
  while (at < picture.length) {
    const length = picture.readUInt32LE(at + 4);
    if (picture.toString('latin1', at, at + 4) === name) return picture.subarray(at + 8, at + 8 + length);
    at += 8 + length + (length % 2);
  }
  throw new Error(`The picture has no ${name.trim()} chunk.`);
}

/** @param {string} name @param {Buffer} data */
function chunk(name, data) {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(data.length);
  return Buffer.concat([Buffer.from(name), length, data, Buffer.alloc(data.length % 2)]);
}

/** @param {number} value */
function uint24(value) {
  return Buffer.from([value & 0xff, (value >> 8) & 0xff, value >> 16]);
}
