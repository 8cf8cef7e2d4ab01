import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

/** Size of the first buffer for a file that reports no size, in bytes. */
const MIN_ROOM = 64 * 1024;

/** Reason why a file isn't read. */
export type FileRefusal = 'gone' | 'tooLarge' | 'notRegular';

/**
 * Reads a regular file up to the limit. Never blocks, even if a pipe has replaced the file meanwhile.
 * @param max maximum size, in bytes
 * @throws the system's error
 */
export async function readRegularFile(path: string, max: number): Promise<Uint8Array | FileRefusal> {
  // Windows has no O_NONBLOCK, and no pipes among its files.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stat = await file.stat();
    if (!stat.isFile()) return 'notRegular';
    return await readAll(file, stat.size, max);
  } finally {
    await file.close();
  }
}

/** @param expected reported size, in bytes; the file may grow, and virtual files (as in /proc) report 0 */
async function readAll(file: FileHandle, expected: number, max: number): Promise<Uint8Array | 'tooLarge'> {
  let bytes = Buffer.allocUnsafe(Math.max(MIN_ROOM, Math.min(expected, max) + 1));
  let size = 0;
  for (;;) {
    const { bytesRead } = await file.read(bytes, size, bytes.length - size);
    if (bytesRead === 0) return bytes.subarray(0, size);
    size += bytesRead;
    if (size > max) return 'tooLarge';
    if (size === bytes.length) bytes = Buffer.concat([bytes], Math.min(2 * size, max + 1));
  }
}
