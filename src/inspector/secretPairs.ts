// Names and values that stand apart: `{"name": "password", "value": "…"}`; and what is in an object that is called like a secret.
import { type Holder, isValue } from './nameMeanings';
import type { Finder } from './secretScan';

/** Members that say nothing but how the secret is written that the object is called by: `{"auth": {"basic": "…"}}`. */
const WRITTEN =
  /^(?:basic|bearer|raw|plain|data|digest|custom|string|bytes|blob|pem|hash|current|previous|[bsn]|[bsn]s|m)$|value$/i;
/** Members that say what a key is, and aren't it. */
const SETTING =
  /^(?:type|kind|name|id|kid|kty|alg|algorithm|use|crv|key_?ops|title|description|format|pattern|in|scheme|label|params|parameters|metadata|tags|status|state|version|env|path|ref|\$ref|header|prefix|method|url|uri|required|enum|items|created\w*|updated\w*|expires\w*|role|scopes?|email|user|username)$/i;

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
  return isText && !holder.isOpen && !SETTING.test(name);
}
