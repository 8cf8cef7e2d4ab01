import { l10n } from 'vscode';
import type { ParsedRequest } from '../../../client/request/curl';
import type { RequestRead } from '../../../client/request/readRequest';
import { requestProblem } from '../../../client/requestProblem';

/** A text with the request in it. */
export interface Pasted {
  text: string;
  parsed: ParsedRequest;
}

/** Result of reading a text: its request, or a problem in the user's language. */
export type PastedRead = (Pasted & { problem?: undefined }) | { parsed?: undefined; problem: string };

/** Converts the result of reading a text; a problem is put into the user's language. */
export function pastedOf(text: string, read: RequestRead): PastedRead {
  return read.parsed ? { text, parsed: read.parsed } : { problem: requestProblem(l10n.t, read) };
}
