import { constants } from 'node:fs';
import { access, lstat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { Uri, window, workspace } from 'vscode';
import { parsedUrl } from '../../../client/request/parsedUrl';
import { answered } from '../../shared/file/answered';
import { SavedRuns } from './savedRuns';

export interface SaveDialogOptions {
  title: string;
  /** Description of files with that extension, for the user. */
  kind: string;
  /** Extension of the file, without a dot. */
  ending: string;
  /** Suggested name, without the extension. Default, also if empty: `events`. */
  name?: string | undefined;
  /** Whether the file must be on the disk of the machine that the extension runs on. Default: false. */
  onDisk?: boolean;
}

/** Time for which a folder's file system is waited for, in milliseconds: the dialog may begin in another folder. */
const MAX_WAIT = 2000;
/** Maximum number at the end of a suggested name. */
const MAX_NUMBER = 99;

/** Dialogs that ask for a file to write, starting in a writable folder. */
export class SaveDialog {
  /** Runs that were saved through these dialogs. */
  readonly runs = new SavedRuns();
  /** File that was chosen last. */
  #last: Uri | undefined;

  /**
   * Asks for a file to write, starting in the first writable one of the workspace's folders and the last chosen folder, or
   * in the home directory of the machine that the extension runs on. Resolves with undefined if the user cancels.
   */
  async ask({ title, kind, ending, name, onDisk = false }: SaveDialogOptions): Promise<Uri | undefined> {
    const folder = (await this.#writableFolder(onDisk)) ?? Uri.file(homedir());
    const defaultUri = await freeFile(folder, name || 'events', ending);
    const chosen = await window.showSaveDialog({ title, defaultUri, filters: { [kind]: [ending] } });
    this.#last = chosen ?? this.#last;
    return chosen;
  }

  async #writableFolder(onDisk: boolean): Promise<Uri | undefined> {
    const folders = (workspace.workspaceFolders ?? []).map(({ uri }): Uri => uri);
    if (this.#last) folders.push(Uri.joinPath(this.#last, '..'));
    for (const folder of folders) if (await isWritable(folder, onDisk)) return folder;
    return undefined;
  }
}

/**
 * Resolves with a file of that name, or with the first of `name-2`, `name-3` … that isn't there yet, so that a second run is
 * saved beside the first. Beyond the maximum, and elsewhere than on the disk, the name stays: VS Code asks before it is replaced.
 */
async function freeFile(folder: Uri, name: string, ending: string): Promise<Uri> {
  const named = Uri.joinPath(folder, `${name}.${ending}`);
  if (folder.scheme !== 'file') return named;
  for (let number = 1; number <= MAX_NUMBER; number += 1) {
    const file = number === 1 ? named : Uri.joinPath(folder, `${name}-${number}.${ending}`);
    // A link that leads to no file counts, too: a repository could have one, and what is saved would be written elsewhere.
    const isThere = await lstat(file.fsPath).then(
      () => true,
      () => false,
    );
    if (!isThere) return file;
  }
  return named;
}

/** Whether files can be created in the folder. */
async function isWritable({ scheme, fsPath }: Uri, onDisk: boolean): Promise<boolean> {
  if (scheme !== 'file') return !onDisk && workspace.fs.isWritableFileSystem(scheme) === true;
  return answered(access(fsPath, constants.W_OK), MAX_WAIT).then(
    () => true,
    () => false,
  );
}

/** Returns a name for a file of a stream, without an extension: the URL's host; undefined if the URL is invalid. */
export function nameOf(url: string): string | undefined {
  // On Windows, a file's name can't contain a colon; and an IPv6 address has brackets.
  return parsedUrl(url)
    ?.hostname.replace(/[^\w.-]+/g, '-')
    .replace(/^-|-$/g, '');
}
