import { resolve } from 'node:path';
import { checkedRecordOptions } from './reading/readOptions';
import { readyRequest } from './reading/readyRequest';
import type { Recording, RecordOptions, RequestLocation } from './reading/streamEvent';
import { StreamRecording } from './recording/streamRecording';

/**
 * Records a stream to a `.sse` file, with its timing, as it comes; of JSON lines, each is the data of an event: even if this process is killed, the file has what came.
 * Resolves when the file is complete: after `duration`, `count` events, the stream's end, or an abort of `signal`. If there
 * was no response until then, the file is empty.
 * @param file path of the file to create, in a folder that exists
 * @throws {TypeError} if `file` is no path, or an option of a wrong kind
 * @throws {RangeError} if `count`, `timeout`, `duration`, `lastEventId` or `readAs` is out of its range
 * @throws {RequestError} if the request can't be made as it is given
 * @throws {StreamError} as `readEventStream`; what came before is in the file, and there is none if nothing came
 * @throws {StreamTimeoutError} after `timeout`; the same holds
 * @throws {RecordingFileError} if the file exists already or can't be written
 */
export async function recordEventStream(
  request: RequestLocation,
  file: string,
  options: RecordOptions = {},
): Promise<Recording> {
  if (typeof file !== 'string') throw new TypeError('file takes the path of the file to create.');
  const own = checkedRecordOptions(options);
  const ready = await readyRequest(request);
  return new StreamRecording(own).run(ready, resolve(file));
}
