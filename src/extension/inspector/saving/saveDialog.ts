import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { homedir } from 'node:os';
import { Uri, window, workspace } from 'vscode';
import { parsedUrl } from '../../../client/request/parsedUrl';

export interface SaveDialogOptions {
  title: string;
  /** What files of that ending are, for a person. */
  kind: string;
  /** Without a dot. */
  ending: string;
  /** What is offered, without the ending. Default, also where it is empty: `events`. */
  name?: string | undefined;
  /** Whether only a file on the disk of the machine that the extension runs on will do. Default: false. */
  onDisk?: boolean;
}

/** The dialogs that ask for a file to write. They begin in a folder that can be written to. */
export class SaveDialog {
  /** The file that was chosen last. */
  #last: Uri | undefined;

  /**
   * Asks for a file to write: in the workspace's first folder that can be written to, else where the last file was chosen,
   * else in the home directory, of the machine that the extension runs on. Resolves with undefined when the user wants none.
   */
  async ask({ title, kind, ending, name, onDisk = false }: SaveDialogOptions): Promise<Uri | undefined> {
    const folder = (await this.#writableFolder(onDisk)) ?? Uri.file(homedir());
    const defaultUri = Uri.joinPath(folder, `${name || 'events'}.${ending}`);
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

/** Whether files can be made in the folder. */
async function isWritable({ scheme, fsPath }: Uri, onDisk: boolean): Promise<boolean> {
  if (scheme !== 'file') return !onDisk && workspace.fs.isWritableFileSystem(scheme) === true;
  return access(fsPath, constants.W_OK).then(
    () => true,
    () => false,
  );
}

/** What a file of a stream may be named after, without an ending: its host; undefined where the URL is none. */
export function nameOf(url: string): string | undefined {
  // A file's name has no colon on Windows, and an IPv6 address has brackets.
  return parsedUrl(url)
    ?.hostname.replace(/[^\w.-]+/g, '-')
    .replace(/^-|-$/g, '');
}
