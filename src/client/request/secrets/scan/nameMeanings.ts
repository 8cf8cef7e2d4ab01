// What names mean, looked at once for a whole request: of a list of 100,000 things all have the same, and one long name
// may be said once and meant at 100,000 places.
import { compositeNoun, harmlessValues, isSecretName, isSecretObject, MAX_NAME, type NamePlace } from './secretNames';

const LABEL =
  /^(?:k|id|type|kind|title|label)$|(?:name|key|header|param(?:eter)?|field|variable|attribute|property|env)$/i;
const VALUE = /^(?:v|val|data|default)$|values?$/i;
const LABEL_TEXT = /^[\w.[\]/%:+ -]{1,200}$/;

/** A member that says whether another one's value is secret: with true, or with its type. */
const SIGN =
  /^(?:is[ _-]?)?(?:secret|secured|sensitive|masked|masked_and_hidden|protected|hidden|confidential|encrypted|obfuscated|redacted)$/i;
const TYPE = /(?:type|kind|format)$/i;
const SECRET_TYPE =
  /^(?:(?:secured?|encrypted|sensitive|confidential)[ _-]?(?:string|text|value|object)?|[\w.-]*secret[ _-]?text)$/i;

/** What is called like a secret, and has members. */
export interface Holder {
  name: string;
  /** Whether it has settings of all kinds, as a session has; else, as with a key, what says nothing of it is it. */
  isOpen: boolean;
  isSession: boolean;
  /** Whether it says how someone is authenticated: what is called a key or a code there is one. */
  isAuth: boolean;
}

/** What the name of a member means. */
export interface Meaning {
  /** Whether the member names another one's value, or says whether that is secret. */
  isLabel: boolean;
  /** Whether the member holds what another one names. */
  isValue: boolean;
  isSecret: boolean;
  /** Whether all of an object of that name is secret. */
  isWhole: boolean;
  /** Such an object or element; undefined where its members stand for themselves. */
  holder: Holder | undefined;
}

/** Names and what they mean, as far as they were asked for. */
export class Names {
  readonly #members = new Map<string, Meaning>();
  readonly #secret = { header: new Map<string, boolean>(), parameter: new Map<string, boolean>() };
  readonly #harmless = new Map<string, RegExp | undefined>();

  /** Returns what the name of a member means. */
  of(name: string): Meaning {
    return remembered(this.#members, name, meaningOf);
  }

  /** As `isSecretName`. */
  isSecret(name: string, place: NamePlace): boolean {
    if (place === 'member') return this.of(name).isSecret;
    return remembered(this.#secret[place], name, () => isSecretName(name, place));
  }

  /** As `isHarmlessValue`. */
  isHarmless(name: string, value: string): boolean {
    return remembered(this.#harmless, name, harmlessValues)?.test(value) ?? false;
  }

  /** Returns the text if it is the name of a secret; else nothing. */
  labelIn(text: string): string {
    return text.length <= MAX_NAME && LABEL_TEXT.test(text) && this.of(text).isSecret ? text : '';
  }
}

/** Whether the member holds what another one names. */
export function isValue(name: string): boolean {
  return VALUE.test(name);
}

/**
 * Whether the member says that another one's value is secret, or that it isn't; undefined: it says nothing of that.
 * @returns `none` where it could say so and doesn't: then it names nothing, either
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
