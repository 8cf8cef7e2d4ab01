/** Error for files that can't be served together. Its message is a sentence for the user. */
export class FolderError extends Error {
  override readonly name = 'FolderError';
}
