import { array, is, string, tuple } from 'valibot';
import type { Memento, Tab } from 'vscode';
import type { Log } from '../output/log';
import { cut } from '../output/plainText';
import { closeTabs, tabsOf } from './leftOver';
import { MAX_TITLE } from './openPanel';

/** Maximum number of titles that are kept. */
const MAX_KEPT = 200;

const Kept = array(tuple([string(), string()]));

/**
 * Part of the extension's context: state that VS Code keeps for this window's folder, even if the extension host is killed.
 */
export type WindowMemory = Pick<Memento, 'get' | 'update'>;

/**
 * Titles of the panels of one view type. The title is all that VS Code tells of a tab, so no two tabs have the same one, and
 * the panel of each title is stored: thus the tab that a killed host has left can be found, and no other is closed.
 */
export class PanelTitles {
  readonly #type: string;
  readonly #memory: WindowMemory;
  readonly #log: Log;
  /** Titles of the panels that are open in this host, by the panels' names. */
  readonly #open = new Map<string, string>();
  /** Titles whose tabs are being closed. */
  readonly #leaving = new Set<string>();

  constructor(type: string, memory: WindowMemory, log: Log) {
    [this.#type, this.#memory, this.#log] = [type, memory, log];
  }

  /**
   * Returns the title for the panel: with a number if another tab has the same.
   * @param panel its name: the thing it shows @param wanted a result of `tabTitle`
   */
  take(panel: string, wanted: string): string {
    const own = this.#open.get(panel);
    const labels = tabsOf(this.#type).map(({ label }) => label);
    const place = own === undefined ? -1 : labels.indexOf(own);
    const taken = new Set(labels.filter((label, index) => index !== place && !this.#leaving.has(label)));
    for (const [other, title] of this.#open) if (other !== panel) taken.add(title);
    const title = freeTitle(wanted, taken);
    this.adopt(panel, title);
    return title;
  }

  /** Records that the panel has that title. */
  adopt(panel: string, title: string): void {
    this.#open.set(panel, title);
    this.#keep(panel, title);
  }

  /** Records that the panel was closed. */
  release(panel: string): void {
    this.#open.delete(panel);
  }

  /** Closes the panel's tab if a killed host has left it, which isn't so for a panel that is open in this host. */
  async closeLeft(panel: string): Promise<void> {
    const tab = this.#left(panel);
    if (!tab) return;
    this.#leaving.add(tab.label);
    await closeTabs([tab]).finally(() => this.#leaving.delete(tab.label));
  }

  /** Returns the title of the tab that another window or host has left for the panel; undefined if there is none. */
  titleLeft(panel: string): string | undefined {
    return this.#left(panel)?.label;
  }

  /** Returns the panel that had the title last; undefined if none. */
  panelOf(title: string): string | undefined {
    return this.#kept.find((one) => one[0] === title)?.[1];
  }

  #left(panel: string): Tab | undefined {
    const title = this.#kept.find(([, other]) => other === panel)?.[0];
    if (title === undefined || [...this.#open.values()].includes(title)) return undefined;
    const tabs = tabsOf(this.#type).filter(({ label }) => label === title);
    // Older versions gave several panels the same title, so the right tab can't be known.
    return tabs.length === 1 ? tabs[0] : undefined;
  }

  /** Titles with the panels that had them last; latest first. */
  get #kept(): [title: string, panel: string][] {
    const kept = this.#memory.get<unknown>(this.#key);
    return is(Kept, kept) ? kept : [];
  }

  get #key(): string {
    return `${this.#type}.titles`;
  }

  #keep(panel: string, title: string): void {
    const before = this.#kept;
    if (before.some((one) => one[0] === title && one[1] === panel)) return;
    const others = before.filter((one) => one[0] !== title && one[1] !== panel);
    const kept = [[title, panel], ...others].slice(0, MAX_KEPT);
    this.#memory.update(this.#key, kept).then(undefined, (error: unknown) => this.#log.error(error));
  }
}

/** Returns the title, followed by a number if it is taken. */
function freeTitle(wanted: string, taken: ReadonlySet<string>): string {
  let title = wanted;
  for (let number = 2; taken.has(title); number += 1) {
    const end = ` (${number})`;
    title = cut(wanted, MAX_TITLE - end.length) + end;
  }
  return title;
}
