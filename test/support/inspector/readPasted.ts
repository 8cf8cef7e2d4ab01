import type { Given } from '../../../src/client/request/curl';
import { readRequest } from '../../../src/client/request/readRequest';
import { type PastedRead, pastedOf } from '../../../src/extension/inspector/pasted/pastedRequest';

/** Reads a text at once, in this thread, however long it is. */
export function readPasted(text: string, given?: Given): PastedRead {
  return pastedOf(text, readRequest({ text, given }));
}
