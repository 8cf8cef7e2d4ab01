import { FileSystemError, FileType, l10n, type Uri, workspace } from 'vscode';
import { type FileRefusal, readRegularFile } from '../../../client/files/readRegularFile';
import { answered } from './answered';

/** Maximum size of a file that is read, in bytes. */
export const MAX_SIZE = 128 * 1024 * 1024;

/**
 * Reads a file of any scheme, up to 128 MB.
 * @throws the system's error, or NoAnswerError
 */
export async function readFile(uri: Uri): Promise<Uint8Array | FileRefusal> {
  try {
    return await answered(read(uri));
  } catch (error) {
    if (isGone(error)) return 'gone';
    throw error;
  }
}

async function read(uri: Uri): Promise<Uint8Array | FileRefusal> {
  const { size, type } = await workspace.fs.stat(uri);
  // Reading a pipe or a device may never end.
  if ((type & FileType.File) === 0) return 'notRegular';
  if (size > MAX_SIZE) return 'tooLarge';
  if (uri.scheme === 'file') return readRegularFile(uri.fsPath, MAX_SIZE);
  const bytes = await workspace.fs.readFile(uri);
  // Some file systems don't know sizes, and say 0.
  return bytes.length > MAX_SIZE ? 'tooLarge' : bytes;
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
