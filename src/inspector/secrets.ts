import { type FoundSpans, mapTexts, placeOf } from './requestTexts';
import { isSecretName } from './secretNames';
import { bodySpans, headerSpans, urlSpans } from './secretSpans';
import type { StreamRequest } from './streamRequest';

/** A secret is shown as this, with its number from 1. */
const MASK = /•••([1-9]\d{0,5})(?!\d)/g;

/** A text that a mask stands for, and where it was given: for no other place and server is it meant. */
export interface Secret {
  number: number;
  value: string;
  /** The origin of the request's URL; empty while there was no URL yet. */
  origin: string;
  /** As of `Span`; empty: anywhere in the request. */
  place: string;
}

/** A mask that stands elsewhere than its secret was given for. */
export interface Stray {
  secret: Secret;
  /** Where it stands. */
  place: string;
}

/** Secrets in a request that may stand under harmless names, where a person has put them. */
export interface KnownSecrets {
  /** Names in lower case. */
  headers: readonly string[];
  body: boolean;
  values: readonly string[];
}

/** Whether a header of that name is meant for one server, and for no one else's eyes. */
export function isSecretHeader(name: string): boolean {
  return isSecretName(name, 'header');
}

/** Whether a header holds a secret, by its name or in its value. */
export function hasSecret(name: string, value: string): boolean {
  return headerSpans(name, value).length > 0;
}

/** Whether a body holds a secret. */
export function hasSecretBody(body: string): boolean {
  return bodySpans(body).length > 0;
}

/**
 * The request with a mask for each secret: in headers, in the URL's user information, in parameters and members that are
 * called like one, of URL and body, and where it looks like one.
 * @param known secrets that masks in the request stand for already; returned with those that are new
 * @param found of texts that were looked through before, as for all that take it
 */
export function mask(
  request: StreamRequest,
  known: readonly Secret[] = [],
  found: FoundSpans = new Map(),
): { request: StreamRequest; secrets: Secret[] } {
  const ledger = new Ledger(request, known);
  const masked = mapTexts(request, found, (text, spans, part) => {
    const parts: string[] = [];
    let from = 0;
    for (const { start, end, place } of spans()) {
      parts.push(text.slice(from, start), ledger.hide(text.slice(start, end), place, part));
      from = end;
    }
    return parts.join('') + text.slice(from);
  });
  return { request: masked, secrets: ledger.secrets };
}

/** The request with the secrets that the masks stand for; a mask of none stays. */
export function unmask(request: StreamRequest, secrets: readonly Secret[]): StreamRequest {
  const values = byNumber(secrets);
  return mapTexts(request, new Map(), (text) =>
    text.replace(MASK, (found, number) => values.get(Number(number))?.value ?? found),
  );
}

/**
 * The text for eyes that need not tell one secret from another.
 * @param isVeiled of its place; default: each is
 * @param values as of `KnownSecrets`
 */
export function veiled(
  url: string,
  isVeiled: (place: string) => boolean = () => true,
  values: readonly string[] = [],
): string {
  return urlSpans(url, values)
    .filter(({ place }) => isVeiled(place))
    .reduceRight((text, { start, end }) => `${text.slice(0, start)}•••${text.slice(end)}`, url);
}

/** Returns the secrets that masks in the request stand for. */
export function secretsIn(request: StreamRequest, secrets: readonly Secret[]): Secret[] {
  const numbers = numbersIn(request);
  return secrets.filter(({ number }) => numbers.has(number));
}

/** Returns the secrets that masks in the request stand for, and the parts that these stand in. */
export function partsWith(request: StreamRequest, secrets: readonly Secret[]): KnownSecrets {
  const has = (part: Partial<StreamRequest>) =>
    secretsIn({ ...request, url: '', headers: [], body: undefined, ...part }, secrets).length > 0;
  const headers = request.headers.filter((header) => has({ headers: [header] }));
  return {
    headers: headers.map(([name]) => name.toLowerCase()),
    body: has({ body: request.body }),
    values: secretsIn(request, secrets).map(({ value }) => value),
  };
}

/** Returns the masks in the request that stand elsewhere than their secrets were given for. */
export function strays(request: StreamRequest, secrets: readonly Secret[], found: FoundSpans = new Map()): Stray[] {
  const astray: Stray[] = [];
  replaceStrays(request, secrets, found, (stray, mask) => {
    if (!astray.some(({ secret, place }) => secret === stray.secret && place === stray.place)) astray.push(stray);
    return mask;
  });
  return astray;
}

/** Gives each stray mask a secret of its own, for the place where it stands: the person has said that it may. */
export function adopt(
  request: StreamRequest,
  secrets: readonly Secret[],
  found: FoundSpans = new Map(),
): { request: StreamRequest; secrets: Secret[] } {
  const ledger = new Ledger(request, secrets);
  const adopted = replaceStrays(request, secrets, found, ({ secret, place }) => ledger.add(secret.value, place));
  return { request: adopted, secrets: ledger.secrets };
}

/** A mask of which the secret is gone; undefined where there is none. In a text without a name it may be just that text. */
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

/** Gives numbers to secrets. A number that stands in the request's own text, and is no mask, isn't given. */
class Ledger {
  readonly secrets: Secret[];
  readonly #origin: string;
  readonly #byNumber: Map<number, Secret>;
  readonly #byValue = new Map<string, Secret>();
  readonly #taken: Set<number>;
  #next = 1;

  constructor(request: StreamRequest, known: readonly Secret[]) {
    this.#origin = originOf(request.url);
    this.secrets = [...known];
    this.#byNumber = byNumber(known);
    this.#taken = new Set([...numbersIn(request), ...this.#byNumber.keys()]);
    for (const secret of known) this.#byValue.set(this.#key(secret), secret);
  }

  /** Returns the mask of the value. */
  add(value: string, place: string): string {
    const given = { value, origin: this.#origin, place };
    const known = this.#byValue.get(this.#key(given));
    if (known) return `•••${known.number}`;
    while (this.#taken.has(this.#next)) this.#next += 1;
    const secret = { number: this.#next, ...given };
    this.#taken.add(this.#next);
    this.secrets.push(secret);
    this.#byValue.set(this.#key(given), secret);
    return `•••${secret.number}`;
  }

  /** Returns the value with masks for all of it that isn't one. */
  hide(value: string, place: string, part: string): string {
    const masks = [...value.matchAll(MASK)];
    if (masks.length === 0) return this.add(value, place);
    if (value.replace(MASK, '') === '') return value;
    const secrets = masks.map(({ 1: number }) => this.#byNumber.get(Number(number)));
    const isHome = secrets.every((secret) => !secret || isAt(secret, this.#origin, place, part));
    // A mask in it would be taken for a part of it; but what was given for elsewhere isn't put in unasked.
    if (isHome)
      return this.add(
        value.replace(MASK, (found, number) => this.#byNumber.get(Number(number))?.value ?? found),
        place,
      );
    let shown = '';
    let from = 0;
    for (const { 0: found, index } of masks) {
      shown += (index > from ? this.add(value.slice(from, index), place) : '') + found;
      from = index + found.length;
    }
    return shown + (from < value.length ? this.add(value.slice(from), place) : '');
  }

  #key({ value, origin, place }: Omit<Secret, 'number'>): string {
    return `${origin}\n${place}\n${value}`;
  }
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

function isAt(secret: Secret, origin: string, place: string, part: string): boolean {
  // A part of the path or the query, put before the host, could name another host.
  const isPart = secret.place === part && place !== 'user';
  const isPlace = secret.place === '' || secret.place === place || isPart;
  return isPlace && (secret.origin === '' || secret.origin === origin);
}

function numbersIn({ url, headers, body = '' }: StreamRequest): Set<number> {
  const texts = [url, ...headers.map(([, value]) => value), body];
  return new Set(texts.flatMap((text) => [...text.matchAll(MASK)].map(([, number]) => Number(number))));
}

function byNumber(secrets: readonly Secret[]): Map<number, Secret> {
  return new Map(secrets.map((secret) => [secret.number, secret]));
}

/** Returns the origin of a URL; empty where it is none. */
export function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : '';
}
