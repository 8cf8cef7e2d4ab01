import { CurlError, type CurlErrorCode, type Given, type ParsedRequest, parseRequest } from './curl';

/** A pasted text, and what was given for its notes. */
export interface PastedText {
  text: string;
  given: Given | undefined;
}

/** The request in a text, or the reason why there is none, as plain data that is passed between threads. */
export type RequestRead =
  | { parsed: ParsedRequest; code?: undefined }
  | { parsed?: undefined; code: CurlErrorCode; subject: string | undefined };

/** Parses a text like `parseRequest`, but returns a CurlError instead of throwing it. */
export function readRequest({ text, given }: PastedText): RequestRead {
  try {
    return { parsed: parseRequest(text, given) };
  } catch (error) {
    if (error instanceof CurlError) return { code: error.code, subject: error.subject };
    throw error;
  }
}
