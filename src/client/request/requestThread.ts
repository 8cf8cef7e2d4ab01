// The thread that reads long pasted texts, ended by who started it where it takes too long.
import { parentPort, workerData } from 'node:worker_threads';
import type { PastedText } from './readRequest';

async function read(): Promise<void> {
  const { readRequest } = await import('./readRequest');
  parentPort?.postMessage(readRequest(workerData as PastedText));
}

// Where it fails, the one who started it is told.
void read();
