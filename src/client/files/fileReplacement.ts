import { constants } from 'node:fs';
import { access, type FileHandle, lstat, open, readlink, realpath, rename, unlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { type FileStats, isMissing, statsOf } from './regularFile';
import { removeLeftOver, temporaryName } from './temporaryFiles';

/** Maximum number of links in a row that lead to a file: as many as Linux follows. */
const MAX_LINKS = 40;

/** An error for a path where there is something other than a regular file, such as a folder, a device or a pipe. */
export class NotRegularError extends Error {
  override readonly name = 'NotRegularError';
  constructor() {
    super('It is not a regular file.');
  }
}

/**
 * A file that replaces another one, or takes a new name, once it is complete. It is written in the same folder under a
 * temporary name. Until it is committed, the old file stays; if it never is, nothing is left of it. What a killed process has
 * left in the folder is removed by the next one that saves there.
 */
export class FileReplacement {
  readonly #file: FileHandle;
  readonly #path: string;
  readonly #target: string;
  #size = 0;
  #isDone = false;

  private constructor(file: FileHandle, path: string, target: string) {
    [this.#file, this.#path, this.#target] = [file, path, target];
  }

  /**
   * Opens a file to replace the one at the path. Rejects with NotRegularError or a system error, without having changed
   * anything.
   * @param path of the file to replace, or of a link to it: then the link stays
   */
  static async open(path: string): Promise<FileReplacement> {
    const target = await targetOf(path);
    const there = await statsOf(target);
    // An existing file is never opened: opening a pipe may block forever.
    if (there && !there.isFile()) throw new NotRegularError();
    if (there) await access(target, constants.W_OK);
    const folder = dirname(target);
    await removeLeftOver(folder);
    const own = join(folder, temporaryName());
    const replacement = new FileReplacement(await open(own, 'wx', there ? 0o600 : 0o666), own, target);
    try {
      if (there) await replacement.#copyOwnerAndMode(there);
    } catch (error) {
      await replacement.abort();
      throw error;
    }
    return replacement;
  }

  /** Takes over the owner, the group and the mode of another file. Rejects with `EPERM` if that isn't allowed. */
  async #copyOwnerAndMode({ uid, gid, mode }: FileStats): Promise<void> {
    const own = await this.#file.stat({ bigint: true });
    // Windows has neither, and reports 0 for both. `chown` clears some bits of the mode, so `chmod` comes after it.
    if (own.uid !== uid || own.gid !== gid) await this.#file.chown(Number(uid), Number(gid));
    await this.#file.chmod(Number(mode) & 0o7777);
  }

  /** Writes after everything written so far. Resolves when the system has taken all bytes. */
  async write(bytes: Uint8Array): Promise<void> {
    for (let done = 0; done < bytes.length; ) {
      const { bytesWritten } = await this.#file.write(bytes, done, bytes.length - done, this.#size);
      done += bytesWritten;
      this.#size += bytesWritten;
    }
  }

  /** Puts the file in place. If that fails, removes it. */
  async commit(): Promise<void> {
    try {
      // Without this, a power failure could leave the name without the content.
      await this.#file.datasync();
      await this.#file.close();
      await rename(this.#path, this.#target);
      this.#isDone = true;
    } finally {
      await this.abort();
    }
  }

  /** Removes the file, unless it is in place. Calling it twice is fine. */
  async abort(): Promise<void> {
    if (this.#isDone) return;
    this.#isDone = true;
    await this.#file.close();
    try {
      await unlink(this.#path);
    } catch (error) {
      // If the file was already removed, that is fine. The caller needs the error that led to the abort.
      if (!isMissing(error)) throw error;
    }
  }
}

/** Resolves with the path that links lead to, even if there is no such file yet. */
async function targetOf(path: string): Promise<string> {
  let target = path;
  for (let links = 0; links < MAX_LINKS; links += 1) {
    try {
      return await realpath(target);
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
    const link = await linkAt(target);
    if (link === undefined) return target;
    target = resolve(await realpath(dirname(target)), link);
  }
  throw new NotRegularError();
}

/** Resolves with the target of a link; undefined if there is no link. */
async function linkAt(path: string): Promise<string | undefined> {
  try {
    return (await lstat(path)).isSymbolicLink() ? await readlink(path) : undefined;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
