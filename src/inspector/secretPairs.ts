// Names and values that stand apart: `{"name": "password", "value": "…"}`; and what is in an object that is called like a secret.
import { type Holder, isValue } from './nameMeanings';
import type { Finder } from './secretScan';

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

/** Joins names to their values, in either order. */
export class Pairing {
  readonly #finder: Finder;
  readonly #isList: boolean;
  #label = '';
  /** The member that gave the latest name: where it comes again, another pair begins. */
  #by = '';
  /** A value for which a name may come yet. */
  #value: { start: number; end: number } | undefined;

  /** @param isList whether many pairs follow each other; else they are of one object */
  constructor(finder: Finder, isList: boolean) {
    [this.#finder, this.#isList] = [finder, isList];
  }

  /** The name of a secret, whose value is to come; empty: there is none. */
  get label(): string {
    return this.#label;
  }

  /** Takes the text of a member that is a label. Returns whether it is the name of a secret. */
  name(member: string, text: string): boolean {
    const label = this.#finder.names.labelIn(text);
    const by = member.toLowerCase().replace(/\d+/g, '');
    if (label !== '' || by === this.#by) this.#label = label;
    this.#by = by;
    if (label !== '' && this.#value) this.#finder.secret(label, this.#value.start, this.#value.end);
    if (label !== '') this.#value = undefined;
    return label !== '';
  }

  /** Takes a value that stands before its name. */
  value(start: number, end: number): void {
    if (!this.#isList || this.#by === '') this.#value = { start, end };
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
