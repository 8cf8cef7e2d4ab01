import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { FileSystemError, FileType, l10n, type Uri, workspace } from 'vscode';

/** A larger file isn't read, in bytes. */
export const MAX_SIZE = 128 * 1024 * 1024;
/** So much is read at a time of a file that says nothing of its size, in bytes. */
const MIN_ROOM = 64 * 1024;

/** Why a file isn't read. */
export type FileRefusal = 'gone' | 'tooLarge' | 'notRegular';

/**
 * Reads a file of any scheme, up to 128 MB.
 * @throws what the system says
 */
export async function readFile(uri: Uri): Promise<Uint8Array | FileRefusal> {
  try {
    const { size, type } = await workspace.fs.stat(uri);
    // A pipe, a device: to read one may take for ever.
    if ((type & FileType.File) === 0) return 'notRegular';
    if (size > MAX_SIZE) return 'tooLarge';
    return uri.scheme === 'file' ? await readRegularFile(uri.fsPath) : await workspace.fs.readFile(uri);
  } catch (error) {
    if (isGone(error)) return 'gone';
    throw error;
  }
}

/**
 * Reads no more than the limit, and waits for nothing that has taken the file's place meanwhile.
 * @param max size in bytes
 * @throws what the system says
 */
export async function readRegularFile(path: string, max = MAX_SIZE): Promise<Uint8Array | FileRefusal> {
  // Windows knows no O_NONBLOCK, and no pipes among files.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stat = await file.stat();
    if (!stat.isFile()) return 'notRegular';
    return await readAll(file, stat.size, max);
  } finally {
    await file.close();
  }
}

/** @param expected how large it is; it may grow, and files of the system say 0 */
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

/** In words, for a file of that name. */
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
