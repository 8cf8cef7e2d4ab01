import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { l10n, type Uri, workspace } from 'vscode';
import { FileReplacement, NotRegularError } from '../../../client/files/fileReplacement';
import type { SavedFile } from '../../../client/files/savePieces';
import { ByteBuffer } from '../../../stream/byteBuffer';

/** Maximum size of a file that VS Code writes, in bytes: its API takes only whole files. */
const MAX_ELSEWHERE = 128 * 1024 * 1024;

/** Opens a file for writing. Rejects with a message for the user if nothing can be written there. */
export async function openSavedFile(uri: Uri): Promise<SavedFile> {
  if (uri.scheme !== 'file') return new WholeFile(uri);
  try {
    return await FileReplacement.open(uri.fsPath);
  } catch (error) {
    // No new file can be created in its folder, but the existing one may be writable.
    if (isForbidden(error) && (await isWritable(uri.fsPath))) return new WholeFile(uri);
    if (!(error instanceof NotRegularError)) throw error;
    throw new Error(l10n.t('It is a folder, a device or a pipe. Choose a regular file.'));
  }
}

function isForbidden(error: unknown): boolean {
  // For owners that it doesn't know, a container reports EINVAL.
  const codes = ['EACCES', 'EPERM', 'EROFS', 'EINVAL'];
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}

async function isWritable(path: string): Promise<boolean> {
  try {
    await access(path, constants.W_OK);
    return (await stat(path)).isFile();
  } catch {
    // The first failure is reported instead.
    return false;
  }
}

/** A file that VS Code writes as a whole. */
class WholeFile implements SavedFile {
  readonly #uri: Uri;
  readonly #bytes = new ByteBuffer();

  constructor(uri: Uri) {
    this.#uri = uri;
  }

  async write(bytes: Uint8Array): Promise<void> {
    this.#bytes.append(bytes);
    if (this.#bytes.size <= MAX_ELSEWHERE) return;
    const megabytes = MAX_ELSEWHERE / 2 ** 20;
    throw new Error(
      l10n.t('It would be larger than {0} MB. Choose a file on the machine that the extension runs on.', megabytes),
    );
  }

  async commit(): Promise<void> {
    await workspace.fs.writeFile(this.#uri, this.#bytes.take());
  }

  async abort(): Promise<void> {
    this.#bytes.take();
  }
}
