import { stat, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { RecordedFiles } from '../../client/files/recordedFiles';
import { codeOf, statsOf } from '../../client/files/regularFile';
import type { Inspection } from '../../client/inspection';
import { RecordingFiles, type RecordingHandlers } from '../../client/recordingFiles';
import { recordingProblem } from '../../client/recordingProblem';
import { isolated, withCodes } from '../../text/foreignText';
import { inEnglish } from '../../text/translate';
import { Turns } from '../../turns/turns';
import { RecordingFileError } from './recordingFileError';

/** A recording whose file is there. */
export interface NewRecording {
  files: RecordingFiles;
  /** Whether there was no such file before. */
  isNew: boolean;
}

/**
 * Creates the file of a recording.
 * @param path absolute @param force whether an existing file is emptied
 * @throws {RecordingFileError} if it exists already, or can't be created or emptied
 */
export async function newRecording(
  inspection: Inspection,
  path: string,
  force: boolean,
  handlers: RecordingHandlers,
): Promise<NewRecording> {
  // Two recordings of one process see each other's changes, as those of other programs.
  const shared = { turns: new Turns(), recorded: new RecordedFiles() };
  try {
    return { files: RecordingFiles.createNew(inspection, path, shared, handlers), isNew: true };
  } catch (error) {
    if (!force || codeOf(error) !== 'EEXIST') throw await refusal(error, path);
  }
  try {
    return { files: await RecordingFiles.open(inspection, path, shared, handlers), isNew: false };
  } catch (error) {
    throw await refusal(error, path);
  }
}

/** Removes the file of a recording if nothing was written to it, nor by another program. Resolves with whether it did. */
export async function removeEmpty(path: string): Promise<boolean> {
  try {
    if ((await stat(path)).size > 0) return false;
    await unlink(path);
    return true;
  } catch (error) {
    // Another program was faster; any other failure leaves an empty file, and the caller has a better reason to report.
    if (codeOf(error) === undefined) throw error;
    return true;
  }
}

async function refusal(error: unknown, path: string): Promise<RecordingFileError> {
  return new RecordingFileError(await refusalText(error, path));
}

async function refusalText(error: unknown, path: string): Promise<string> {
  const name = isolated(path);
  if (codeOf(error) === 'EEXIST')
    return (await isRegular(path))
      ? `${name} exists already. Choose another name, or set force to overwrite it.`
      : `${name} is a folder, a device or a pipe. Choose a regular file.`;
  if (codeOf(error) === 'ENOENT')
    return `There is no folder ${isolated(dirname(path))}. Create it, or correct the path.`;
  return `Can’t record to ${name}: ${withCodes(recordingProblem(inEnglish, error))}`;
}

async function isRegular(path: string): Promise<boolean> {
  try {
    return (await statsOf(path))?.isFile() !== false;
  } catch {
    // It is there, and that is why it was refused.
    return true;
  }
}
