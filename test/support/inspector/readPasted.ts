import type { Given } from '../../../src/client/request/curl';
import { readRequest } from '../../../src/client/request/readRequest';
import { type PastedRead, pastedOf } from '../../../src/extension/inspector/pasted/pastedRequest';

/** Reads a text of any length synchronously, in this thread. */
export function readPasted(text: string, given?: Given): PastedRead {
  return pastedOf(text, readRequest({ text, given }));
}
