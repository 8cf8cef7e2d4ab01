/**
 * The reason why a recording to a file has ended, other than a system error. `notRegular`: it is a folder, a device, a
 * pipe or a socket; `recorded`: another recording of this process writes it; `changed`: another program has written to it,
 * or put another file in its place; `deleted`: it was deleted or moved; `slow`: more comes than can be written.
 */
export type RecordingErrorCode = 'notRegular' | 'recorded' | 'changed' | 'deleted' | 'slow';

const MESSAGES: Record<RecordingErrorCode, string> = {
  notRegular: 'It is not a regular file.',
  recorded: 'The file is still being recorded to.',
  changed: 'The file was changed by another program.',
  deleted: 'The file was deleted or moved.',
  slow: 'The disk is too slow.',
};

export class RecordingError extends Error {
  override readonly name = 'RecordingError';
  readonly code: RecordingErrorCode;

  constructor(code: RecordingErrorCode) {
    super(MESSAGES[code]);
    this.code = code;
  }
}
