import { array, type GenericSchema, safeParse, string, tuple } from 'valibot';
import type { Memento } from 'vscode';

/** Maximum length of a URL, in UTF-16 code units. */
const MAX_URL = 300;

/** Returns what is remembered of a URL: it without its query. @param url with masks for its secrets */
export function urlKey(url: string): string {
  return url.replace(/[?#].*$/s, '').slice(0, MAX_URL);
}

/** Values by the keys of URLs, remembered over a reload: those that were kept last. */
export class UrlMemory<Value> {
  readonly #memory: Memento;
  readonly #name: string;
  readonly #schema: GenericSchema<unknown, [key: string, value: Value][]>;
  readonly #max: number;

  /** @param name under which VS Code keeps them @param max maximum number of URLs */
  constructor(memory: Memento, name: string, schema: GenericSchema<unknown, Value>, max: number) {
    [this.#memory, this.#name, this.#max] = [memory, name, max];
    this.#schema = array(tuple([string(), schema]));
  }

  get(key: string): Value | undefined {
    return this.#all.find(([known]) => known === key)?.[1];
  }

  /** @param value undefined to forget the URL */
  async keep(key: string, value: Value | undefined): Promise<void> {
    const others = this.#all.filter(([known]) => known !== key);
    const own: [string, Value][] = value === undefined ? [] : [[key, value]];
    await this.#memory.update(this.#name, [...others, ...own].slice(-this.#max));
  }

  /** Nothing, if something else has been stored there. */
  get #all(): [key: string, value: Value][] {
    const { success, output } = safeParse(this.#schema, this.#memory.get<unknown>(this.#name));
    return success ? output : [];
  }
}
