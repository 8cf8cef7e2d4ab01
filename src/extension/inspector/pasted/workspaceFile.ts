import { realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { l10n, type Uri, window, workspace } from 'vscode';
import { type FileRefusal, readRegularFile } from '../../../client/files/readRegularFile';
import { codeOf, isMissing } from '../../../client/files/regularFile';
import { reasonOf } from '../../../text/reason';
import { BadFormError } from '../form/requestForm';

/** Maximum size of a file that is sent, in bytes; the same as of a request. */
const MAX_SIZE = 1024 * 1024;

/** Content of a workspace file. */
export interface WorkspaceFile {
  /** Real path, without links. */
  path: string;
  text: string;
  /** Size in bytes. */
  size: number;
}

/** Returns the folder of the active editor's file; undefined if there is none on this machine's disk. */
export function activeFolder(): string | undefined {
  const uri = window.activeTextEditor?.document.uri;
  return uri?.scheme === 'file' ? dirname(uri.fsPath) : undefined;
}

/**
 * Reads a text file inside of the workspace's folders, with links resolved. Reads nothing outside of them, and nothing in
 * Restricted Mode.
 * @param named path as pasted by the user
 * @param first folder in which a relative path is looked up first, if in the workspace
 * @throws {BadFormError} if it isn't read, with advice for the user
 */
export async function readWorkspaceFile(named: string, first: string | undefined): Promise<WorkspaceFile> {
  if (!workspace.isTrusted)
    throw new BadFormError(
      l10n.t(
        'Nothing was sent: no file is read in Restricted Mode. Trust the workspace, or write a body in the place of {0}.',
        named,
      ),
    );
  const path = await findFile(named, first);
  const bytes = await readBytes(path, named);
  if (typeof bytes === 'string') throw new BadFormError(refusalText(bytes, named));
  return { path, text: decoded(bytes, named), size: bytes.length };
}

/** Resolves with the file's real path. */
async function findFile(named: string, first: string | undefined): Promise<string> {
  const folders = folderPaths();
  const real = (await Promise.all(folders.map((folder) => realPath(folder, folder)))).filter(
    (path) => path !== undefined,
  );
  if (real.length === 0)
    throw new BadFormError(l10n.t('Nothing was sent: to read {0}, open the folder that it is in.', named));
  const known = [...folders, ...real];
  const from = first !== undefined && isInside(first, known) ? [first, ...real] : real;
  const paths = from.map((folder) => resolve(folder, named)).filter((path) => isInside(path, known));
  // Without any access to the disk: on Windows, a path may name another machine, which would learn who asks.
  if (paths.length === 0) throw outside(named);
  for (const path of paths) {
    const found = await realPath(path, named);
    if (found === undefined) continue;
    if (!isInside(found, real)) throw outside(named);
    return found;
  }
  throw new BadFormError(
    l10n.t(
      'Nothing was sent: there is no file {0} in the workspace. Correct its path, or write a body in its place.',
      named,
    ),
  );
}

function outside(named: string): BadFormError {
  return new BadFormError(
    l10n.t(
      'Nothing was sent: {0} is outside of the workspace. Open the folder that it is in, or write a body in its place.',
      named,
    ),
  );
}

/** Returns the workspace's folders that are on this machine's disk. */
function folderPaths(): string[] {
  const uris = (workspace.workspaceFolders ?? []).map(({ uri }): Uri => uri);
  return uris.filter(({ scheme }) => scheme === 'file').map(({ fsPath }) => fsPath);
}

async function realPath(path: string, named: string): Promise<string | undefined> {
  try {
    return await realpath(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw unreadable(error, named);
  }
}

/** Whether the path is one of the folders or inside of one. Links must be resolved in both, or in neither. */
function isInside(path: string, folders: readonly string[]): boolean {
  return folders.some((folder) => {
    const way = relative(folder, path);
    return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
  });
}

async function readBytes(path: string, named: string): Promise<Uint8Array | FileRefusal> {
  try {
    // Checked before opening: to open a pipe or a device may have an effect.
    if (!(await stat(path)).isFile()) return 'notRegular';
    const bytes = await readRegularFile(path, MAX_SIZE);
    // A folder may have been replaced by a link meanwhile.
    return (await realpath(path)) === path ? bytes : 'gone';
  } catch (error) {
    if (isMissing(error)) return 'gone';
    throw unreadable(error, named);
  }
}

function decoded(bytes: Uint8Array, named: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // Not valid UTF-8.
    throw new BadFormError(
      l10n.t('Nothing was sent: {0} isn’t valid UTF-8, and bodies are text here. Convert the file to UTF-8.', named),
    );
  }
}

function refusalText(refusal: FileRefusal, named: string): string {
  switch (refusal) {
    case 'gone':
      return l10n.t('Nothing was sent: there is no file {0} any more. Connect looks for it again.', named);
    case 'tooLarge':
      return l10n.t('Nothing was sent: {0} is larger than 1 MB. Send a smaller file.', named);
    case 'notRegular':
      return l10n.t('Nothing was sent: {0} is a folder, a device or a pipe. Name a regular file.', named);
  }
}

/** Returns the error of a request whose file can't be read. */
export function unreadable(error: unknown, named: string): BadFormError {
  const reason = codeOf(error) === 'ELOOP' ? l10n.t('a link that leads to itself') : reasonOf(error);
  return new BadFormError(l10n.t('Nothing was sent: {0} can’t be read: {1}', named, reason));
}
