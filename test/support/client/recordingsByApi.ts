import { readFileSync } from 'node:fs';
import { type RecordOptions, recordEventStream } from '../../../src/api';
import { readSteps } from './recordings';

/** Returns the stream that a file sends. */
export function sentBy(path: string): string {
  return readSteps(readFileSync(path)).bytes.toString();
}

/** Resolves with the error of a recording that fails. */
export async function failureOf(url: string, file: string, options?: RecordOptions): Promise<Error> {
  const error = await recordEventStream(url, file, options).catch((thrown: unknown) => thrown);
  if (error instanceof Error) return error;
  throw new Error(`It did not fail: ${JSON.stringify(error)}`);
}
