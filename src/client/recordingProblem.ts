import { reasonOf } from '../text/reason';
import type { Translate } from '../text/translate';
import { RecordingError } from './files/recordingError';

/** Returns why a file isn't recorded to, or no longer, and what to do, in the user's language. */
export function recordingProblem(t: Translate, error: unknown): string {
  if (!(error instanceof RecordingError)) return reasonOf(error);
  return {
    notRegular: t('It is a folder, a device or a pipe. Choose a regular file.'),
    recorded: t('It is still being recorded to. Choose another file.'),
    changed: t('Other programs changed its file again and again.'),
    deleted: t('The file was deleted or moved.'),
    slow: t('Data arrives faster than it can be written.'),
  }[error.code];
}
