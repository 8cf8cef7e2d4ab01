// Names and values that stand apart: `{"name": "password", "value": "…"}`; and what is in an object that is called like a secret.
import { type Holder, isValue, signOf } from './nameMeanings';
import type { Finder } from './secretFinder';

/** Members that say nothing but how the secret is written that the object is called by: `{"auth": {"basic": "…"}}`. */
const WRITTEN =
  /^(?:basic|bearer|raw|plain|data|digest|custom|string|bytes|blob|pem|hash|current|previous|[bsn]|[bsn]s|m)$|value$/i;
/** Members that say what a key is, and aren't it. */
const SETTING =
  /^(?:type|kind|name|id|kid|kty|alg|algorithm|use|crv|key_?ops|title|description|format|pattern|in|scheme|label|params|parameters|metadata|tags|status|state|version|env|path|ref|\$ref|header|prefix|method|url|uri|required|enum|items|created\w*|updated\w*|expires\w*|role|scopes?|email|user|username)$/i;

/** Members that are secret where another one says what they are of: a key (RFC 7518 §6), a request for a token (RFC 6749 §4.1.3). */
const PARTS = [
  { sign: /^kty$/, part: /^(?:k|d|p|q|dp|dq|qi)$/ },
  { sign: /^(?:grant_?type|client_?secret|code_?verifier|redirect_?ur[il])$/i, part: /^code$/i },
];

/** Whether the member says what others of its object are, or may be told by one. */
export function isPart(name: string): boolean {
  return PARTS.some(({ sign, part }) => sign.test(name) || part.test(name));
}

/** Members of an object for which another one says that they are secret, before or behind them. */
export class Parts {
  readonly #finder: Finder;
  readonly #kinds = PARTS.map((kind) => ({
    ...kind,
    isKnown: false,
    waiting: [] as { name: string; start: number; end: number }[],
  }));

  constructor(finder: Finder) {
    this.#finder = finder;
  }

  /** Takes a member. @param value where its text is; undefined: it has none */
  add(name: string, value: { start: number; end: number } | undefined): void {
    for (const kind of this.#kinds) {
      if (kind.sign.test(name)) kind.isKnown = true;
      else if (value && kind.part.test(name)) kind.waiting.push({ name, ...value });
      if (!kind.isKnown) continue;
      for (const { name, start, end } of kind.waiting.splice(0)) this.#finder.secret(name, start, end);
    }
  }
}

/** The name of a value that is called by none, of which a member says that it is secret. */
const SIGNED = 'secret';

/** Joins names to their values, in either order. */
export class Pairing {
  readonly #finder: Finder;
  readonly #isList: boolean;
  #label = '';
  /** The member that gave the latest name: where it comes again, another pair begins. */
  #by = '';
  /** Members that say that the values behind them are secret. */
  readonly #signs = new Set<string>();
  /** Whether such members stand behind the values of a list, as the first does. */
  #areSignsLast: boolean | undefined;
  /** Values of the pair that are no secrets so far: a name may come yet, or what says that they are. */
  readonly #waiting: { start: number; end: number }[] = [];
  /** Whether the first value stood before its name, as then all of them may. */
  #isValueFirst = false;
  /** Whether the next value is another pair's. */
  #isOver = false;

  /** @param isList whether many pairs follow each other; else they are of one object */
  constructor(finder: Finder, isList: boolean) {
    [this.#finder, this.#isList] = [finder, isList];
  }

  /** The name of a secret, whose value is to come; empty: there is none. */
  get label(): string {
    return this.#label || (this.#signs.size > 0 ? SIGNED : '');
  }

  /** Takes the text of a member that is a label. Returns whether it is the name of a secret, or says whether there is one. */
  name(member: string, text: string): boolean {
    const by = member.toLowerCase().replace(/\d+/g, '');
    const sign = signOf(member, text);
    if (sign === 'secret' || sign === 'harmless') this.#sign(by, sign === 'secret');
    if (sign !== undefined) return sign !== 'none';
    const label = this.#finder.names.labelIn(text);
    const isNext = by === this.#by;
    this.#by = by;
    if (label !== '' || isNext) this.#label = label;
    if (this.#isList && isNext && !this.#isValueFirst) this.#waiting.length = 0;
    this.#isOver = this.#isList && this.#isValueFirst;
    if (label !== '' && (!this.#isList || this.#isValueFirst)) this.#hide(label);
    return label !== '';
  }

  /** Takes a value that is no secret's so far: its name may stand behind it. */
  value(start: number, end: number): void {
    if (this.#by === '') this.#isValueFirst = true;
    if (this.#isOver) this.#waiting.length = 0;
    this.#isOver = false;
    this.#waiting.push({ start, end });
  }

  /** Takes that the value of the pair is secret, or isn't: it stands before that, or behind it. */
  #sign(by: string, isSecret: boolean): void {
    this.#areSignsLast ??= this.#isList && this.#waiting.length > 0;
    if (isSecret) this.#hide(SIGNED);
    if (isSecret && !this.#areSignsLast) this.#signs.add(by);
    else this.#signs.delete(by);
  }

  #hide(name: string): void {
    for (const { start, end } of this.#waiting.splice(0)) this.#finder.secret(name, start, end);
  }
}

/** Whether the member is the secret that its holder is called by. @param isText whether it is a text, or has members */
export function isHeld(holder: Holder | undefined, name: string, isText: boolean): boolean {
  if (!holder) return false;
  if (isText ? WRITTEN.test(name) : isValue(name)) return true;
  if (holder.isSession && isText && /^id$/i.test(name)) return true;
  if (holder.isAuth && isText && /^(?:key|code)$/i.test(name)) return true;
  return isText && !holder.isOpen && !SETTING.test(name);
}
