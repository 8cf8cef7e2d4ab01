import { quote } from './quote';

/** Its message is one sentence for the client: which option is wrong and what it takes. */
export class BadOptionError extends Error {
  override readonly name = 'BadOptionError';
}

/** The options in a request's query string. */
export class Query {
  /** The values given for each name; undefined stands for a value whose percent-encoding is broken. */
  readonly #given = new Map<string, (string | undefined)[]>();

  /**
   * @param query without its `?`
   * @param names the options that there are
   * @param others what becomes of a parameter of another name. Default: it is refused
   * @throws {BadOptionError} when another is given that is to be refused
   */
  constructor(query: string, names: readonly string[], others: 'refused' | 'ignored' = 'refused') {
    for (const pair of query.split('&')) {
      if (pair === '') continue;
      const [name = '', ...rest] = pair.split('=');
      if (!names.includes(name)) {
        if (others === 'ignored') continue;
        const options = names.length === 1 ? 'the option is' : 'the options are';
        throw new BadOptionError(`Unknown option ${quote(name)}: ${options} ${names.join(', ')}.`);
      }
      this.#given.set(name, [...(this.#given.get(name) ?? []), decode(rest.join('='))]);
    }
  }

  /**
   * The value of an option that is given once, or none where it isn't given.
   * @param form what it takes, for a person
   * @param read what the value says; undefined where it is malformed
   * @throws {BadOptionError} when it is empty, given twice or malformed
   */
  single<T>(name: string, form: string, read: (value: string) => T | undefined): T | undefined {
    const values = this.#given.get(name);
    if (values === undefined) return undefined;
    const [value, second] = values;
    const result = value === undefined || values.length > 1 ? undefined : read(value);
    if (result !== undefined) return result;
    throw new BadOptionError(`The option "${name}" takes ${form}${second === undefined ? '' : ', once'}.`);
  }

  /** @param unit of the number, e.g. ` of milliseconds`; empty: none @throws {BadOptionError} as `single`, or out of range */
  wholeNumber(name: string, min: number, max: number, unit = ''): number | undefined {
    return this.single(name, `a whole number${unit} from ${min} to ${max}`, (value) => {
      if (!/^(0|[1-9]\d{0,9})$/.test(value)) return undefined;
      const number = Number(value);
      return number >= min && number <= max ? number : undefined;
    });
  }

  /** A text that fits into a field of an event. @throws {BadOptionError} as `single`, or too long, or of more than one line */
  line(name: string): string | undefined {
    return this.single(name, 'one line of 1 to 100 characters', (value) => {
      const characters = [...value].length;
      return characters >= 1 && characters <= 100 && !/[\r\n]/.test(value) ? value : undefined;
    });
  }
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}
