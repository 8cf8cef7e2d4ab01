import { parseArgs } from 'node:util';
import { nearest } from '../../script/nearest';
import { quote } from '../../server/http/quote';
import { UsageError } from './failure';

/** Options of a command, by their long names. */
export type OptionTypes = Readonly<
  Record<string, { readonly type: 'string' | 'boolean'; readonly short?: string; readonly multiple?: boolean }>
>;

/** Range of a number. */
export interface Range {
  minimum: number;
  maximum: number;
}

type Token = NonNullable<ReturnType<typeof parseArgs>['tokens']>[number];
type OptionToken = Extract<Token, { kind: 'option' }>;

/**
 * The arguments of a command. No message repeats one that may be a secret: only names of options, and values that should
 * be numbers.
 */
export class Arguments {
  readonly positionals: readonly string[];
  /** Values by the long names of options; a flag has an empty one. */
  readonly #values = new Map<string, string[]>();
  readonly #options: OptionTypes;

  /** @throws {UsageError} */
  constructor(words: readonly string[], options: OptionTypes) {
    this.#options = options;
    // Not strict, as the messages of `parseArgs` repeat values.
    const given = parseArgs({ args: [...words], options, strict: false, allowPositionals: true, tokens: true });
    this.positionals = given.positionals;
    for (const token of given.tokens) if (token.kind === 'option') this.#add(token);
  }

  /** Whether an option was given. */
  has(name: string): boolean {
    return this.#values.has(name);
  }

  /** Returns the values of an option, in their order. */
  texts(name: string): readonly string[] {
    return this.#values.get(name) ?? [];
  }

  /** Returns the last value of an option; undefined if it wasn't given. */
  text(name: string): string | undefined {
    return this.texts(name).at(-1);
  }

  /** Returns the only argument beside options. @param name as in the usage, e.g. `FILE` @throws {UsageError} */
  only(name: string): string {
    const [first, ...others] = this.positionals;
    if (first === undefined || first === '') throw new UsageError(`There is no ${name}.`);
    if (others.length > 0) throw new UsageError(`It takes one ${name}, not ${others.length + 1}. Quote it.`);
    return first;
  }

  /** Returns the arguments beside options, at least one. @param name as in the usage, e.g. `FILE` @throws {UsageError} */
  several(name: string): readonly string[] {
    if (this.positionals.length === 0 || this.positionals.includes('')) throw new UsageError(`There is no ${name}.`);
    return this.positionals;
  }

  /** Throws if there are arguments beside options. @throws {UsageError} */
  none(): void {
    if (this.positionals.length > 0) throw new UsageError('It takes nothing but options.');
  }

  /** Returns an option that is a whole number; undefined if it wasn't given. @param meaning of a value, in brackets @throws {UsageError} */
  wholeNumber(name: string, { minimum, maximum }: Range, meaning = ''): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const number = Number(text);
    if (/^\d{1,10}$/.test(text) && number >= minimum && number <= maximum) return number;
    throw new UsageError(`--${name} takes a whole number from ${minimum} to ${maximum}${meaning}, not ${quote(text)}.`);
  }

  /** Returns an option that is a number, perhaps with decimals; undefined if it wasn't given. @throws {UsageError} */
  number(name: string, { minimum, maximum }: Range, unit: string): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const number = Number(text);
    if (/^(?:\d{1,10}|\d{0,10}\.\d{1,10})$/.test(text) && number >= minimum && number <= maximum) return number;
    throw new UsageError(`--${name} takes ${unit} from ${minimum} to ${maximum}, not ${quote(text)}.`);
  }

  /** Throws if more than one of the options was given. @throws {UsageError} */
  atMostOne(...names: string[]): void {
    const [first, second] = names.filter((name) => this.has(name));
    if (second !== undefined) throw new UsageError(`--${first} and --${second} exclude each other.`);
  }

  #add({ name, rawName, value, inlineValue }: OptionToken): void {
    const option = Object.hasOwn(this.#options, name) ? this.#options[name] : undefined;
    if (!option) throw this.#unknown(name, rawName);
    if (option.type === 'boolean' && inlineValue === true) throw new UsageError(`${rawName} takes no value.`);
    if (option.type === 'string' && (value === undefined || (!inlineValue && this.#isOption(value))))
      throw new UsageError(`${rawName} needs a value.`);
    const values = this.#values.get(name);
    if (values) values.push(value ?? '');
    else this.#values.set(name, [value ?? '']);
  }

  /** Whether a word is one of the options: then the value before it was forgotten. */
  #isOption(word: string): boolean {
    const long = Object.keys(this.#options).map((name) => `--${name}`);
    const short = Object.values(this.#options).map((option) => `-${option.short}`);
    return [...long, ...short].includes(word.replace(/(?<=^--[^=]+)=.*/s, ''));
  }

  #unknown(name: string, rawName: string): UsageError {
    const meant = rawName.startsWith('--') ? nearest(name, Object.keys(this.#options)) : undefined;
    const named = /^--?[\w-]{1,40}$/.test(rawName) ? rawName : 'like that';
    return new UsageError(`There is no option ${named}.${meant === undefined ? '' : ` Did you mean --${meant}?`}`);
  }
}
