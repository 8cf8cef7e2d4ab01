import { FileSystemError, FileType, l10n, type Uri, workspace } from 'vscode';
import { type FileRefusal, readRegularFile } from '../../../client/files/readRegularFile';

/** Maximum size of a file that is read, in bytes. */
export const MAX_SIZE = 128 * 1024 * 1024;

/** Time for which a file system is waited for, in milliseconds: one of another extension may never answer. */
const TIMEOUT = 60_000;

/**
 * Reads a file of any scheme, up to 128 MB.
 * @throws the system's error, or one that says that there was no answer within a minute
 */
export async function readFile(uri: Uri): Promise<Uint8Array | FileRefusal> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(l10n.t('Its file system does not answer'))), TIMEOUT);
  });
  try {
    return await Promise.race([read(uri), late]);
  } catch (error) {
    if (isGone(error)) return 'gone';
    throw error;
  } finally {
    clearTimeout(timer);
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
