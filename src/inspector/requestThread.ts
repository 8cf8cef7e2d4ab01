// The thread that reads long pasted texts: a bundle of its own, ended by who started it where it takes too long.
import { parentPort, workerData } from 'node:worker_threads';
import { type PastedText, readRequest } from './readRequest';

parentPort?.postMessage(readRequest(workerData as PastedText));
