import { CurlError } from './curlError';
import type { Environment } from './environment';
import { parsedUrl } from './parsedUrl';

/** Variable of an `.http` file, which may have more than a name: `{{$dotenv TOKEN}}`. */
const VARIABLE = /\{\{\s{0,9}[\w.$-][^{}\n]{0,100}\}\}/g;
/** Placeholders of documentation, in URLs and header values. */
const PLACEHOLDER = new RegExp(`${VARIABLE.source}|<[A-Za-z](?:[\\w .-]{0,100}\\w)?>`, 'g');
/** Placeholders that weren't filled in, including those of shells. */
const OPEN = /\{\{[^{}]*\}\}|<[^<>]*>|\{\w+\}|\$\{[^{}]*\}|\$\([^()]*\)|\$(?:env:)?\w+|%\w+%|`[^`]*`/g;

/** Hosts that default to `http:`: this machine, and any host with a port other than 443. */
const SPEAKS_HTTP = /^(?:(?:[^/?#]+\.)?localhost|127\.[\d.]+|\[::1\]|[^/?#]+:(?!443\b)\d+)(?=[:/?#]|$)/i;

/** Returns the default scheme for a URL without one. */
export function assumedScheme(address: string): 'http:' | 'https:' {
  return SPEAKS_HTTP.test(address) ? 'http:' : 'https:';
}

/** Returns the URL with its scheme; unchanged if it has one, or isn't a URL. */
export function withAssumedScheme(written: string): string {
  const text = written.trim();
  if (text === '' || /^(?:[a-z][a-z\d+.-]*:)?\//i.test(text) || /\s/.test(text)) return written;
  const url = `${assumedScheme(text)}//${text}`;
  return parsedUrl(url) ? url : written;
}

/**
 * Returns the text with placeholders replaced by their values, where these are given.
 * @param mayBeMarkup whether `<name>` isn't a placeholder, as in a body. Default: false
 */
export function filledIn(text: string, environment: Environment, mayBeMarkup = false): string {
  return text.replace(mayBeMarkup ? VARIABLE : PLACEHOLDER, (written) => environment.fill(written, written, undefined));
}

/**
 * Returns the URL with its scheme.
 * @param assumed scheme if it has none
 * @throws {CurlError} if it isn't a URL, apart from placeholders
 */
export function withScheme(written: string, assumed: 'http:' | 'https:', environment: Environment): string {
  const text = filledIn(written, environment).trim();
  const scheme = /^[a-z][a-z\d+.-]*:(?=\/)/i.exec(text)?.[0];
  if (scheme !== undefined && !/^https?:$/i.test(scheme)) throw new CurlError('scheme', scheme);
  const url = scheme === undefined ? `${assumed}//${text}` : text;
  // A placeholder may stand for a host, a port, or a host with a path.
  const isAddress =
    parsedUrl(url) !== undefined ||
    (environment.missing.length > 0 && ['1', '1/1'].some((part) => parsedUrl(url.replace(OPEN, part))));
  // curl takes the part before a backslash for a user's name, and browsers take it for the host.
  const isAmbiguous = /^https?:\/\/[^/?#]*\\/i.test(url);
  if (text.startsWith('/') || isAmbiguous || !isAddress) throw new CurlError('url', text);
  return url;
}
