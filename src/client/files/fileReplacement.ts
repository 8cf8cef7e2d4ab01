import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, type FileHandle, lstat, open, readlink, realpath, rename, unlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { type FileStats, isMissing, statsOf } from './regularFile';

/** Maximum number of links that lead to a file, one behind the other: as many as Linux follows. */
const MAX_LINKS = 40;

/** There is something of that name which isn't a regular file, such as a folder, a device or a pipe. */
export class NotRegularError extends Error {
  override readonly name = 'NotRegularError';
  constructor() {
    super('It is not a regular file.');
  }
}

/**
 * A file that takes the place of another one, or a new name, when it is whole. It is written in the same folder under a name
 * of its own; until it is put in place, what was there is there, and where it never is, nothing is left of it.
 */
export class FileReplacement {
  readonly #file: FileHandle;
  readonly #path: string;
  readonly #target: string;
  #size = 0;
  #isOver = false;

  private constructor(file: FileHandle, path: string, target: string) {
    [this.#file, this.#path, this.#target] = [file, path, target];
  }

  /**
   * Rejects with NotRegularError, or with what the system says, and has changed nothing then.
   * @param path of the file to replace, or of a link to it: then the link stays
   */
  static async open(path: string): Promise<FileReplacement> {
    const target = await targetOf(path);
    const there = await statsOf(target);
    // Nothing is ever opened that is there: to open a pipe may take forever.
    if (there && !there.isFile()) throw new NotRegularError();
    if (there) await access(target, constants.W_OK);
    const own = join(dirname(target), `.${randomBytes(8).toString('hex')}.sse-counter.tmp`);
    const replacement = new FileReplacement(await open(own, 'wx', there ? 0o600 : 0o666), own, target);
    try {
      if (there) await replacement.#become(there);
    } catch (error) {
      await replacement.abort();
      throw error;
    }
    return replacement;
  }

  /** Gives it the owner, the group and the mode of another file. Rejects with `EPERM` where that isn't allowed. */
  async #become({ uid, gid, mode }: FileStats): Promise<void> {
    const own = await this.#file.stat({ bigint: true });
    // Windows has neither, and says 0 for both. A new owner takes some of the mode away: the mode comes behind it.
    if (own.uid !== uid || own.gid !== gid) await this.#file.chown(Number(uid), Number(gid));
    await this.#file.chmod(Number(mode) & 0o7777);
  }

  /** Writes behind what has been written. Resolves when the system has taken all. */
  async write(bytes: Uint8Array): Promise<void> {
    for (let done = 0; done < bytes.length; ) {
      const { bytesWritten } = await this.#file.write(bytes, done, bytes.length - done, this.#size);
      done += bytesWritten;
      this.#size += bytesWritten;
    }
  }

  /** Puts the file in place. Where that fails, nothing is left of it. */
  async commit(): Promise<void> {
    try {
      // Else a machine that loses power may have the name, and not what it stands for.
      await this.#file.datasync();
      await this.#file.close();
      await rename(this.#path, this.#target);
      this.#isOver = true;
    } finally {
      await this.abort();
    }
  }

  /** Removes what was written, unless it is in place. Twice is fine. */
  async abort(): Promise<void> {
    if (this.#isOver) return;
    this.#isOver = true;
    await this.#file.close();
    try {
      await unlink(this.#path);
    } catch (error) {
      // Someone has removed it: nothing is left of it, as it should be. Why it was aborted is what counts.
      if (!isMissing(error)) throw error;
    }
  }
}

/** Resolves with where a path leads to, also where there is no such file yet. */
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

/** Resolves with what a link says; undefined where there is none. */
async function linkAt(path: string): Promise<string | undefined> {
  try {
    return (await lstat(path)).isSymbolicLink() ? await readlink(path) : undefined;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
