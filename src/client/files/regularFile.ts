import { type BigIntStats, closeSync, constants, fstat, fstatSync, ftruncate, open, openSync, stat } from 'node:fs';
import { promisify } from 'node:util';
import type { RecordedFiles } from './recordedFiles';
import { RecordingError } from './recordingError';

/** Creates it where it isn't there. To open a pipe that no one reads would wait, and a thread with it. Windows has no such flag. */
const FLAGS = constants.O_CREAT | (constants.O_NONBLOCK ?? 0);

/** A file that was opened for writing. */
export interface OpenFile {
  fd: number;
  /** Whether what was written can be read again. */
  isReadable: boolean;
  /** Closes it; once. Only then another recording may take it. */
  close(): void;
}

/** The numbers by which a file is known, whatever its name. */
export type FileStats = BigIntStats;

/**
 * Opens a file to write it anew; one that is there is emptied, if it is a regular one that isn't recorded to. Rejects with
 * RecordingError `notRegular` or `recorded`, or with what the system says, and has changed nothing then.
 */
export async function openEmpty(path: string, recorded: RecordedFiles): Promise<OpenFile> {
  const there = await statsOf(path);
  // Before it is opened: the reader of a pipe would see that someone came, and went.
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

/** Creates a file that isn't there yet. @throws what the system says, as `EEXIST` */
export function createNew(path: string, recorded: RecordedFiles): OpenFile {
  const fd = openSync(path, constants.O_RDWR | constants.O_EXCL | FLAGS);
  try {
    // None that is new is taken, unless its number is also another's.
    const close = recorded.take(fd, fstatSync(fd, { bigint: true })) ?? (() => closeSync(fd));
    return { fd, isReadable: true, close };
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

/** Resolves with undefined where there is no such file. */
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

/** Whether the system says that there is no such file. */
export function isMissing(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}

/** Returns the name that the system has for an error; undefined if it isn't the system's. */
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
