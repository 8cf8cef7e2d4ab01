import type { StreamRequest } from '../streamRequest';
import type { KnownValues } from './knownValues';
import { type FoundSpans, mapTexts, placeOf } from './requestTexts';
import { isSecretName } from './scan/secretNames';
import type { SearchBudget } from './searchBudget';
import {
  byNumber,
  filled,
  filledLength,
  isAt,
  Ledger,
  MASK,
  numbersIn,
  numbersOf,
  originOf,
  type Secret,
} from './secretLedger';
import { bodySpans, headerSpans, type Span, urlSpans } from './secretSpans';

export { originOf, type Secret } from './secretLedger';

/** A mask in another place than its secret was given for. */
export interface Stray {
  secret: Secret;
  /** Place of the mask. */
  place: string;
}

/** Secrets that the user has put into a request, perhaps under harmless names. */
export interface KnownSecrets {
  /** Names in lower case. */
  headers: readonly string[];
  body: boolean;
  values: readonly string[];
}

/** Whether a header of that name is meant for one server only, and must not be shown. */
export function isSecretHeader(name: string): boolean {
  return isSecretName(name, 'header');
}

/** Whether a header holds a secret, by its name or in its value. */
export function hasSecret(name: string, value: string, budget?: SearchBudget): boolean {
  return headerSpans(name, value, budget).length > 0;
}

/** Whether a body holds a secret. */
export function hasSecretBody(body: string, budget?: SearchBudget): boolean {
  return bodySpans(body, budget).length > 0;
}

/**
 * Returns the request with a mask for each secret: in headers, in the URL's user information, in parameters and members of
 * URL and body whose name says so, and in anything with the shape of a secret.
 * @param known secrets that masks in the request already stand for; returned together with the new ones
 * @param found spans of texts that were searched before; the same in all functions below
 */
export function mask(
  request: StreamRequest,
  known: readonly Secret[] = [],
  found: FoundSpans = new Map(),
): { request: StreamRequest; secrets: Secret[] } {
  const ledger = new Ledger(request, known);
  const masked = mapTexts(request, found, (text, spans, part) =>
    replaced(text, spans(), (value, place) => ledger.hide(value, place, part)),
  );
  return { request: masked, secrets: ledger.secrets };
}

/** Returns the text with the spans replaced. */
function replaced(text: string, spans: readonly Span[], by: (value: string, place: string) => string): string {
  const parts: string[] = [];
  let from = 0;
  for (const { start, end, place } of spans) {
    parts.push(text.slice(from, start), by(text.slice(start, end), place));
    from = end;
  }
  return parts.join('') + text.slice(from);
}

/** Returns the length of the request with the secrets in place of their masks, in UTF-16 code units. */
export function unmaskedLength({ url, headers, body = '' }: StreamRequest, secrets: readonly Secret[]): number {
  const values = byNumber(secrets);
  return [url, ...headers.flat(), body].reduce((length, text) => length + filledLength(text, values), 0);
}

/** Returns the request with the secrets in place of their masks; a mask without a secret stays. */
export function unmask(request: StreamRequest, secrets: readonly Secret[]): StreamRequest {
  const values = byNumber(secrets);
  return mapTexts(request, new Map(), (text) => filled(text, values));
}

/**
 * Returns the URL for display, with masks without numbers.
 * @param isVeiled whether secrets of a place are masked; default: all are
 * @param known as in `urlSpans`, as is the budget
 */
export function veiled(
  url: string,
  isVeiled: (place: string) => boolean = () => true,
  known?: KnownValues,
  budget?: SearchBudget,
): string {
  const veils = urlSpans(url, budget, known).filter(({ place }) => isVeiled(place));
  return replaced(url, veils, () => '•••');
}

/** Returns the secrets of a URL, as texts. */
export function secretsOfUrl(url: string): string[] {
  return urlSpans(url).map(({ start, end }) => url.slice(start, end));
}

/** Returns the secrets that masks in the request stand for. */
export function secretsIn(request: StreamRequest, secrets: readonly Secret[]): Secret[] {
  const numbers = numbersIn(request);
  return secrets.filter(({ number }) => numbers.has(number));
}

/** Returns the secrets that masks in the request stand for, and the parts of the request that contain them. */
export function partsWith(request: StreamRequest, secrets: readonly Secret[]): KnownSecrets {
  const known = byNumber(secrets);
  const has = (text = '') => numbersOf(text).some((number) => known.has(number));
  return {
    headers: request.headers.filter(([, value]) => has(value)).map(([name]) => name.toLowerCase()),
    body: has(request.body),
    values: secretsIn(request, secrets).map(({ value }) => value),
  };
}

/** Returns the masks that are in another place than their secrets were given for. */
export function strays(request: StreamRequest, secrets: readonly Secret[], found: FoundSpans = new Map()): Stray[] {
  const astray = new Map<string, Stray>();
  replaceStrays(request, secrets, found, (stray, mask) => {
    astray.set(`${stray.secret.number} ${stray.place}`, stray);
    return mask;
  });
  return [...astray.values()];
}

/** Gives each stray mask a secret of its own for its place: the user has approved that. */
export function adopt(
  request: StreamRequest,
  secrets: readonly Secret[],
  found: FoundSpans = new Map(),
): { request: StreamRequest; secrets: Secret[] } {
  const ledger = new Ledger(request, secrets);
  const adopted = replaceStrays(request, secrets, found, ({ secret, place }) => ledger.add(secret.value, place));
  return { request: adopted, secrets: ledger.secrets };
}

/**
 * Returns a mask whose secret no longer exists; undefined if there is none. In a body, a mask counts only within a span:
 * elsewhere it may be ordinary text.
 */
export function findLost(
  request: StreamRequest,
  secrets: readonly Secret[],
  found: FoundSpans = new Map(),
): string | undefined {
  const values = byNumber(secrets);
  let lost: string | undefined;
  mapTexts(request, found, (text, spans, part) => {
    for (const { 0: mask, 1: number, index } of text.matchAll(MASK))
      if (!values.has(Number(number)) && (part !== 'body' || placeOf(index, spans()) !== undefined)) lost ??= mask;
    return text;
  });
  return lost;
}

function replaceStrays(
  request: StreamRequest,
  secrets: readonly Secret[],
  found: FoundSpans,
  replace: (stray: Stray, mask: string) => string,
): StreamRequest {
  const values = byNumber(secrets);
  const origin = originOf(request.url);
  return mapTexts(request, found, (text, spans, part) =>
    text.replace(MASK, (mask, number, index: number) => {
      const secret = values.get(Number(number));
      if (!secret) return mask;
      const place = placeOf(index, spans()) ?? part;
      return isAt(secret, origin, place, part) ? mask : replace({ secret, place }, mask);
    }),
  );
}
