import { array, is, string, tuple } from 'valibot';
import type { Memento } from 'vscode';

const KEY = 'sseCounter.dismissedFindings';
/** Maximum number of URLs that are remembered: the latest; and maximum number of findings of each. */
const [MAX_URLS, MAX_IDS] = [200, 50];
/** Maximum length of a URL, in UTF-16 code units. */
const MAX_URL = 300;

const Stored = array(tuple([string(), array(string())]));

/** Findings that the user has dismissed, by URL. They stay dismissed over a reload. */
export class DismissedFindings {
  readonly #memory: Memento;

  constructor(memory: Memento) {
    this.#memory = memory;
  }

  /** Returns the ids that were dismissed. @param url with masks for its secrets; its query doesn't matter */
  of(url: string): readonly string[] {
    return this.#all.find(([known]) => known === keyOf(url))?.[1] ?? [];
  }

  async add(url: string, id: string): Promise<void> {
    await this.#store(url, [...new Set([...this.of(url), id])].slice(-MAX_IDS));
  }

  async restore(url: string): Promise<void> {
    await this.#store(url, []);
  }

  get #all(): [url: string, ids: string[]][] {
    const stored = this.#memory.get<unknown>(KEY);
    return is(Stored, stored) ? stored : [];
  }

  async #store(url: string, ids: string[]): Promise<void> {
    const key = keyOf(url);
    const others = this.#all.filter(([known]) => known !== key);
    const own: [string, string[]][] = ids.length > 0 ? [[key, ids]] : [];
    await this.#memory.update(KEY, [...others, ...own].slice(-MAX_URLS));
  }
}

function keyOf(url: string): string {
  return url.replace(/[?#].*$/s, '').slice(0, MAX_URL);
}
