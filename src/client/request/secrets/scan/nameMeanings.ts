// Caches the meanings of names for a whole request: a list of 100,000 things has the same names in all of them, and one long
// name may apply to 100,000 values.
import { compositeNoun, harmlessValues, isSecretName, isSecretObject, MAX_NAME, type NamePlace } from './secretNames';

const LABEL =
  /^(?:k|id|type|kind|title|label)$|(?:name|key|header|param(?:eter)?|field|variable|attribute|property|env)$/i;
const VALUE = /^(?:v|val|data|default)$|values?$/i;
const LABEL_TEXT = /^[\w.[\]/%:+ -]{1,200}$/;

/** Members that say whether another one's value is secret: by true or false, or by its type. */
const SIGN =
  /^(?:is[ _-]?)?(?:secret|secured|sensitive|masked|masked_and_hidden|protected|hidden|confidential|encrypted|obfuscated|redacted)$/i;
const TYPE = /(?:type|kind|format)$/i;
const SECRET_TYPE =
  /^(?:(?:secured?|encrypted|sensitive|confidential)[ _-]?(?:string|text|value|object)?|[\w.-]*secret[ _-]?text)$/i;

/** An object or element whose name is that of a secret, and that has members. */
export interface Holder {
  name: string;
  /**
   * Whether it contains settings of all kinds, like a session. Otherwise, as in a key, a member that isn't a known setting
   * is the secret itself.
   */
  isOpen: boolean;
  isSession: boolean;
  /** Whether it describes how someone is authenticated: then a member named key or code is a secret. */
  isAuth: boolean;
}

/** The meaning of a member's name. */
export interface Meaning {
  /** Whether the member names another one's value, or says whether that is secret. */
  isLabel: boolean;
  /** Whether the member holds the value that another one names. */
  isValue: boolean;
  isSecret: boolean;
  /** Whether an object of that name is secret as a whole. */
  isWhole: boolean;
  /** Holder that an object or element of that name is; undefined if its members stand for themselves. */
  holder: Holder | undefined;
}

/** A cache of the meanings of names. */
export class Names {
  readonly #members = new Map<string, Meaning>();
  readonly #secret = { header: new Map<string, boolean>(), parameter: new Map<string, boolean>() };
  readonly #harmless = new Map<string, RegExp | undefined>();

  /** Returns the meaning of a member's name. */
  of(name: string): Meaning {
    return remembered(this.#members, name, meaningOf);
  }

  /** Whether `isSecretName` holds for the name. */
  isSecret(name: string, place: NamePlace): boolean {
    if (place === 'member') return this.of(name).isSecret;
    return remembered(this.#secret[place], name, () => isSecretName(name, place));
  }

  /** Whether `isHarmlessValue` holds for the name and the value. */
  isHarmless(name: string, value: string): boolean {
    return remembered(this.#harmless, name, harmlessValues)?.test(value) ?? false;
  }

  /** Returns the text if it is the name of a secret; empty otherwise. */
  labelIn(text: string): string {
    return text.length <= MAX_NAME && LABEL_TEXT.test(text) && this.of(text).isSecret ? text : '';
  }
}

/** Whether the member holds the value that another one names. */
export function isValue(name: string): boolean {
  return VALUE.test(name);
}

/**
 * Returns what a member says about another one's value: that it is secret, or harmless; undefined if the member isn't
 * about that.
 * @returns `none` if the member is about that but doesn't say either; then it isn't a label, either
 */
export function signOf(name: string, text: string): 'secret' | 'harmless' | 'none' | undefined {
  if (!SIGN.test(name)) return TYPE.test(name) && SECRET_TYPE.test(text) ? 'secret' : undefined;
  if (/^(?:true|yes|on|1)$/i.test(text)) return 'secret';
  return /^(?:false|no|off|0)$/i.test(text) ? 'harmless' : 'none';
}

function meaningOf(name: string): Meaning {
  const isWhole = isSecretObject(name);
  const noun = isWhole ? undefined : compositeNoun(name, 'member');
  const isSecret = isWhole || noun !== undefined;
  const holder = noun === undefined ? undefined : holderOf(name, noun);
  const isLabel = (LABEL.test(name) && !isSecret) || SIGN.test(name);
  return { isLabel, isValue: isValue(name), isSecret, isWhole, holder };
}

function holderOf(name: string, noun: string): Holder {
  const [isSession, isAuth] = [noun === 'session', noun.startsWith('auth')];
  return { name, isOpen: isSession || isAuth, isSession, isAuth };
}

function remembered<T>(known: Map<string, T>, name: string, look: (name: string) => T): T {
  const before = known.get(name);
  if (before !== undefined || known.has(name)) return before as T;
  const meaning = look(name);
  known.set(name, meaning);
  return meaning;
}
