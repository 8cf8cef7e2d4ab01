import { array, string } from 'valibot';
import type { Memento } from 'vscode';
import { UrlMemory, urlKey } from '../stored/urlMemory';

/** Maximum number of URLs that are remembered: the latest; and maximum number of findings of each. */
const [MAX_URLS, MAX_IDS] = [200, 50];

/** Findings that the user has dismissed, by URL. They stay dismissed over a reload. */
export class DismissedFindings {
  readonly #ids: UrlMemory<string[]>;

  constructor(memory: Memento) {
    this.#ids = new UrlMemory(memory, 'sseCounter.dismissedFindings', array(string()), MAX_URLS);
  }

  /** Returns the ids that were dismissed. @param url with masks for its secrets; its query doesn't matter */
  of(url: string): readonly string[] {
    return this.#ids.get(urlKey(url)) ?? [];
  }

  async add(url: string, id: string): Promise<void> {
    await this.#ids.keep(urlKey(url), [...new Set([...this.of(url), id])].slice(-MAX_IDS));
  }

  async restore(url: string): Promise<void> {
    await this.#ids.keep(urlKey(url), undefined);
  }
}
