import { readJsonPath } from '../../../../analysis/protocols/json/jsonPath';
import { LEAST_WIDTH, MAX_COLUMN_PATH, MAX_COLUMNS, MOST_WIDTH, type TableStrings } from '../../../../messages/table';
import { isolated } from '../../../../text/foreignText';
import { element, format, setText } from '../../../shared/dom';
import { leafPaths } from './jsonPaths';
import type { TableColumns } from './tableColumns';

export interface ColumnsMenuOptions {
  strings: TableStrings;
  columns: TableColumns;
  /** Returns data of events whose JSON keys are offered. */
  samples(): string[];
}

/** List of the columns, in which the user adds and removes those of JSON keys, and sets widths. */
export class ColumnsMenu {
  readonly #options: ColumnsMenuOptions;
  readonly #menu = element('columns');
  readonly #path = element<HTMLInputElement>('columnPath');

  constructor(options: ColumnsMenuOptions) {
    this.#options = options;
    this.#menu.addEventListener('beforetoggle', (event) => {
      if (event.newState === 'open') this.#fill();
    });
    element('addColumn').addEventListener('submit', (event) => {
      event.preventDefault();
      if (!this.add(this.#path.value.trim())) return;
      this.#path.value = '';
      this.#path.focus();
    });
    element('resetWidths').addEventListener('click', () => {
      options.columns.resetWidths();
      this.#drawList();
    });
  }

  /** Adds a column for a JSON key. Returns whether it could; if not, the list says why. */
  add(path: string): boolean {
    const problem = this.#problemOf(path);
    if (problem !== undefined && !this.#menu.matches(':popover-open')) this.#menu.showPopover();
    setText(element('columnProblem'), problem ?? '');
    this.#path.ariaInvalid = String(problem !== undefined);
    if (problem !== undefined) return false;
    this.#options.columns.add(path);
    this.#drawList();
    return true;
  }

  #problemOf(path: string): string | undefined {
    const { strings, columns } = this.#options;
    if (path.length > MAX_COLUMN_PATH || !readJsonPath(path)) return strings.badPath;
    if (columns.paths.includes(path)) return strings.hasColumn;
    return columns.paths.length < MAX_COLUMNS ? undefined : format(strings.tooManyColumns, MAX_COLUMNS);
  }

  #fill(): void {
    setText(element('columnProblem'), '');
    this.#path.ariaInvalid = 'false';
    const options = leafPaths(this.#options.samples()).map((path) => {
      const option = document.createElement('option');
      option.value = path;
      return option;
    });
    element('jsonPaths').replaceChildren(...options);
    this.#drawList();
  }

  #drawList(): void {
    element('columnList').replaceChildren(...this.#options.columns.sizable.map((name) => this.#item(name)));
  }

  #item(name: string): HTMLElement {
    const { columns, strings } = this.#options;
    const item = document.createElement('li');
    const label = document.createElement('span');
    [label.className, label.textContent] = ['name', columns.labelOf(name)];
    item.append(label, this.#widthField(name), 'px');
    const path = columns.pathOf(name);
    if (path === undefined) return item;
    const button = document.createElement('button');
    [button.type, button.textContent] = ['button', strings.remove];
    button.ariaLabel = format(strings.removeColumn, isolated(columns.labelOf(name)));
    button.addEventListener('click', () => {
      columns.remove(path);
      this.#drawList();
      this.#path.focus();
    });
    item.append(button);
    return item;
  }

  #widthField(name: string): HTMLElement {
    const { columns, strings } = this.#options;
    const field = document.createElement('input');
    Object.assign(field, { type: 'number', min: LEAST_WIDTH, max: MOST_WIDTH, step: 10, placeholder: strings.fits });
    field.value = String(columns.widthOf(name) ?? '');
    field.ariaLabel = format(strings.width, isolated(columns.labelOf(name)));
    field.addEventListener('input', () => {
      columns.setWidth(name, field.value === '' ? undefined : field.valueAsNumber);
    });
    // The first step goes on from what is shown.
    field.addEventListener('keydown', ({ key }) => {
      if (field.value === '' && (key === 'ArrowUp' || key === 'ArrowDown'))
        field.value = String(Math.round(columns.shownWidthOf(name)));
    });
    field.addEventListener('change', () => columns.keep());
    return field;
  }
}
