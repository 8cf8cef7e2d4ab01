import { DecodedText } from './decodedText';
import type { KnownValues } from './knownValues';
import { isPlaceholder } from './placeholder';
import { scanJson } from './scan/secretJson';
import { scanLines } from './scan/secretLines';
import { type ParameterSyntax, SCHEME, scanParameters } from './scan/secretScan';
import { hasMembers, scanBody } from './scan/secretText';
import { Signs } from './scan/signs';
import { SearchBudget } from './searchBudget';
import { scanShapes } from './secretShapes';
import { type Span, TextSearch } from './textSearch';

export type { Span } from './textSearch';

/** Maximum number of secrets in a text: each of them is numbered, kept, and looked for in what a server answers. */
export const MAX_SPANS = 1000;
/** Scheme and authority of an address; signs before it, and tabs and line ends in it, are dropped (URL Standard, "basic URL parser"). */
const AUTHORITY = /^([\0-\x20\s]*h[\t\r\n]*t[\t\r\n]*t[\t\r\n]*p[\t\r\n]*(?:s[\t\r\n]*)?:[\\/\t\r\n]*)([^/?#\\]*)/i;
/** The beginning of an address, of JSON or of parameters, encoded, or of arguments, which OData has in a path. */
const IN_PATH = /(?::|%(?:25)*3A)(?:\/|%(?:25)*2F)|%(?:25)*(?:7B|2[368]|3[BDF])|\(/i;
const PATH_ENDS = new Signs('?#');
const FRAGMENT = new Signs('#');
const ADDRESS: ParameterSyntax = { before: new Signs('?&#;'), end: new Signs('&#'), atStart: false };
const HEADER: ParameterSyntax = {
  before: new Signs('?&#;, \t"\''),
  end: new Signs('&#"\'<> \t'),
  atStart: true,
};

/**
 * Returns the secrets of an address: user information, parameters of query and fragment, and what looks like one.
 * @param budget of the request that it is a text of, as of all of these; default: it is alone
 * @param known secrets that are looked for wherever they stand
 */
export function urlSpans(url: string, budget = new SearchBudget(), known?: KnownValues): Span[] {
  const search = new TextSearch('parameter', budget);
  const [found = '', begin = '', authority = ''] = AUTHORITY.exec(url) ?? [];
  const at = authority.lastIndexOf('@');
  if (at >= 0) search.spans.push({ start: begin.length, end: begin.length + at, place: 'user' });
  // Behind the authority: a host may be called like a key, and is no secret.
  const text = new DecodedText(url).slice(found.length, url.length);
  const finder = search.finder(text);
  scanParameters(text.text, ADDRESS, finder);
  // An address or JSON may be in the path; the query or the fragment as a whole may be that, too, or a header.
  const path = PATH_ENDS.next(text.text, 0);
  const query = FRAGMENT.next(text.text, path);
  if (IN_PATH.test(text.text.slice(0, path))) {
    finder.inside(0, path);
    search.encoded(text.slice(0, path));
  }
  finder.inside(path + 1, query);
  finder.inside(query + 1, text.text.length);
  known?.find(url, (start, end) => search.spans.push({ start, end, place: 'url' }));
  return withoutPlaceholders(allSpans(search, text, 'url', url), url);
}

/** Returns the secrets of a header: where its name says so its value without the scheme, else those in its value. */
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
 * Also those in texts in the text, and those that are known by their looks. From one that is too many on, all is one secret.
 * @param place of these; @param whole where the spans are
 */
function allSpans(search: TextSearch, text: DecodedText, place: string, whole: string): Span[] {
  search.readInner();
  scanShapes(text, place !== 'body', (start, end) => search.spans.push({ start, end, place }));
  const spans = inOrder(search.spans, whole);
  const last = spans[MAX_SPANS - 1];
  if (!last || spans.length === MAX_SPANS) return spans;
  return [...spans.slice(0, MAX_SPANS - 1), { start: last.start, end: whole.length, place }];
}

/** Those that are more than the name of what a person is to put there, or a shell. */
function withoutPlaceholders(spans: Span[], text: string): Span[] {
  return spans.filter(({ start, end }) => !isPlaceholder(text.slice(start, end)));
}

/** Without those that are empty; of those that overlap, one that covers them. */
function inOrder(spans: Span[], text: string): Span[] {
  const ordered: Span[] = [];
  for (const span of spans.filter(({ start, end }) => end > start).sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = ordered.at(-1);
    if (last && span.start < last.end) last.end = Math.max(last.end, span.end);
    else ordered.push({ ...span });
    // A digit behind a mask would be taken for one of its number.
    const end = ordered.at(-1) ?? span;
    while (/\d/.test(text.charAt(end.end))) end.end += 1;
  }
  return ordered;
}
