import type { Body } from '../http/body';
import type { Recorder } from './recorder';

/** Has a stream wait until what records it has written more: so the server waits for the disk, and no recording ends for it. */
export async function holdBack(stream: Pick<Body, 'pause' | 'resume'> | undefined, recorder: Recorder): Promise<void> {
  stream?.pause();
  await recorder.drained();
  stream?.resume();
}
