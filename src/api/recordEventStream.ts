import type { Recording, RecordOptions, RequestLocation } from './reading/streamEvent';

/**
 * Records a stream to a `.sse` file, with its timing. Resolves when the file is complete: after `duration`, `count` events,
 * the stream's end, or an abort of `signal`.
 * @throws {StreamError} as `readEventStream`; what came before is in the file
 * @throws {RecordingFileError} if the file exists already or can't be written
 */
export async function recordEventStream(
  _request: RequestLocation,
  _file: string,
  _options: RecordOptions = {},
): Promise<Recording> {
  throw new Error('Not there yet.');
}
