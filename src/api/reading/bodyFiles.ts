import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type FileRefusal, readRegularFile } from '../../client/files/readRegularFile';
import { isMissing } from '../../client/files/regularFile';
import { isolated } from '../../text/foreignText';
import { reasonOf } from '../../text/reason';
import { RequestError } from './requestError';

/** Maximum number of files that are read for one request, and maximum size of each, in bytes. */
const [MAX_FILES, MAX_SIZE] = [20, 1024 * 1024];

/**
 * Reads the files that a command names, as text. A relative path begins at the folder that the process runs in.
 * @throws {RequestError} if there are too many, or one can't be read or isn't text
 */
export async function readBodyFiles(paths: readonly string[]): Promise<Map<string, string>> {
  if (paths.length > MAX_FILES)
    throw new RequestError(`No more than ${MAX_FILES} files are read for one request. Name fewer.`);
  const texts = new Map<string, string>();
  for (const path of paths) texts.set(path, await readText(path));
  return texts;
}

async function readText(path: string): Promise<string> {
  const name = isolated(path);
  const bytes = await readBytes(resolve(path), name);
  if (typeof bytes === 'string') throw new RequestError(refusalText(bytes, name));
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // The decoder's own error says less.
    throw new RequestError(`${name} isn’t valid UTF-8, and bodies are text here. Convert the file to UTF-8.`);
  }
}

async function readBytes(path: string, name: string): Promise<Uint8Array | FileRefusal> {
  try {
    // Checked before opening: to open a pipe or a device may have an effect.
    return (await stat(path)).isFile() ? await readRegularFile(path, MAX_SIZE) : 'notRegular';
  } catch (error) {
    if (isMissing(error)) return 'gone';
    throw new RequestError(`${name} can’t be read: ${reasonOf(error)}`);
  }
}

function refusalText(refusal: FileRefusal, name: string): string {
  return {
    gone: `There is no file ${name}. Correct its path, or write a body in its place.`,
    tooLarge: `${name} is larger than 1 MB. Send a smaller file.`,
    notRegular: `${name} is a folder, a device or a pipe. Name a regular file.`,
  }[refusal];
}
