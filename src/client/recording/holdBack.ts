import type { Body } from '../http/body';
import type { Recorder } from './recorder';

/**
 * Pauses a stream until its recorder has drained: with this backpressure the server waits for the disk, and the recording
 * doesn't end.
 */
export async function holdBack(stream: Pick<Body, 'pause' | 'resume'> | undefined, recorder: Recorder): Promise<void> {
  stream?.pause();
  await recorder.drained();
  stream?.resume();
}
