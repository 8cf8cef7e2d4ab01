// Chunked bodies (RFC 9112 §7.1).

/** Returns a chunk. @param ended line end after its size @param size text of its size */
export function chunk(bytes: Buffer, ended = '\r\n', size = bytes.length.toString(16)): Buffer {
  return Buffer.concat([Buffer.from(`${size}${ended}`), bytes, Buffer.from('\r\n')]);
}

/** The last chunk, without trailers. */
export const END = Buffer.from('0\r\n\r\n');
