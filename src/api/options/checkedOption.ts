import { ORIGIN } from '../../server/defaults';
import { quoted } from '../../text/quoted';

/** Maximum number of prototypes whose properties are options. */
const MAX_PROTOTYPES = 100;

/** Names of options that are handlers. */
const HANDLER = /^on[A-Z]/;

/** Maximum number of origins. */
const MAX_ORIGINS = 1000;

/** Range of a number. */
interface Range {
  minimum: number;
  maximum: number;
}

/**
 * Returns an option that is a whole number.
 * @throws {TypeError} if it is no number @throws {RangeError} if it is out of range
 */
export function wholeNumber(name: string, value: number, range: Range): number {
  return checked(name, value, range, 'a whole number', Number.isInteger(value));
}

/** Returns an option that is a number. Throws as `wholeNumber`. */
export function anyNumber(name: string, value: number, range: Range, unit = ''): number {
  return checked(name, value, range, `a number${unit}`, true);
}

/** Returns a status of a refusal. Throws as `wholeNumber`. */
export function refusalStatus(value: number): number {
  if (value === 204) return value;
  return checked('status', value, { minimum: 400, maximum: 599 }, '204, or a whole number', Number.isInteger(value));
}

/**
 * Returns options as they are now: a getter or a proxy may answer otherwise the next time. Those that an object inherits, such as
 * methods and getters of a class, are options, too; handlers are called as methods of the object.
 * @throws {TypeError} if they are no object, or one that is a handler is no function, or the signal is none
 */
export function ownOptions<Options extends object>(options: Options): Options {
  if (typeof options !== 'object' || options === null)
    throw new TypeError(`The options are an object, not ${shownValue(options)}.`);
  // It has the same properties, each of which is its own now.
  const own = Object.fromEntries([...namesOf(options)].map((name) => [name, optionOf(options, name)])) as Options & {
    signal?: unknown;
  };
  checkSignal(own.signal);
  return own;
}

/** Returns the names of an object's properties, and of those that it inherits. */
function namesOf(options: object): Set<string> {
  const names = new Set<string>();
  let holder: object | null = options;
  for (let depth = 0; holder && !isObjectPrototype(holder); depth += 1) {
    if (depth > MAX_PROTOTYPES) throw new TypeError('The options inherit from too many objects. Give a plain one.');
    for (const name of Object.getOwnPropertyNames(holder)) names.add(name);
    holder = Object.getPrototypeOf(holder);
  }
  names.delete('constructor');
  return names;
}

/** Whether all objects inherit from it, also those of another realm, as in a test runner. */
function isObjectPrototype(holder: object): boolean {
  return Object.getPrototypeOf(holder) === null && Object.hasOwn(holder, 'hasOwnProperty');
}

/** Returns an option as it is now. @throws {TypeError} if it is a handler and no function: calling it would be an error of nobody's */
function optionOf(options: object, name: string): unknown {
  const value: unknown = Reflect.get(options, name);
  if (!HANDLER.test(name) || value === undefined || value === null) return value;
  if (typeof value === 'function') return value.bind(options);
  throw new TypeError(`${name} takes a function, not a value of type ${typeof value}.`);
}

/** Checks a signal; those of other realms and polyfills will do. @throws {TypeError} if it is none */
function checkSignal(signal: unknown): void {
  if (signal === undefined || signal === null) return;
  const { aborted, addEventListener, removeEventListener } = signal as Partial<AbortSignal>;
  const isSignal = [addEventListener, removeEventListener].every((method) => typeof method === 'function');
  if (!isSignal || typeof aborted !== 'boolean')
    throw new TypeError(`signal takes an AbortSignal, not ${shownValue(signal)}.`);
}

/** Returns a wrong value for a sentence. Anything but a text or a number is told by its type: to make it a text may fail. */
export function shownValue(value: unknown): string {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return `“${quoted(value)}”`;
  return value === null || value === undefined ? String(value) : `a value of type ${typeof value}`;
}

/**
 * Returns origins, of an array or any other list.
 * @throws {TypeError} if one of them isn't written as browsers do @throws {RangeError} if there are more than 1000
 */
export function origins(name: string, values: Iterable<string>): readonly string[] {
  if (typeof values !== 'object' || values === null || !(Symbol.iterator in values))
    throw new TypeError(`${name} takes a list of origins, not ${shownOrigin(values)}.`);
  const list: string[] = [];
  for (const value of values) {
    if (typeof value !== 'string' || !ORIGIN.test(value))
      throw new TypeError(`${name} takes origins such as https://app.example:8080, not ${shownOrigin(value)}.`);
    if (list.push(value) > MAX_ORIGINS) throw new RangeError(`${name} takes at most ${MAX_ORIGINS} origins.`);
  }
  return list;
}

/** Returns what isn't an origin, without user and password, and without a query. */
function shownOrigin(text: unknown): string {
  if (typeof text !== 'string') return shownValue(text);
  return JSON.stringify(text.replace(/^(.*?\/\/)?.*@/s, '$1•••@').replace(/(?<=[?#]).+/s, '…'));
}

function checked(name: string, value: number, { minimum, maximum }: Range, kind: string, isKind: boolean): number {
  const sentence = () => `${name} takes ${kind} from ${minimum} to ${maximum}, not ${shownValue(value)}.`;
  if (typeof value !== 'number') throw new TypeError(sentence());
  if (isKind && value >= minimum && value <= maximum) return value;
  throw new RangeError(sentence());
}

/** Returns a URL as a text; an empty one for anything that can't be one. */
export function textOfUrl(url: unknown): string {
  try {
    return String(url);
  } catch {
    // An object without `toString`, or with one that throws.
    return '';
  }
}
