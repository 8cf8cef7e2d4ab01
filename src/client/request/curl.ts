import { requestOfCommand } from './arguments/curlCommandReader';
import { CurlError } from './curlError';
import { Environment, type Given } from './environment';
import { fetchAt, requestOfFetch } from './fetch/fetchCall';
import { curlAt, pastedCommand } from './pastedCommand';
import { excessOf, MAX_TEXT } from './requestLimits';
import type { RequestNote } from './requestNote';
import type { StreamRequest } from './streamRequest';
import { assumedScheme, withScheme } from './urlText';

export { CurlError, type CurlErrorCode, MAX_SUBJECT } from './curlError';
export type { Given } from './environment';
export type { RequestNote } from './requestNote';

export interface ParsedRequest {
  request: StreamRequest;
  /** Remarks on parts of the text that aren't in the request. Empty for a URL. */
  notes: RequestNote[];
}

/**
 * Parses a URL, or a curl command for bash, cmd or PowerShell: from an API's docs, a terminal, or a browser's "Copy as
 * cURL"; or a browser's "Copy as fetch". The URL stays as it is written; one without a scheme gets `https:`, but `http:`
 * for this machine, with a port, or in a command, as with curl.
 * @param given what the notes on the same text asked for. Default: nothing
 * @throws {CurlError}
 */
export function parseRequest(text: string, given: Given = {}): ParsedRequest {
  if (text.length > MAX_TEXT) throw new CurlError('tooLong');
  const environment = new Environment(given);
  const parsed = readWithin(
    text
      .replace(/^[\s\ufeff\u200b]+/, '')
      .trimEnd()
      // A shell knows no other line ends.
      .replace(/\r\n?/g, '\n'),
    environment,
  );
  const excess = excessOf(parsed.request);
  if (excess) throw new CurlError(excess);
  return { ...parsed, notes: [...environment.missing, ...parsed.notes] };
}

/** Reads a text, as far as the stack and the length of strings allow. */
function readWithin(text: string, environment: Environment): ParsedRequest {
  try {
    return read(text, environment);
  } catch (error) {
    if (error instanceof RangeError) throw new CurlError('tooComplex');
    throw error;
  }
}

function read(text: string, environment: Environment): ParsedRequest {
  const [curl, fetch] = [curlAt(text), fetchAt(text)];
  const line = text.replace(/^[$%>]\s+/, '');
  const isAddress = /^["'`<]?[a-z][a-z\d+.-]*:\/\//i.test(line) || !/\s/.test(line);
  const isCommand = !isAddress || curl === 0;
  const command =
    curl === undefined || !isCommand || (fetch ?? curl) < curl ? undefined : pastedCommand(text, environment);
  if (command) return requestOfCommand(command, environment);
  if (fetch !== undefined) return requestOfFetch(text, fetch, environment);
  // JSON and markup aren't mistyped URLs.
  if (!isAddress || /^(?:[{(]|\[(?![\da-f]*:)|<[^>]*>.)/i.test(text))
    throw new CurlError('notUnderstood', /^\S*/.exec(text)?.[0]);
  return { request: { method: 'GET', url: urlAlone(line, environment), headers: [], insecure: false }, notes: [] };
}

function urlAlone(line: string, environment: Environment): string {
  const [, url = line] = /^(?=(?:".*"|'.*'|`.*`|<.*>)$).(.*).$/s.exec(line) ?? [];
  if (url === '') throw new CurlError('noUrl');
  const second = /\n\s*([a-z][a-z\d+.-]*:\/\/.*)/is.exec(url)?.[1];
  if (second !== undefined) throw new CurlError('manyUrls', second);
  return withScheme(url.trim(), assumedScheme(url), environment);
}
