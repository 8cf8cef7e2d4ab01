import { type CurlDraft, CurlError, curlOption, type RequestNote } from './curlOptions';
import { excessOf } from './requestLimits';
import { quoted, shellWords } from './shellWords';
import { isHeaderValue, isToken, type StreamRequest } from './streamRequest';

export { CurlError, type CurlErrorCode, MAX_SUBJECT, type RequestNote } from './curlOptions';

export interface ParsedRequest {
  request: StreamRequest;
  /** What of the command is not in the request. Empty for a URL. */
  notes: RequestNote[];
}

/** What was given for the notes of a text that was read before. */
export interface Given {
  /** Values by the subjects of `placeholder`. */
  values?: ReadonlyMap<string, string>;
  /** Texts by the subjects of `file`. */
  files?: ReadonlyMap<string, string>;
}

/** Maximum length of a pasted text, in characters: a megabyte is a body of its own size, and is read at each key stroke. */
export const MAX_TEXT = 1024 * 1024;
/** These speak `http:` when nothing is said: this machine, and any host with a port other than 443. */
const SPEAKS_HTTP = /^(?:(?:[^/?#]+\.)?localhost|127\.[\d.]+|\[::1\]|[^/?#]+:(?!443\b)\d+)(?=[:/?#]|$)/i;

/**
 * Reads a URL, or a curl command as bash has it: from an API's docs, or a browser's "Copy as cURL". The URL stays as it
 * is written; one without a scheme gets `https:`, but `http:` for this machine, with a port, or in a command, as from curl.
 * @param _given fills in what the notes of the same text named. Default: nothing
 * @throws {CurlError}
 */
export function parseRequest(text: string, _given: Given = {}): ParsedRequest {
  if (text.length > MAX_TEXT) throw new CurlError('tooLong');
  const parsed = read(text);
  const excess = excessOf(parsed.request);
  if (excess) throw new CurlError(excess);
  return parsed;
}

function read(text: string): ParsedRequest {
  const line = text.trim().replace(/^\$\s+/, '');
  if (/^curl(?:\.exe)?(?=[\s\\]|$)/.test(line)) return parseCommand(line);
  const [, url = line] = /^(?=(?:".*"|'.*'|`.*`|<.*>)$).(.*).$/s.exec(line) ?? [];
  if (url === '') throw new CurlError('noUrl');
  const scheme = SPEAKS_HTTP.test(url) ? 'http:' : 'https:';
  return { request: { method: 'GET', url: withScheme(url.trim(), scheme), headers: [], insecure: false }, notes: [] };
}

function parseCommand(line: string): ParsedRequest {
  const { words, variables, rest, openQuote } = shellWords(line);
  if (openQuote !== undefined) throw new CurlError('quote', openQuote);
  const draft = readOptions(words.slice(1));
  const notes: RequestNote[] = variables.map((subject) => ({ code: 'placeholder', subject }));
  for (const note of draft.notes) notes.push(note);
  if (rest !== '') notes.push({ code: 'rest', subject: rest });
  return { request: requestOf(draft), notes };
}

function readOptions(words: string[]): CurlDraft {
  const draft = newDraft();
  // Not by shift(): of an array of this size it moves all the others.
  const left = words.values();
  let areUrls = false;
  for (const word of left) {
    if (areUrls || !word.startsWith('-')) draft.urls.push(word);
    else if (word === '--') areUrls = true;
    else if (word === '-' || word.startsWith('--')) {
      const { takesValue, effect } = curlOption(word);
      effect(draft, takesValue ? nextValue(left, word) : '', word);
    } else readLetters(draft, word.slice(1), left);
  }
  return draft;
}

/** `-sSN`, `-XPOST`: up to an option that takes a value, which is the rest of the word or else the next word. */
function readLetters(draft: CurlDraft, letters: string, left: Iterator<string>): void {
  for (let at = 0; at < letters.length; at += 1) {
    const option = `-${letters.charAt(at)}`;
    const { takesValue, effect } = curlOption(option);
    if (takesValue) {
      effect(draft, letters.slice(at + 1) || nextValue(left, option), option);
      return;
    }
    effect(draft, '', option);
  }
}

function nextValue(left: Iterator<string>, option: string): string {
  const { value, done } = left.next();
  if (done) throw new CurlError('noValue', option);
  return value;
}

function newDraft(): CurlDraft {
  return {
    urls: [],
    method: undefined,
    headers: [],
    named: new Set(),
    implied: new Map(),
    user: undefined,
    data: undefined,
    query: [],
    get: false,
    head: false,
    insecure: false,
    globOff: false,
    notes: [],
  };
}

function requestOf(draft: CurlDraft): StreamRequest {
  const { get, head, data, insecure } = draft;
  const body = get ? undefined : data;
  if (head && body !== undefined) throw new CurlError('unsupported', '-I -d');
  const method = draft.method ?? (head ? 'HEAD' : body === undefined ? 'GET' : 'POST');
  if (!isToken(method)) throw new CurlError('method', method);
  return { method, url: urlOf(draft), headers: headersOf(draft, body !== undefined), body, insecure };
}

function urlOf({ urls, query, get, data, globOff }: CurlDraft): string {
  const [given = '', second] = urls;
  if (given.trim() === '') throw new CurlError('noUrl');
  if (second !== undefined) throw new CurlError('manyUrls', second);
  // Browsers put a backslash before what curl would take for a set or a range of URLs.
  const url = withScheme(globOff ? given.trim() : given.trim().replace(/\\([[\]{}])/g, '$1'), 'http:');
  const parts = get && data !== undefined ? [...query, data] : query;
  if (parts.length === 0) return url;
  const base = url.replace(/#.*/s, '');
  const join = /[?&]$/.test(base) ? '' : base.includes('?') ? '&' : '?';
  return base + join + parts.join('&');
}

/** What `-H` gives, then what other options and a body set, unless `-H` has named it. */
function headersOf({ headers, named, implied, user }: CurlDraft, hasBody: boolean): [string, string][] {
  const others = new Map(implied);
  if (user !== undefined && !others.has('Authorization')) {
    const credentials = user.includes(':') ? user : `${user}:`;
    others.set('Authorization', `Basic ${Buffer.from(credentials).toString('base64')}`);
  }
  if (hasBody && !others.has('Content-Type')) others.set('Content-Type', 'application/x-www-form-urlencoded');
  const all = [...headers, ...[...others].filter(([name]) => !named.has(name.toLowerCase()))];
  const bad = all.find(([, value]) => !isHeaderValue(value));
  if (bad) throw new CurlError('header', bad.join(': '));
  return all;
}

function withScheme(text: string, assumed: 'http:' | 'https:'): string {
  const scheme = /^[a-z][a-z\d+.-]*:(?=\/)/i.exec(text)?.[0];
  if (scheme !== undefined && !/^https?:$/i.test(scheme)) throw new CurlError('scheme', scheme);
  const url = scheme === undefined ? `${assumed}//${text}` : text;
  if (text.startsWith('/') || !URL.canParse(url)) throw new CurlError('url', text);
  return url;
}

/** The request as a command for a terminal, on one line; `parseRequest` reads the same request from it. */
export function toCurl({ method, url, headers, body, insecure }: StreamRequest): string {
  const has = (wanted: string) => headers.some(([name]) => name.toLowerCase() === wanted);
  const words = ['curl', '-N'];
  if (insecure) words.push('-k');
  // What else curl would take for a set or a range of URLs; an IPv6 address in brackets it knows.
  if (/[[\]{}]/.test(url.replace(/^\w+:\/\/\[[\da-f:.]+\]/i, ''))) words.push('-g');
  // Not by -X: curl would wait for a body.
  if (method === 'HEAD' && body === undefined) words.push('-I');
  else if (method !== (body === undefined ? 'GET' : 'POST')) words.push('-X', quoted(method));
  words.push(quoted(url));
  for (const [name, value] of headers) words.push('-H', quoted(value === '' ? `${name};` : `${name}: ${value}`));
  // Else curl shows the answer as it is coded.
  if (has('accept-encoding')) words.push('--compressed');
  if (body !== undefined) {
    // curl's own would go with the body.
    if (!has('content-type')) words.push('-H', 'Content-Type:');
    words.push('--data-raw', quoted(body));
  }
  return words.join(' ');
}
