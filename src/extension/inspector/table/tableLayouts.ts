import type { Memento } from 'vscode';
import type { TableLayout, ToTable } from '../../../messages/table';
import { UrlMemory, urlKey } from '../stored/urlMemory';
import { LayoutSchema } from './layoutSchema';

const [KEY, SPLIT_KEY, WRAP_KEY] = ['sseCounter.tableLayouts', 'sseCounter.tableSplit', 'sseCounter.wireWrap'];
/** Maximum number of URLs whose layout is remembered: the latest. */
const MAX_URLS = 100;

/** Layouts of the table: its columns by URL, without query and masked as it is; the share of the details, and whether lines wrap, for all. */
export class TableLayouts {
  readonly #memory: Memento | undefined;
  readonly #layouts: UrlMemory<TableLayout> | undefined;
  readonly #post: (message: ToTable) => void;
  /** Key of the URL whose layout the page shows. */
  #shown: string | undefined;
  /** Latest layouts that are to be remembered, by key, while another one is written. */
  readonly #waiting = new Map<string, TableLayout>();
  #isWriting = false;

  constructor(memory: Memento | undefined, post: (message: ToTable) => void) {
    [this.#memory, this.#post] = [memory, post];
    this.#layouts = memory && new UrlMemory(memory, KEY, LayoutSchema, MAX_URLS);
  }

  /** Prepares for a new page, which has no layout yet. */
  forgetShown(): void {
    this.#shown = undefined;
  }

  /** Sends the layout for a URL, unless the page shows that one. @param url with masks for its secrets */
  show(url: string): void {
    const key = urlKey(url);
    if (!this.#memory || key === this.#shown) return;
    this.#shown = key;
    const { columns, widths } = this.#layouts?.get(key) ?? { columns: [], widths: [] };
    const [split, wrap] = [this.#memory.get<unknown>(SPLIT_KEY), this.#memory.get<unknown>(WRAP_KEY) === true];
    const others = { ...(typeof split === 'number' && { split }), ...(wrap && { wrap }) };
    this.#post({ type: 'layout', layout: { columns, widths, ...others } });
  }

  /** Remembers the layout for the URL that is shown. Of layouts that come while one is written, the latest: a page may send any number. */
  async keep(layout: TableLayout): Promise<void> {
    if (this.#shown === undefined) return;
    this.#waiting.set(this.#shown, layout);
    if (this.#isWriting) return;
    this.#isWriting = true;
    try {
      for (const [key, latest] of this.#waiting) {
        this.#waiting.delete(key);
        await this.#write(key, latest);
      }
    } finally {
      this.#isWriting = false;
    }
  }

  async #write(key: string, { columns, widths, split, wrap }: TableLayout): Promise<void> {
    await this.#layouts?.keep(key, columns.length + widths.length > 0 ? { columns, widths } : undefined);
    await this.#memory?.update(SPLIT_KEY, split);
    await this.#memory?.update(WRAP_KEY, wrap);
  }
}
