// The worker thread that reads long pasted texts; its parent terminates it if it takes too long.
import { parentPort, workerData } from 'node:worker_threads';
import type { PastedText } from './readRequest';

async function read(): Promise<void> {
  const { readRequest } = await import('./readRequest');
  parentPort?.postMessage(readRequest(workerData as PastedText));
}

// An error is reported to the parent.
void read();
