import { CurlError } from '../curlError';
import type { Environment } from '../environment';
import type { RequestNote } from '../requestNote';
import { isHeaderValue, isToken, type StreamRequest } from '../streamRequest';
import { filledIn, withScheme } from '../urlText';
import { isRecord } from './scriptChanges';
import { ScriptCode } from './scriptCode';
import { ScriptText } from './scriptExpression';
import { ScriptValues } from './scriptValues';

/** Methods that fetch converts to capitals (Fetch, "normalize a method"). */
const NORMALIZED = /^(?:delete|get|head|options|post|put)$/i;
/** Options without influence on what is sent, or that ask for what is done anyway. */
const PASSED = new Set(
  'method headers body mode cache referrerPolicy integrity keepalive signal priority duplex window withCredentials'.split(
    ' ',
  ),
);

/** Returns the index of a call of fetch, or of a similar function; undefined if there is none. */
export function fetchAt(text: string): number | undefined {
  const call =
    /(?<![\w$.])(?:(?:window|globalThis|self)\s*\.\s*)?fetch(?:EventSource)?\s*\(|(?<![\w$.])new\s+(?:EventSource|Request)\s*\(/;
  return call.exec(text)?.index;
}

/**
 * Reads a call of fetch, as copied from browsers or found in documentation, for a browser or for Node.
 * @param index of the call
 * @throws {CurlError} `fetch`, and the same as for a command
 */
export function requestOfFetch(text: string, index: number, environment: Environment): FetchedRequest {
  try {
    return read(text, index, environment);
  } catch (error) {
    // The call itself would throw, too: for a lone surrogate in a URL, a number that JSON doesn't have, or a value nested
    // too deep.
    const isOfCall = error instanceof TypeError || error instanceof RangeError || error instanceof URIError;
    if (isOfCall) throw new CurlError('fetch', text.slice(index, index + 100));
    throw error;
  }
}

interface FetchedRequest {
  request: StreamRequest;
  notes: RequestNote[];
}

function read(text: string, index: number, environment: Environment): FetchedRequest {
  const script = new ScriptText(text);
  const values = new ScriptValues(script, new ScriptCode(text, index), environment);
  const { given, end } = values.argumentsAt(parsedAt(script, index));
  const [url, options = {}] = given;
  if (typeof url !== 'string') throw new CurlError('noUrl');
  if (!isRecord(options)) throw new CurlError('fetch', text.slice(index, index + 100));
  const notes = Object.entries(options).flatMap(([name, value]): RequestNote[] => {
    const isDefault = value === null || PASSED.has(name) || name === 'referrer' || typeof value === 'function';
    const isMeant = (name === 'credentials' && value !== 'include') || (name === 'redirect' && value === 'follow');
    return isDefault || isMeant ? [] : [{ code: 'ignored', subject: name }];
  });
  const rest = text.slice(end).replace(/^[\s);]+/, '');
  if (rest !== '') notes.push({ code: 'rest', subject: rest });
  return { request: requestOf(url, options, environment), notes };
}

function parsedAt(script: ScriptText, index: number) {
  const { text } = script;
  try {
    return script.expressionAt(index);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const at = 'pos' in error && typeof error.pos === 'number' ? error.pos : index;
    throw new CurlError('fetch', text.slice(at, at + 100) || text.slice(index, index + 100));
  }
}

function requestOf(url: string, options: Record<string, unknown>, environment: Environment): StreamRequest {
  const { method: given = 'GET', headers: named = [], body: content, referrer } = options;
  const method = NORMALIZED.test(String(given)) ? String(given).toUpperCase() : String(given);
  if (!isToken(method)) throw new CurlError('method', method);
  const pairs: unknown[] = Array.isArray(named) ? named : isRecord(named) ? Object.entries(named) : [];
  if (named !== null && typeof named !== 'object') throw new CurlError('fetch', String(named));
  const headers = pairs.map((pair) => headerOf(pair, environment));
  const has = (wanted: string) => headers.some(([name]) => name.toLowerCase() === wanted);
  if (typeof referrer === 'string' && /^https?:/.test(referrer) && !has('referer')) headers.push(['Referer', referrer]);
  const isForm = content instanceof URLSearchParams;
  const body = content === undefined || content === null ? undefined : String(content);
  if (body !== undefined && !has('content-type'))
    headers.push([
      'Content-Type',
      isForm ? 'application/x-www-form-urlencoded;charset=UTF-8' : 'text/plain;charset=UTF-8',
    ]);
  return { method, url: withScheme(url, 'https:', environment), headers, body, insecure: false };
}

function headerOf(pair: unknown, environment: Environment): [string, string] {
  const [name, given] = Array.isArray(pair) ? pair.map(String) : [];
  const value = filledIn(given ?? '', environment).trim();
  if (name === undefined || !isToken(name) || !isHeaderValue(value)) throw new CurlError('header', `${name}: ${value}`);
  return [name, value];
}
