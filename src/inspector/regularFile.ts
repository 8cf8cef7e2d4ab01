import { type BigIntStats, closeSync, constants, fstat, fstatSync, ftruncate, open, openSync, stat } from 'node:fs';
import { promisify } from 'node:util';
import { RecordingError } from './recordingError';

/** Creates it where it isn't there. To open a pipe that no one reads would wait, and a thread with it. Windows has no such flag. */
const FLAGS = constants.O_CREAT | (constants.O_NONBLOCK ?? 0);

/** A file that was opened for writing. */
export interface OpenFile {
  fd: number;
  /** Whether what was written can be read again. */
  isReadable: boolean;
}

/** The numbers by which a file is known, whatever its name. */
export type FileStats = BigIntStats;

/**
 * Opens a file to write it anew; one that is there is emptied, if it is a regular one. Rejects with RecordingError
 * `notRegular`, or with what the system says, and has changed nothing then.
 */
export async function openEmpty(path: string): Promise<OpenFile> {
  const there = await statsOf(path);
  // Before it is opened: the reader of a pipe would see that someone came, and went.
  if (there !== undefined && !there.isFile()) throw new RecordingError('notRegular');
  const file = await openForWriting(path);
  try {
    if (!fstatSync(file.fd).isFile()) throw new RecordingError('notRegular');
    await promisify(ftruncate)(file.fd, 0);
  } catch (error) {
    closeSync(file.fd);
    throw error;
  }
  return file;
}

/** Creates a file that isn't there yet. @throws what the system says, as `EEXIST` */
export function createNew(path: string): OpenFile {
  return { fd: openSync(path, constants.O_RDWR | constants.O_EXCL | FLAGS), isReadable: true };
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

async function openForWriting(path: string): Promise<OpenFile> {
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
