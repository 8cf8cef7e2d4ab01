import { CurlError } from '../curlError';
import { Environment, type Given } from '../environment';
import { curlAt, pastedCommand } from '../pastedCommand';
import { excessOf, MAX_TEXT } from '../requestLimits';
import type { RequestNote } from '../requestNote';
import type { StreamRequest } from '../streamRequest';
import { assumedScheme, withScheme } from '../urlText';
import { requestOfCommand } from './curlCommandReader';
import { requestOfLines } from './requestLine';

export interface ParsedRequest {
  request: StreamRequest;
  /** Remarks on parts of the text that aren't in the request. Empty for a URL. */
  notes: RequestNote[];
}

/** Reader of requests that are calls in a script. It is large, and isn't there where only commands are read. */
export interface CallReader {
  /** Returns the index of the first call in a text; undefined if there is none. */
  find(text: string): number | undefined;
  /** Returns the request that a call makes. @throws {CurlError} */
  read(text: string, index: number, environment: Environment): ParsedRequest;
}

/**
 * Parses a URL, a request of an `.http` file, or a curl command for bash, cmd or PowerShell: from an API's docs, a terminal,
 * or a browser's "Copy as cURL". The URL stays as it is written; one without a scheme gets `https:`, but `http:` for this
 * machine, with a port, or in a command, as with curl.
 * @param given what the notes on the same text asked for @param calls reads calls. Default: none is understood
 * @throws {CurlError}
 */
export function parseCommand(text: string, given: Given, calls?: CallReader): ParsedRequest {
  if (text.length > MAX_TEXT) throw new CurlError('tooLong');
  const environment = new Environment(given);
  const parsed = readWithin(
    text
      .replace(/^[\s\ufeff\u200b]+/, '')
      .trimEnd()
      // A shell knows no other line ends.
      .replace(/\r\n?/g, '\n'),
    environment,
    calls,
  );
  const excess = excessOf(parsed.request);
  if (excess) throw new CurlError(excess);
  return { ...parsed, notes: [...environment.missing, ...parsed.notes] };
}

/** Reads a text, as far as the stack and the length of strings allow. */
function readWithin(text: string, environment: Environment, calls: CallReader | undefined): ParsedRequest {
  try {
    return read(text, environment, calls);
  } catch (error) {
    if (error instanceof RangeError) throw new CurlError('tooComplex');
    throw error;
  }
}

function read(text: string, environment: Environment, calls: CallReader | undefined): ParsedRequest {
  const lines = requestOfLines(text, environment);
  if (lines) return lines;
  const [curl, call] = [curlAt(text), calls?.find(text)];
  const line = text.replace(/^[$%>]\s+/, '');
  const isAddress = /^["'`<]?[a-z][a-z\d+.-]*:\/\//i.test(line) || !/\s/.test(line);
  const isCommand = !isAddress || curl === 0;
  const command =
    curl === undefined || !isCommand || (call ?? curl) < curl ? undefined : pastedCommand(text, environment);
  if (command) return requestOfCommand(command, environment);
  if (calls && call !== undefined) return calls.read(text, call, environment);
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
