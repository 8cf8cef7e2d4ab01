// Secrets, and the numbers of the masks that stand for them.
import { parsedUrl } from '../parsedUrl';
import type { StreamRequest } from '../streamRequest';

/** A secret is shown as this, with its number from 1. */
export const MASK = /•••([1-9]\d{0,5})(?!\d)/g;

/** A text that a mask stands for, and where it was given: for no other place and server is it meant. */
export interface Secret {
  number: number;
  value: string;
  /** The origin of the request's URL; empty while there was no URL yet. */
  origin: string;
  /** As of `Span`; empty: anywhere in the request. */
  place: string;
}

/** Maximum length of the secrets that are put together of others, in characters: no request is longer. */
const MAX_FILLED = 1024 * 1024;

/** Gives numbers to secrets. A number that stands in the request's own text, and is no mask, isn't given. */
export class Ledger {
  readonly secrets: Secret[];
  readonly #origin: string;
  readonly #byNumber: Map<number, Secret>;
  /** Of this origin, by place and value. Not by both in one text: a long one would be copied for each secret. */
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

  /** Returns the mask of the value. */
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

  /** Returns the value with masks for all of it that isn't one. */
  hide(value: string, place: string, part: string): string {
    const masks = [...value.matchAll(MASK)];
    if (masks.length === 0) return this.add(value, place);
    if (value.replace(MASK, '') === '') return value;
    const secrets = masks.map(({ 1: number }) => this.#byNumber.get(Number(number)));
    const isHome = secrets.every((secret) => !secret || isAt(secret, this.#origin, place, part));
    // A mask in it would be taken for a part of it; but what was given for elsewhere isn't put in unasked.
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
  // A part of the path or the query, put before the host, could name another host.
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

/** Returns the text with what its masks stand for; a mask of none stays. */
export function filled(text: string, secrets: ReadonlyMap<number, Secret>): string {
  return text.replace(MASK, (found, number) => secrets.get(Number(number))?.value ?? found);
}

/** Returns how long the text would be with that: a long secret may be asked for 100,000 times. */
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

/** Returns the origin of a URL; empty where it is none. */
export function originOf(url: string): string {
  return parsedUrl(url)?.origin ?? '';
}
