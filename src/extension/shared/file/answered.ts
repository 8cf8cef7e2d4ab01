import { l10n } from 'vscode';
import { inTime } from '../../../turns/inTime';

/** Time for which a file system is waited for, in milliseconds: that of another machine, or of another extension, may never answer. */
const TIMEOUT = 60_000;

/** Error about a file system that doesn't answer; the message is in the user's language. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
}

/**
 * Returns the file system's answer. Rejects like it, or with NoAnswerError if there is none in time.
 * @param timeout in milliseconds. Default: a minute
 */
export function answered<T>(answer: Promise<T>, timeout = TIMEOUT): Promise<T> {
  const message = l10n.t('The file system does not answer. Check its connection, and try again.');
  return inTime(answer, timeout, () => new NoAnswerError(message));
}
