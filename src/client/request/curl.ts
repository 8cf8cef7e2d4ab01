import { type CallReader, type ParsedRequest, parseCommand } from './arguments/parseCommand';
import type { Given } from './environment';
import { fetchAt, requestOfFetch } from './fetch/fetchCall';

export type { ParsedRequest } from './arguments/parseCommand';
export { CurlError, type CurlErrorCode, MAX_SUBJECT } from './curlError';
export type { Given } from './environment';
export type { RequestNote } from './requestNote';

const CALLS: CallReader = { find: fetchAt, read: requestOfFetch };

/**
 * Parses a text as `parseCommand` does, or a browser's "Copy as fetch".
 * @param given what the notes on the same text asked for. Default: nothing
 * @throws {CurlError}
 */
export function parseRequest(text: string, given: Given = {}): ParsedRequest {
  return parseCommand(text, given, CALLS);
}
