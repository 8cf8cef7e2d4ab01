import type { FindingFacts, FindingFix, FindingRow, FindingStrings, FromFindings } from '../../../messages/findings';
import { format, setText } from '../../shared/dom';

export interface FindingViewOptions {
  strings: FindingStrings;
  post(message: FromFindings): void;
}

/** A finding in the list: its sentence, the evidence for it, and ways to mend it. */
export class FindingView {
  readonly item = document.createElement('li');
  readonly #options: FindingViewOptions;
  readonly #key: string;
  readonly #text = document.createElement('p');
  readonly #sure = document.createElement('span');
  readonly #sentence = document.createElement('span');
  readonly #facts = document.createElement('table');
  readonly #fixes = document.createElement('ul');
  readonly #fixPart: HTMLDetailsElement;
  readonly #bytes: HTMLElement;
  /** Fixes that are shown, as JSON. */
  #shownFixes = '[]';

  /** @param isOpen whether its fixes are shown at first */
  constructor(key: string, options: FindingViewOptions, isOpen: boolean) {
    [this.#key, this.#options] = [key, options];
    const { strings, post } = options;
    this.#bytes = button(strings.showBytes, () => post({ type: 'showBytes', key }));
    this.#text.className = 'sentence';
    this.#sure.className = 'sure';
    this.#text.append(this.#sentence, ' ', this.#sure);
    this.#fixPart = part(strings.fix, this.#fixes);
    this.#fixPart.open = isOpen;
    const actions = document.createElement('div');
    actions.className = 'actions';
    actions.append(
      this.#bytes,
      button(strings.notThis, () => post({ type: 'dismissFinding', key })),
    );
    this.item.append(this.#text, this.#fixPart, part(strings.evidence, this.#facts), actions);
  }

  show({ confidence, sure, text, facts, hasBytes, fixes }: FindingRow): void {
    this.item.dataset['confidence'] = confidence;
    setText(this.#sentence, text);
    setText(this.#sure, sure);
    this.#bytes.hidden = !hasBytes;
    showFacts(this.#facts, facts);
    this.#showFixes(fixes);
  }

  /** Shows the fixes anew only if they differ, so that the focus stays. */
  #showFixes(fixes: FindingFix[]): void {
    const shown = JSON.stringify(fixes);
    if (shown === this.#shownFixes) return;
    this.#shownFixes = shown;
    this.#fixPart.hidden = fixes.length === 0;
    this.#fixes.replaceChildren(...fixes.map((fix, index) => this.#fix(fix, index)));
  }

  #fix(fix: FindingFix, index: number): HTMLElement {
    const item = document.createElement('li');
    if (fix.for !== undefined) {
      const name = document.createElement('strong');
      name.textContent = `${fix.for}: `;
      item.append(name);
    }
    item.append(fix.text);
    if (fix.code === undefined) return item;
    const { strings, post } = this.#options;
    const code = document.createElement('pre');
    code.textContent = fix.code;
    code.tabIndex = 0;
    code.ariaLabel = fix.for ?? strings.fix;
    code.role = 'group';
    const copy = button(strings.copy, () => post({ type: 'copyFix', key: this.#key, fix: index }));
    copy.ariaLabel = format(strings.copyFor, fix.for ?? fix.code);
    item.append(code, copy);
    return item;
  }
}

/** Shows the facts in cells that stay, as they change with each chunk. */
function showFacts(table: HTMLTableElement, { columns, rows }: FindingFacts): void {
  const lines = [['', ...columns], ...rows.map(({ label, values }) => [label, ...values])];
  const isSame = table.rows.length === lines.length && table.rows[0]?.cells.length === lines[0]?.length;
  if (!isSame) table.replaceChildren(...lines.map((line, index) => tableRow(line.length, index === 0)));
  for (const [index, line] of lines.entries())
    for (const [column, text] of line.entries()) {
      const cell = table.rows[index]?.cells[column];
      if (cell) setText(cell, text);
    }
}

function tableRow(length: number, isHead: boolean): HTMLTableRowElement {
  const row = document.createElement('tr');
  for (let column = 0; column < length; column += 1) {
    const isLabel = isHead ? column > 0 : column === 0;
    const cell = document.createElement(isLabel ? 'th' : 'td');
    if (isLabel) cell.setAttribute('scope', isHead ? 'col' : 'row');
    row.append(cell);
  }
  return row;
}

function part(title: string, content: HTMLElement): HTMLDetailsElement {
  const details = document.createElement('details');
  const summary = document.createElement('summary');
  summary.textContent = title;
  details.append(summary, content);
  return details;
}

function button(text: string, onClick: () => void): HTMLElement {
  const made = document.createElement('vscode-button');
  made.setAttribute('secondary', '');
  made.textContent = text;
  made.addEventListener('click', onClick);
  return made;
}
