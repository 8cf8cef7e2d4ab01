import { realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { l10n, type Uri, window, workspace } from 'vscode';
import { codeOf, isMissing } from '../../../client/files/regularFile';
import { reasonOf } from '../../../text/reason';
import { type FileRefusal, readRegularFile } from '../../shared/file/readFile';
import { BadFormError } from '../form/requestForm';

/** Maximum size of a file that is sent, in bytes: as of a request. */
const MAX_SIZE = 1024 * 1024;

/** A file of the workspace, as it was read. */
export interface WorkspaceFile {
  /** Without links. */
  path: string;
  text: string;
  /** In bytes. */
  size: number;
}

/** Returns the folder of the file in the active editor; undefined where there is none on this machine's disk. */
export function activeFolder(): string | undefined {
  const uri = window.activeTextEditor?.document.uri;
  return uri?.scheme === 'file' ? dirname(uri.fsPath) : undefined;
}

/**
 * Reads a text file inside of the workspace's folders, links resolved: never outside, and none in Restricted Mode.
 * @param named as a person has pasted it @param first folder where a relative path is looked for first, if that is in the workspace
 * @throws {BadFormError} in words of what to do, where it isn't read
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

/** Returns the path of the file without links. */
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
  // Not even looked at on the disk: a path of Windows may name another machine, which would be told who asks.
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

/** The workspace's folders that are on this machine's disk. */
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

/** Whether the path is one of the folders, or leads into one. Neither may have links that count. */
function isInside(path: string, folders: readonly string[]): boolean {
  return folders.some((folder) => {
    const way = relative(folder, path);
    return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
  });
}

async function readBytes(path: string, named: string): Promise<Uint8Array | FileRefusal> {
  try {
    // A pipe that no one writes to, a device: to open one may have an effect.
    if (!(await stat(path)).isFile()) return 'notRegular';
    const bytes = await readRegularFile(path, MAX_SIZE);
    // A link may have taken the place of a folder meanwhile.
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
    // That it can't be is the answer.
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

function unreadable(error: unknown, named: string): BadFormError {
  const reason = codeOf(error) === 'ELOOP' ? l10n.t('a link that leads to itself') : reasonOf(error);
  return new BadFormError(l10n.t('Nothing was sent: {0} can’t be read: {1}', named, reason));
}
