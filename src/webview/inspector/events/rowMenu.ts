import type { EventRow } from '../../../messages/inspector';
import { element } from '../../shared/dom';

export interface RowMenuOptions {
  /** Returns the row of a line. */
  rowOf(line: HTMLElement): EventRow | undefined;
  /** Returns the line of the selected row; undefined if it isn't in view. */
  selected(): HTMLElement | undefined;
  /** Selects the row of a line. */
  select(line: HTMLElement): void;
  copyData(row: EventRow): void;
}

/**
 * Menu of a row, which is VS Code's: the page only says which row it is for. Opens with a right click, Shift+F10 and the
 * menu's key. Ctrl+C, or Cmd+C, copies the data of the selected row, unless text is selected.
 */
export class RowMenu {
  readonly #options: RowMenuOptions;
  readonly #table = element('table');
  #row: EventRow | undefined;

  constructor(options: RowMenuOptions) {
    this.#options = options;
    // Before VS Code's own listener, which asks what was clicked.
    this.#table.addEventListener('contextmenu', (event) => this.#onMenu(event), { capture: true });
    this.#table.addEventListener('keydown', (event) => this.#onKey(event));
  }

  /** Returns the row that the menu was opened for last, if it has that number. */
  row(number: number): EventRow | undefined {
    return this.#row?.number === number ? this.#row : undefined;
  }

  #onMenu(event: MouseEvent): void {
    const { target } = event;
    const line = target instanceof Element ? target.closest<HTMLElement>('#rows .row') : null;
    if (line) this.#prepare(line, event.isTrusted);
    else if (target === this.#table && event.button !== 2) {
      // By a key: it is for the selected row, not for the table as a whole.
      event.preventDefault();
      event.stopPropagation();
      this.#open();
    }
  }

  #onKey(event: KeyboardEvent): void {
    if (event.target !== this.#table || event.repeat) return;
    const { key, shiftKey, altKey } = event;
    const isCommand = (event.ctrlKey || event.metaKey) && !shiftKey && !altKey;
    // macOS has no menu for this key.
    if (key === 'F10' && shiftKey && !event.ctrlKey && !altKey && !event.metaKey) this.#open();
    else if (isCommand && key.toLowerCase() === 'c' && hasNoSelection()) this.#copy();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #copy(): void {
    const line = this.#options.selected();
    const row = line && this.#options.rowOf(line);
    if (row) this.#options.copyData(row);
  }

  /** Opens the menu below the selected row. */
  #open(): void {
    const line = this.#options.selected();
    if (!line) return;
    const { left, bottom } = line.getBoundingClientRect();
    const place = { clientX: left + 8, clientY: bottom, button: 2 };
    line.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true, composed: true, ...place }));
  }

  /** Tells VS Code which row the menu is for. @param byUser whether it was clicked, and isn't selected yet */
  #prepare(line: HTMLElement, byUser: boolean): void {
    this.#row = this.#options.rowOf(line);
    if (!this.#row) {
      delete line.dataset['vscodeContext'];
      return;
    }
    // Selected text has a menu of its own, with Copy.
    const preventDefaultContextMenuItems = hasNoSelection();
    const { number, adds } = this.#row;
    const context = { webviewSection: 'row', number, 'sseCounter.hasResult': adds?.at !== undefined };
    line.dataset['vscodeContext'] = JSON.stringify({ ...context, preventDefaultContextMenuItems });
    if (byUser && preventDefaultContextMenuItems) this.#options.select(line);
  }
}

function hasNoSelection(): boolean {
  return document.getSelection()?.isCollapsed ?? true;
}
