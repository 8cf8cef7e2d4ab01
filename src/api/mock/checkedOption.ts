import { ORIGIN } from '../../server/defaults';

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

/** Checks the options that are handlers. @throws {TypeError} if one is no function: calling it would be an error of nobody's */
export function handlers(options: object): void {
  for (const [name, value] of Object.entries(options))
    if (/^on[A-Z]/.test(name) && typeof (value ?? handlers) !== 'function')
      throw new TypeError(`${name} takes a function, not a value of type ${typeof value}.`);
}

/** Returns origins. @throws {TypeError} if one of them isn't written as browsers do */
export function origins(name: string, values: readonly string[]): readonly string[] {
  const wrong = [...values].find((value) => typeof value !== 'string' || !ORIGIN.test(value));
  if (wrong === undefined) return values;
  throw new TypeError(`${name} takes origins such as https://app.example:8080, not ${shownOrigin(wrong)}.`);
}

/** Returns what isn't an origin, without user and password, and without a query. */
function shownOrigin(text: unknown): string {
  if (typeof text !== 'string') return String(text);
  return JSON.stringify(text.replace(/^(.*?\/\/)?.*@/s, '$1•••@').replace(/(?<=[?#]).+/s, '…'));
}

function checked(name: string, value: number, { minimum, maximum }: Range, kind: string, isKind: boolean): number {
  const sentence = () => `${name} takes ${kind} from ${minimum} to ${maximum}, not ${String(value)}.`;
  if (typeof value !== 'number') throw new TypeError(sentence());
  if (isKind && value >= minimum && value <= maximum) return value;
  throw new RangeError(sentence());
}
