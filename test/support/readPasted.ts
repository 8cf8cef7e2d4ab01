import { type PastedRead, pastedOf } from '../../src/editor/pastedRequest';
import type { Given } from '../../src/inspector/curl';
import { readRequest } from '../../src/inspector/readRequest';

/** Reads a text at once, in this thread, however long it is. */
export function readPasted(text: string, given?: Given): PastedRead {
  return pastedOf(text, readRequest({ text, given }));
}
