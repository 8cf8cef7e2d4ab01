import { type Uri, workspace } from 'vscode';

/**
 * Whether a document of that URI is a file that can be saved, or is going to be one. The other side of a diff (`git:`), an old
 * version, a snapshot and an input aren't: a problem of the file would be told once more for each.
 */
export function isFile({ scheme }: Uri): boolean {
  if (scheme === 'file' || scheme === 'untitled' || workspace.fs.isWritableFileSystem(scheme)) return true;
  // A folder that is open is looked at for its own sake, also where nothing can be saved in it.
  return (workspace.workspaceFolders ?? []).some(({ uri }) => uri.scheme === scheme);
}
