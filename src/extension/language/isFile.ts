import { type Uri, workspace } from 'vscode';

/**
 * Whether a document of that URI is a file that is saved, or can be. The other side of a diff (`git:`), an old version,
 * a snapshot and an input aren't: for each of them, a problem of the file would be shown again.
 */
export function isFile({ scheme }: Uri): boolean {
  if (scheme === 'file' || scheme === 'untitled' || workspace.fs.isWritableFileSystem(scheme)) return true;
  // A file in an open workspace folder is checked even if nothing can be saved there.
  return (workspace.workspaceFolders ?? []).some(({ uri }) => uri.scheme === scheme);
}
