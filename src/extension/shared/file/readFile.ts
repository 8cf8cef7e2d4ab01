import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { FileSystemError, FileType, l10n, type Uri, workspace } from 'vscode';

/** Maximum size of a file that is read, in bytes. */
export const MAX_SIZE = 128 * 1024 * 1024;
/** Size of the first buffer for a file that reports no size, in bytes. */
const MIN_ROOM = 64 * 1024;

/** Reason why a file isn't read. */
export type FileRefusal = 'gone' | 'tooLarge' | 'notRegular';

/**
 * Reads a file of any scheme, up to 128 MB.
 * @throws the system's error
 */
export async function readFile(uri: Uri): Promise<Uint8Array | FileRefusal> {
  try {
    const { size, type } = await workspace.fs.stat(uri);
    // Reading a pipe or a device may never end.
    if ((type & FileType.File) === 0) return 'notRegular';
    if (size > MAX_SIZE) return 'tooLarge';
    return uri.scheme === 'file' ? await readRegularFile(uri.fsPath) : await workspace.fs.readFile(uri);
  } catch (error) {
    if (isGone(error)) return 'gone';
    throw error;
  }
}

/**
 * Reads a regular file up to the limit. Never blocks, even if a pipe has replaced the file meanwhile.
 * @param max maximum size, in bytes
 * @throws the system's error
 */
export async function readRegularFile(path: string, max = MAX_SIZE): Promise<Uint8Array | FileRefusal> {
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

function isGone(error: unknown): boolean {
  if (error instanceof FileSystemError) return error.code === 'FileNotFound';
  return error instanceof Error && Reflect.get(error, 'code') === 'ENOENT';
}

/** Returns the reason in words, for a file of that name. */
export function refusalText(refusal: FileRefusal, name: string): string {
  switch (refusal) {
    case 'gone':
      return l10n.t('File not found: {0}', name);
    case 'tooLarge':
      return l10n.t('{0} is larger than {1} MB.', name, MAX_SIZE / 2 ** 20);
    case 'notRegular':
      return l10n.t('{0} can’t be read: it is not a regular file.', name);
  }
}
