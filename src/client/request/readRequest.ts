import { CurlError, type CurlErrorCode, type Given, type ParsedRequest, parseRequest } from './curl';

/** A pasted text, and what was given for it. */
export interface PastedText {
  text: string;
  given: Given | undefined;
}

/** The request that a text asks for, or why there is none, as plain data: it goes from one thread to another. */
export type RequestRead =
  | { parsed: ParsedRequest; code?: undefined }
  | { parsed?: undefined; code: CurlErrorCode; subject: string | undefined };

/** Reads a text as `parseRequest` does, and doesn't throw a CurlError, but returns it. */
export function readRequest({ text, given }: PastedText): RequestRead {
  try {
    return { parsed: parseRequest(text, given) };
  } catch (error) {
    if (error instanceof CurlError) return { code: error.code, subject: error.subject };
    throw error;
  }
}
