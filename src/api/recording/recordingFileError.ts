/** An error for a file that can't be recorded to: its message names it, and says what to do. */
export class RecordingFileError extends Error {
  override readonly name = 'RecordingFileError';
}
