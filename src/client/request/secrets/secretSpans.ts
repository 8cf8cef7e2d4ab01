import { DecodedText } from './decodedText';
import type { KnownValues } from './knownValues';
import { isPlaceholder } from './placeholder';
import { scanJson } from './scan/secretJson';
import { scanLines } from './scan/secretLines';
import { type ParameterSyntax, SCHEME, scanParameters } from './scan/secretScan';
import { hasMembers, scanBody } from './scan/secretText';
import { Signs } from './scan/signs';
import { SearchBudget } from './searchBudget';
import { scanBase64, scanShapes } from './secretShapes';
import { type Span, TextSearch } from './textSearch';

export type { Span } from './textSearch';

/** Maximum number of secrets in a text: each is numbered, kept, and searched for in responses. */
export const MAX_SPANS = 1000;
/**
 * Scheme and authority of a URL; characters before it, and tabs and line ends in it, are ignored (URL Standard, "basic URL
 * parser").
 */
const AUTHORITY = /^([\0-\x20\s]*h[\t\r\n]*t[\t\r\n]*t[\t\r\n]*p[\t\r\n]*(?:s[\t\r\n]*)?:[\\/\t\r\n]*)([^/?#\\]*)/i;
/** The beginning of a nested URL, of encoded JSON or parameters, or of arguments, which OData has in a path. */
const IN_PATH = /(?::|%(?:25)*3A)(?:\/|%(?:25)*2F)|%(?:25)*(?:7B|2[368]|3[BDF])|\(/i;
const PATH_ENDS = new Signs('?#');
const FRAGMENT = new Signs('#');
const ADDRESS: ParameterSyntax = { before: new Signs('?&#;'), end: new Signs('&#'), atStart: false };
/** In a path, a name may say what follows, but a `key` is one of many, as in a body. Arguments in brackets are read apart. */
const SEGMENT: ParameterSyntax = { before: new Signs('/'), end: new Signs('/'), atStart: false, place: 'member' };
const HEADER: ParameterSyntax = {
  before: new Signs('?&#;, \t"\''),
  end: new Signs('&#"\'<> \t'),
  atStart: true,
};

/**
 * Returns the secrets of a URL: user information, parameters of query and fragment, and shapes of secrets.
 * @param budget shared by all texts of the request; default: one for this text alone
 * @param known secrets that are searched for everywhere in the URL
 */
export function urlSpans(url: string, budget = new SearchBudget(), known?: KnownValues): Span[] {
  const search = new TextSearch('parameter', budget);
  const [found = '', begin = '', authority = ''] = AUTHORITY.exec(url) ?? [];
  const at = authority.lastIndexOf('@');
  if (at >= 0) search.spans.push({ start: begin.length, end: begin.length + at, place: 'user' });
  // Starts after the authority: a host's name may look like a key's, but isn't secret.
  const text = new DecodedText(url).slice(found.length, url.length);
  const finder = search.finder(text);
  scanParameters(text.text, ADDRESS, finder);
  // The path may contain a URL or JSON; so may the query or the fragment as a whole, or a header.
  const path = PATH_ENDS.next(text.text, 0);
  const query = FRAGMENT.next(text.text, path);
  if (!text.text.slice(0, path).includes('('))
    scanParameters(text.text.slice(0, path), SEGMENT, search.finder(text.slice(0, path)));
  if (IN_PATH.test(text.text.slice(0, path))) {
    finder.inside(0, path);
    search.encoded(text.slice(0, path));
  }
  finder.inside(path + 1, query);
  finder.inside(query + 1, text.text.length);
  known?.find(url, (start, end) => search.spans.push({ start, end, place: 'url' }));
  return withoutPlaceholders(allSpans(search, text, 'url', url), url);
}

/**
 * Returns the secrets of a header: its value without the scheme if the name says that it is secret, or else those within
 * the value.
 */
export function headerSpans(name: string, value: string, budget = new SearchBudget()): Span[] {
  const place = `header ${name.toLowerCase()}`;
  if (budget.names.isSecret(name, 'header')) {
    const [scheme = ''] = SCHEME.exec(value) ?? [];
    return withoutPlaceholders(inOrder([{ start: scheme.length, end: value.length, place }], value), value);
  }
  const search = new TextSearch(place, budget);
  const text = new DecodedText(value);
  const finder = search.finder(text);
  scanParameters(value, HEADER, finder);
  scanLines(value, finder);
  finder.inside(0, value.length);
  if (hasMembers(value)) scanJson(value, finder);
  else if (value.includes('%')) search.encoded(text);
  return withoutPlaceholders(allSpans(search, text, place, value), value);
}

/** Returns the secrets of a body. */
export function bodySpans(body: string, budget = new SearchBudget()): Span[] {
  const search = new TextSearch('body', budget);
  const text = new DecodedText(body);
  scanBody(body, search.finder(text));
  return allSpans(search, text, 'body', body);
}

/**
 * Returns all spans, including those in nested texts, and those found by their shape. If there are too many, the last one
 * covers the rest.
 * @param place of the spans found by shape
 * @param whole text that the spans refer to
 */
function allSpans(search: TextSearch, text: DecodedText, place: string, whole: string): Span[] {
  search.readInner();
  const add = (start: number, end: number) => void search.spans.push({ start, end, place });
  scanShapes(text, place !== 'body', add);
  scanBase64(text, (json) => search.hasSecret(json), add);
  const spans = inOrder(search.spans, whole);
  const last = spans[MAX_SPANS - 1];
  if (!last || spans.length === MAX_SPANS) return spans;
  return [...spans.slice(0, MAX_SPANS - 1), { start: last.start, end: whole.length, place }];
}

/** Returns the spans that aren't just the name of something that a user or a shell fills in. */
function withoutPlaceholders(spans: Span[], text: string): Span[] {
  return spans.filter(({ start, end }) => !isPlaceholder(text.slice(start, end)));
}

/** Sorts the spans, drops empty ones, and merges those that overlap. */
function inOrder(spans: Span[], text: string): Span[] {
  const ordered: Span[] = [];
  for (const span of spans.filter(({ start, end }) => end > start).sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = ordered.at(-1);
    if (last && span.start < last.end) last.end = Math.max(last.end, span.end);
    else ordered.push({ ...span });
    // A digit right after a mask would read as part of its number.
    const end = ordered.at(-1) ?? span;
    while (/\d/.test(text.charAt(end.end))) end.end += 1;
  }
  return ordered;
}
