// The list of secrets, with the numbers of their masks.
import { parsedUrl } from '../parsedUrl';
import type { StreamRequest } from '../streamRequest';

/** Pattern of a mask, which has the number of its secret, from 1. */
export const MASK = /•••([1-9]\d{0,5})(?!\d)/g;

/** A text that a mask stands for, and where the user gave it: it must not be sent to another place or server. */
export interface Secret {
  number: number;
  value: string;
  /** Origin of the request's URL; empty if there was no URL yet. */
  origin: string;
  /** Place as in `Span`; empty for anywhere in the request. */
  place: string;
}

/** Maximum length of secrets that contain others, in characters: no request is longer. */
const MAX_FILLED = 1024 * 1024;

/**
 * A ledger that numbers secrets. A number is skipped if the request's own text contains something that looks like its
 * mask.
 */
export class Ledger {
  readonly secrets: Secret[];
  readonly #origin: string;
  readonly #byNumber: Map<number, Secret>;
  /**
   * Secrets of this origin, by place and by value. The two aren't joined to one key: that would copy a long text for each
   * secret.
   */
  readonly #byPlace = new Map<string, Map<string, Secret>>();
  readonly #taken: Set<number>;
  #next = 1;
  #left = MAX_FILLED;

  constructor(request: StreamRequest, known: readonly Secret[]) {
    this.#origin = originOf(request.url);
    this.secrets = [...known];
    this.#byNumber = byNumber(known);
    this.#taken = new Set([...numbersIn(request), ...this.#byNumber.keys()]);
    for (const secret of known) if (secret.origin === this.#origin) this.#at(secret.place).set(secret.value, secret);
  }

  /** Returns the mask of a value, which is added if it is new. */
  add(value: string, place: string): string {
    const there = this.#at(place);
    const known = there.get(value);
    if (known) return `•••${known.number}`;
    while (this.#taken.has(this.#next)) this.#next += 1;
    const secret = { number: this.#next, value, origin: this.#origin, place };
    this.#taken.add(this.#next);
    this.secrets.push(secret);
    there.set(value, secret);
    return `•••${secret.number}`;
  }

  /** Returns the value with everything masked that isn't a mask already. */
  hide(value: string, place: string, part: string): string {
    const masks = [...value.matchAll(MASK)];
    if (masks.length === 0) return this.add(value, place);
    if (value.replace(MASK, '') === '') return value;
    const secrets = masks.map(({ 1: number }) => this.#byNumber.get(Number(number)));
    const isHome = secrets.every((secret) => !secret || isAt(secret, this.#origin, place, part));
    // Resolve the masks in it, or they would become part of the secret; but don't move a secret to a place it wasn't given
    // for.
    const length = filledLength(value, this.#byNumber);
    if (isHome && length <= this.#left) {
      this.#left -= length;
      return this.add(filled(value, this.#byNumber), place);
    }
    let shown = '';
    let from = 0;
    for (const { 0: found, index } of masks) {
      shown += (index > from ? this.add(value.slice(from, index), place) : '') + found;
      from = index + found.length;
    }
    return shown + (from < value.length ? this.add(value.slice(from), place) : '');
  }

  #at(place: string): Map<string, Secret> {
    const there = this.#byPlace.get(place) ?? new Map<string, Secret>();
    this.#byPlace.set(place, there);
    return there;
  }
}

export function isAt(secret: Secret, origin: string, place: string, part: string): boolean {
  // A part of the path or the query that is moved before the host could name another host.
  const isPart = secret.place === part && place !== 'user';
  const isPlace = secret.place === '' || secret.place === place || isPart;
  return isPlace && (secret.origin === '' || secret.origin === origin);
}

/** Returns the numbers of the masks in the request. */
export function numbersIn({ url, headers, body = '' }: StreamRequest): Set<number> {
  return new Set([url, ...headers.map(([, value]) => value), body].flatMap(numbersOf));
}

export function numbersOf(text: string): number[] {
  return Array.from(text.matchAll(MASK), ([, number]) => Number(number));
}

/** Returns the text with the secrets in place of their masks; a mask without a secret stays. */
export function filled(text: string, secrets: ReadonlyMap<number, Secret>): string {
  return text.replace(MASK, (found, number) => secrets.get(Number(number))?.value ?? found);
}

/** Returns the length of the text with its secrets, without building it: a long secret may be repeated 100,000 times. */
export function filledLength(text: string, secrets: ReadonlyMap<number, Secret>): number {
  const added = Array.from(text.matchAll(MASK), ([found, number]) => {
    const value = secrets.get(Number(number))?.value;
    return value === undefined ? 0 : value.length - found.length;
  });
  return added.reduce((sum, length) => sum + length, text.length);
}

export function byNumber(secrets: readonly Secret[]): Map<number, Secret> {
  return new Map(secrets.map((secret) => [secret.number, secret]));
}

/** Returns the origin of a URL; empty if the URL is invalid. */
export function originOf(url: string): string {
  return parsedUrl(url)?.origin ?? '';
}
