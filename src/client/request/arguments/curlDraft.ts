import { CurlError } from '../curlError';
import type { Environment } from '../environment';
import type { RequestNote } from '../requestNote';
import type { StreamRequest } from '../streamRequest';
import { isHeaderValue, isToken } from '../streamRequest';
import { filledIn, withScheme } from '../urlText';

/** The request that the options read so far describe. */
export interface CurlDraft {
  urls: string[];
  method: string | undefined;
  /** Headers from `-H`. */
  headers: [name: string, value: string][];
  /** Names, in lower case, that `-H` has set or removed: no other option sets these. */
  named: Set<string>;
  /** Headers that options other than `-H` set. */
  implied: Map<string, string>;
  user: string | undefined;
  data: string | undefined;
  /** Parts that are added to the URL's query. */
  query: string[];
  get: boolean;
  head: boolean;
  insecure: boolean;
  globOff: boolean;
  notes: RequestNote[];
  /** Values of files and variables. */
  readonly environment: Environment;
  /** Returns the command's standard input, as far as the text has it. */
  readonly stdin: () => string | undefined;
}

export function newDraft(environment: Environment, stdin: CurlDraft['stdin']): CurlDraft {
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
    environment,
    stdin,
  };
}

/** Returns the request that a draft describes. @throws {CurlError} */
export function requestOf(draft: CurlDraft): StreamRequest {
  const { get, head, data, insecure } = draft;
  const body = get ? undefined : data;
  if (head && body !== undefined) throw new CurlError('unsupported', '-I -d');
  const method = draft.method ?? (head ? 'HEAD' : body === undefined ? 'GET' : 'POST');
  if (!isToken(method)) throw new CurlError('method', method);
  return { method, url: urlOf(draft), headers: headersOf(draft, body !== undefined), body, insecure };
}

function urlOf({ urls, query, get, data, globOff, environment }: CurlDraft): string {
  const [given = '', second] = urls;
  if (given.trim() === '') throw new CurlError('noUrl');
  if (second !== undefined) throw new CurlError('manyUrls', second);
  const url = withScheme(globOff ? given.trim() : withoutGlobs(given.trim(), environment), 'http:', environment);
  // With data in the query, curl ignores `--url-query`.
  const parts = get && data !== undefined ? [data] : query;
  if (parts.length === 0) return url;
  const base = url.replace(/#.*/s, '');
  const join = /[?&]$/.test(base) ? '' : base.includes('?') ? '&' : '?';
  return base + join + parts.join('&');
}

/**
 * Returns the URL that curl requests (curl's manual, "GLOBBING"). Browsers escape the signs that curl would take for
 * several URLs; a name in braces is a placeholder.
 * @throws {CurlError} if there are several URLs
 */
function withoutGlobs(url: string, environment: Environment): string {
  const several = /(?<!\\)(?:\{[^{}"]{0,200},[^{}"]{0,200}\}|\[(?:\d+-\d+|[a-z]-[a-z])(?::\d+)?\])/i.exec(url)?.[0];
  if (several !== undefined && !url.includes('{{')) throw new CurlError('unsupported', several);
  const named = url.replace(/(?<![\\{$])\{[A-Za-z_]\w{0,100}\}(?!\})/g, (name) =>
    environment.fill(name, name, undefined),
  );
  return named.replace(/\\([[\]{}])/g, '$1');
}

/** Returns the headers of `-H`, then those of other options and of the body, unless `-H` has named them. */
function headersOf({ headers, named, implied, user, environment }: CurlDraft, hasBody: boolean): [string, string][] {
  const others = new Map(implied);
  if (user !== undefined && !others.has('Authorization')) {
    const filled = filledIn(user, environment);
    const credentials = filled.includes(':') ? filled : `${filled}:`;
    others.set('Authorization', `Basic ${Buffer.from(credentials).toString('base64')}`);
  }
  if (hasBody && !others.has('Content-Type')) others.set('Content-Type', 'application/x-www-form-urlencoded');
  const all = [...headers, ...[...others].filter(([name]) => !named.has(name.toLowerCase()))];
  return all.map(([name, written]): [string, string] => {
    // Blanks around a value aren't part of it (RFC 9110 §5.5).
    const value = filledIn(written, environment).trim();
    if (!isHeaderValue(value)) throw new CurlError('header', `${name}: ${value}`);
    return [name, value];
  });
}
