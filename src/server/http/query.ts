import { quote } from './quote';

/** Error for a wrong option. Its message is a sentence for the client that names the option and its valid values. */
export class BadOptionError extends Error {
  override readonly name = 'BadOptionError';
}

/** The options in a request's query string. */
export class Query {
  /** The values given for each name; undefined for a value with malformed percent-encoding. */
  readonly #given = new Map<string, (string | undefined)[]>();

  /**
   * @param query without its `?`
   * @param names of the known options
   * @param others treatment of parameters with unknown names. Default: `refused`
   * @throws {BadOptionError} if an unknown parameter is given and `others` is `refused`
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
      const values = this.#given.get(name);
      if (values) values.push(decode(rest.join('=')));
      else this.#given.set(name, [decode(rest.join('='))]);
    }
  }

  /**
   * Returns the value of an option that may be given once; undefined if it isn't given.
   * @param form description of valid values, for the client
   * @param read parses the value; returns undefined if it is malformed
   * @throws {BadOptionError} if it is empty, given twice or malformed
   */
  single<T>(name: string, form: string, read: (value: string) => T | undefined): T | undefined {
    const values = this.#given.get(name);
    if (values === undefined) return undefined;
    const [value, second] = values;
    const result = value === undefined || values.length > 1 ? undefined : read(value);
    if (result !== undefined) return result;
    throw new BadOptionError(`The option "${name}" takes ${form}${second === undefined ? '' : ', once'}.`);
  }

  /**
   * Returns the value of an option that is a whole number; undefined if it isn't given.
   * @param unit of the number, e.g. ` of milliseconds`. Default: none
   * @throws {BadOptionError} like `single`, or if the number is out of range
   */
  wholeNumber(name: string, min: number, max: number, unit = ''): number | undefined {
    return this.single(name, `a whole number${unit} from ${min} to ${max}`, (value) => {
      if (!/^(0|[1-9]\d{0,9})$/.test(value)) return undefined;
      const number = Number(value);
      return number >= min && number <= max ? number : undefined;
    });
  }

  /**
   * Returns the value of an option that fits into a field of an event; undefined if it isn't given.
   * @throws {BadOptionError} like `single`, or if it is too long or has more than one line
   */
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
