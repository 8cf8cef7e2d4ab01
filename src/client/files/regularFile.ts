import { type BigIntStats, closeSync, constants, fstat, fstatSync, ftruncate, open, openSync, stat } from 'node:fs';
import { promisify } from 'node:util';
import type { RecordedFiles } from './recordedFiles';
import { RecordingError } from './recordingError';

/**
 * Flags that create a missing file, and make opening a pipe without a reader fail instead of blocking a thread. Windows
 * has no O_NONBLOCK.
 */
const FLAGS = constants.O_CREAT | (constants.O_NONBLOCK ?? 0);

/** A file that was opened for writing. */
export interface OpenFile {
  fd: number;
  /** Whether what was written can be read again. */
  isReadable: boolean;
  /** Closes the file; to be called once. Only then can another recording take it. */
  close(): void;
}

/** The stats of a file, with the numbers that identify it whatever its name. */
export type FileStats = BigIntStats;

/**
 * Opens a file to write it anew; an existing one is emptied, if it is a regular file that isn't being recorded to. Rejects
 * with RecordingError `notRegular` or `recorded`, or with a system error, without having changed anything.
 */
export async function openEmpty(path: string, recorded: RecordedFiles): Promise<OpenFile> {
  const there = await statsOf(path);
  // Checked before opening: a reader of a pipe would see a writer come and go.
  if (there !== undefined && !there.isFile()) throw new RecordingError('notRegular');
  const { fd, isReadable } = await openForWriting(path);
  let close = () => closeSync(fd);
  try {
    const stats = fstatSync(fd, { bigint: true });
    if (!stats.isFile()) throw new RecordingError('notRegular');
    const taken = recorded.take(fd, stats);
    if (!taken) throw new RecordingError('recorded');
    close = taken;
    await promisify(ftruncate)(fd, 0);
  } catch (error) {
    close();
    throw error;
  }
  return { fd, isReadable, close };
}

/** Creates a file that doesn't exist yet. @throws a system error, such as `EEXIST` */
export function createNew(path: string, recorded: RecordedFiles): OpenFile {
  const fd = openSync(path, constants.O_RDWR | constants.O_EXCL | FLAGS);
  try {
    // A new file can't be taken, unless the file system gives it another file's number.
    const close = recorded.take(fd, fstatSync(fd, { bigint: true })) ?? (() => closeSync(fd));
    return { fd, isReadable: true, close };
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

/** Resolves with the stats of a file; undefined if there is no such file. */
export async function statsOf(path: string): Promise<FileStats | undefined> {
  try {
    return await promisify(stat)(path, { bigint: true });
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

export function statsOfOpen(fd: number): Promise<FileStats> {
  return promisify(fstat)(fd, { bigint: true });
}

/** Whether the error means that there is no such file. */
export function isMissing(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}

/** Returns the code of a system error; undefined for any other error. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}

async function openForWriting(path: string): Promise<Omit<OpenFile, 'close'>> {
  try {
    return { fd: await promisify(open)(path, constants.O_RDWR | FLAGS, 0o666), isReadable: true };
  } catch (error) {
    const code = codeOf(error);
    // A socket, or a folder.
    if (code === 'ENXIO' || code === 'EISDIR') throw new RecordingError('notRegular');
    if (code !== 'EACCES') throw error;
    return { fd: await promisify(open)(path, constants.O_WRONLY | FLAGS, 0o666), isReadable: false };
  }
}
