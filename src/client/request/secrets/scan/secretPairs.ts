// Pairs names with values that are apart from them: `{"name": "password", "value": "…"}`; and finds the secret in an object
// that is named after it.
import { type Holder, isValue, signOf } from './nameMeanings';
import type { Finder } from './secretFinder';

/** Members that only say how the secret is written that the object is named after: `{"auth": {"basic": "…"}}`. */
const WRITTEN =
  /^(?:basic|bearer|raw|plain|data|digest|custom|string|bytes|blob|pem|hash|current|previous|[bsn]|[bsn]s|m)$|value$/i;
/** Members that describe a key, rather than being it. */
const SETTING =
  /^(?:type|kind|name|id|kid|kty|alg|algorithm|use|crv|key_?ops|title|description|format|pattern|in|scheme|label|params|parameters|metadata|tags|status|state|version|env|path|ref|\$ref|header|prefix|method|url|uri|required|enum|items|created\w*|updated\w*|expires\w*|role|scopes?|email|user|username)$/i;

/**
 * Members that are secret if another one says what the object is: a key (RFC 7518 §6), a request for a token (RFC 6749
 * §4.1.3).
 */
const PARTS = [
  { sign: /^kty$/, part: /^(?:k|d|p|q|dp|dq|qi)$/ },
  { sign: /^(?:grant_?type|client_?secret|code_?verifier|redirect_?ur[il])$/i, part: /^code$/i },
];

/** Whether the member says what the object is, or is secret if another one does. */
export function isPart(name: string): boolean {
  return PARTS.some(({ sign, part }) => sign.test(name) || part.test(name));
}

/** The members of an object that are secret because of another one, before or after them. */
export class Parts {
  readonly #finder: Finder;
  readonly #kinds = PARTS.map((kind) => ({
    ...kind,
    isKnown: false,
    pending: [] as { name: string; start: number; end: number }[],
  }));

  constructor(finder: Finder) {
    this.#finder = finder;
  }

  /** Adds a member. @param value range of its text; undefined if it has none */
  add(name: string, value: { start: number; end: number } | undefined): void {
    for (const kind of this.#kinds) {
      if (kind.sign.test(name)) kind.isKnown = true;
      else if (value && kind.part.test(name)) kind.pending.push({ name, ...value });
      if (!kind.isKnown) continue;
      for (const { name, start, end } of kind.pending.splice(0)) this.#finder.secret(name, start, end);
    }
  }
}

/** Name for a secret that has none, but that a member says is secret. */
const SIGNED = 'secret';

/** A pairing of names with their values, in either order. */
export class Pairing {
  readonly #finder: Finder;
  readonly #isList: boolean;
  #label = '';
  /** Member that gave the latest name: if the same member comes again, another pair begins. */
  #by = '';
  /** Members that say that the values after them are secret. */
  readonly #signs = new Set<string>();
  /** Whether such members come after the values in a list, as the first one did. */
  #areSignsLast: boolean | undefined;
  /** Values of the pair that aren't known to be secret yet: a name may follow, or a member that says so. */
  readonly #pending: { start: number; end: number }[] = [];
  /** Whether the first value came before its name, as then all of them may. */
  #isValueFirst = false;
  /** Whether the next value belongs to another pair. */
  #isOver = false;

  /** @param isList whether there are many pairs, one after the other; otherwise there is one object */
  constructor(finder: Finder, isList: boolean) {
    [this.#finder, this.#isList] = [finder, isList];
  }

  /** Name of a secret whose value is still to come; empty if there is none. */
  get label(): string {
    return this.#label || (this.#signs.size > 0 ? SIGNED : '');
  }

  /** Adds the text of a label. Returns whether it names a secret, or says whether there is one. */
  name(member: string, text: string): boolean {
    const by = member.toLowerCase().replace(/\d+/g, '');
    const sign = signOf(member, text);
    if (sign === 'secret' || sign === 'harmless') this.#sign(by, sign === 'secret');
    if (sign !== undefined) return sign !== 'none';
    const label = this.#finder.names.labelIn(text);
    const isNext = by === this.#by;
    this.#by = by;
    if (label !== '' || isNext) this.#label = label;
    if (this.#isList && isNext && !this.#isValueFirst) this.#pending.length = 0;
    this.#isOver = this.#isList && this.#isValueFirst;
    if (label !== '' && (!this.#isList || this.#isValueFirst)) this.#hide(label);
    return label !== '';
  }

  /** Adds a value that isn't known to be secret yet: its name may follow. */
  value(start: number, end: number): void {
    if (this.#by === '') this.#isValueFirst = true;
    if (this.#isOver) this.#pending.length = 0;
    this.#isOver = false;
    this.#pending.push({ start, end });
  }

  /** Notes whether the value of the pair is secret; the value may be before or after. */
  #sign(by: string, isSecret: boolean): void {
    this.#areSignsLast ??= this.#isList && this.#pending.length > 0;
    if (isSecret) this.#hide(SIGNED);
    if (isSecret && !this.#areSignsLast) this.#signs.add(by);
    else this.#signs.delete(by);
  }

  #hide(name: string): void {
    for (const { start, end } of this.#pending.splice(0)) this.#finder.secret(name, start, end);
  }
}

/** Whether the member is the secret that its holder is named after. @param isText whether it is a text, or has members */
export function isHeld(holder: Holder | undefined, name: string, isText: boolean): boolean {
  if (!holder) return false;
  if (isText ? WRITTEN.test(name) : isValue(name)) return true;
  if (holder.isSession && isText && /^id$/i.test(name)) return true;
  if (holder.isAuth && isText && /^(?:key|code)$/i.test(name)) return true;
  return isText && !holder.isOpen && !SETTING.test(name);
}
