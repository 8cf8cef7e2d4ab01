// Names and values that stand apart: `{"name": "password", "value": "…"}`; and what is in an object that is called like a secret.
import { compositeNoun, isSecretName, isSecretObject, MAX_NAME } from './secretNames';
import type { Finder } from './secretScan';

const LABEL =
  /^(?:k|id|type|kind|title|label)$|(?:name|key|header|param(?:eter)?|field|variable|attribute|property|env)$/i;
const VALUE = /^(?:v|val|data)$|value$/i;
const LABEL_TEXT = /^[\w.[\]/%:+ -]{1,200}$/;
/** Members that say nothing but how the secret is written that the object is called by: `{"auth": {"basic": "…"}}`. */
const WRITTEN =
  /^(?:basic|bearer|raw|plain|data|digest|custom|string|bytes|blob|pem|hash|current|previous|[bsn]|[bsn]s|m)$|value$/i;
/** Members that say what a key is, and aren't it. */
const SETTING =
  /^(?:type|kind|name|id|kid|kty|alg|algorithm|use|crv|key_?ops|title|description|format|pattern|in|scheme|label|params|parameters|metadata|tags|status|state|version|env|path|ref|\$ref|header|prefix|method|url|uri|required|enum|items|created\w*|updated\w*|expires\w*|role|scopes?|email|user|username)$/i;

/** Whether the member names another one's value. */
export function isLabel(name: string): boolean {
  return LABEL.test(name) && !isSecretName(name, 'member');
}

/** Whether the member holds what another one names. */
export function isValue(name: string): boolean {
  return VALUE.test(name);
}

/** What the name of a member means. */
export interface Meaning {
  isLabel: boolean;
  isValue: boolean;
  isSecret: boolean;
  /** Whether all of an object of that name is secret. */
  isWhole: boolean;
  holder: Holder | undefined;
}

/** Looks at each name once: of a list of 100,000 things all have the same. */
export class Names {
  readonly #known = new Map<string, Meaning>();

  of(name: string): Meaning {
    const known = this.#known.get(name);
    if (known) return known;
    const isSecret = isSecretName(name, 'member');
    const meaning = {
      isLabel: isLabel(name),
      isValue: isValue(name),
      isSecret,
      isWhole: isSecret && isSecretObject(name),
      holder: isSecret ? holderOf(name) : undefined,
    };
    this.#known.set(name, meaning);
    return meaning;
  }
}

/** Returns the text if it is the name of a secret; else nothing. */
export function labelIn(text: string): string {
  return text.length <= MAX_NAME && LABEL_TEXT.test(text) && isSecretName(text, 'member') ? text : '';
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
    const { labels } = this.#finder;
    const label = labels.get(text) ?? labelIn(text);
    labels.set(text, label);
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

/** What is called like a secret, and has members. */
export interface Holder {
  name: string;
  /** Whether it has settings of all kinds, as a session has; else, as with a key, what says nothing of it is it. */
  isOpen: boolean;
  isSession: boolean;
}

/** Returns what an object or element of that name is; undefined where its members stand for themselves. */
export function holderOf(name: string): Holder | undefined {
  const noun = compositeNoun(name, 'member');
  return noun === undefined
    ? undefined
    : { name, isOpen: /^(?:session|auth)/.test(noun), isSession: noun === 'session' };
}

/** Whether the member is the secret that its holder is called by. @param isText whether it is a text, or has members */
export function isHeld(holder: Holder | undefined, name: string, isText: boolean): boolean {
  if (!holder) return false;
  if (isText ? WRITTEN.test(name) : isValue(name)) return true;
  if (holder.isSession && isText && /^id$/i.test(name)) return true;
  return isText && !holder.isOpen && !SETTING.test(name);
}
