import { quote } from './quote';

/** How one connection counts: the query options of `/event`. */
export interface CountOptions {
  /** Milliseconds between events, 10 to 3,600,000. Default 1000. */
  interval: number;
  /** The first number, 0 to 1,000,000,000. Default 1. */
  from: number;
  /** How many numbers in all, 1 to 1,000,000,000; then the stream ends. Default: it doesn't end. */
  limit: number | undefined;
  /** The event's type, one line of 1 to 100 characters. Default: none, which clients dispatch as `message`. */
  event: string | undefined;
  /** Whether each event carries its number as id. Default: no. */
  id: boolean;
  /** The client's reconnection time in milliseconds, 0 to 3,600,000, sent once, first. Default: not sent. */
  retry: number | undefined;
}

/** Its message is one sentence for the client: which option is wrong and what it takes. */
export class BadOptionError extends Error {
  override readonly name = 'BadOptionError';
}

const NAMES = ['interval', 'from', 'limit', 'event', 'id', 'retry'];
const HOUR = 3_600_000;
const BILLION = 1_000_000_000;

/**
 * Reads the query string of a request to `/event` (without its `?`).
 * @throws {BadOptionError} when an option is unknown, empty, given twice, malformed or out of range.
 */
export function parseCountOptions(query: string): CountOptions {
  const given = splitQuery(query);
  return {
    interval: wholeNumber(given, 'interval', 10, HOUR) ?? 1000,
    from: wholeNumber(given, 'from', 0, BILLION) ?? 1,
    limit: wholeNumber(given, 'limit', 1, BILLION),
    event: single(given, 'event', 'one line of 1 to 100 characters', readLine),
    id: single(given, 'id', 'only the value 1', (value) => value === '1' || undefined) ?? false,
    retry: wholeNumber(given, 'retry', 0, HOUR),
  };
}

/** The values given for each name; undefined stands for a value whose percent-encoding is broken. */
type Given = ReadonlyMap<string, readonly (string | undefined)[]>;

function splitQuery(query: string): Given {
  const given = new Map<string, (string | undefined)[]>();
  for (const pair of query.split('&')) {
    if (pair === '') continue;
    const [name = '', ...rest] = pair.split('=');
    if (!NAMES.includes(name)) {
      throw new BadOptionError(`Unknown option ${quote(name)}: the options are ${NAMES.join(', ')}.`);
    }
    given.set(name, [...(given.get(name) ?? []), decode(rest.join('='))]);
  }
  return given;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

function single<T>(given: Given, name: string, form: string, read: (value: string) => T | undefined): T | undefined {
  const values = given.get(name);
  if (values === undefined) return undefined;
  const [value, second] = values;
  const result = value === undefined || values.length > 1 ? undefined : read(value);
  if (result !== undefined) return result;
  throw new BadOptionError(`The option "${name}" takes ${form}${second === undefined ? '' : ', once'}.`);
}

function wholeNumber(given: Given, name: string, min: number, max: number): number | undefined {
  const unit = max === HOUR ? ' of milliseconds' : '';
  return single(given, name, `a whole number${unit} from ${min} to ${max}`, (value) => {
    if (!/^(0|[1-9]\d{0,9})$/.test(value)) return undefined;
    const number = Number(value);
    return number >= min && number <= max ? number : undefined;
  });
}

function readLine(value: string): string | undefined {
  const characters = [...value].length;
  return characters >= 1 && characters <= 100 && !/[\r\n]/.test(value) ? value : undefined;
}
