import type {
  DiagnosisState,
  FindingRow,
  FindingStrings,
  FindingsState,
  FromFindings,
  ToFindings,
} from '../../../messages/findings';
import { element, format, moveFocus, setText } from '../../shared/dom';
import { DiagnosisForm } from './diagnosisForm';
import { FindingView } from './findingView';

export interface FindingsStripOptions {
  strings: FindingStrings;
  post(message: FromFindings): void;
  /** Shows a line of the wire view. */
  showLine(line: number): void;
}

/** Whether a message is about explanations. */
export function isAboutFindings(message: { type: string }): message is ToFindings {
  return ['askDiagnosis', 'wireLine', 'findingCopied'].includes(message.type);
}

/** Strip that explains what the stream does: the worst as a sentence, and all of it when it is opened. */
export class FindingsStrip {
  readonly #options: FindingsStripOptions;
  readonly #strip = element('findings');
  readonly #toggle = element('openFindings');
  readonly #list = element('findingList');
  readonly #views = new Map<string, FindingView>();
  readonly #form: DiagnosisForm;
  #state: FindingsState | undefined;
  #isOpen = false;
  /** Whether the user has asked for a diagnosis whose outcome isn't shown yet. */
  #isAwaiting = false;
  #isGone = false;
  /** Key of the explanation that was told last. */
  #saidKey = '';

  constructor(options: FindingsStripOptions) {
    this.#options = options;
    const { post } = options;
    this.#form = new DiagnosisForm({
      post,
      onStart: () => (this.#isAwaiting = true),
      onChange: () => this.#draw(),
    });
    this.#toggle.addEventListener('click', () => this.#open(!this.#isOpen));
    for (const type of ['copyEvidence', 'restoreFindings'] as const)
      element(type).addEventListener('click', () => {
        setText(element('findingCopied'), '');
        post({ type });
      });
  }

  show(state: FindingsState): void {
    this.#state = state;
    // A page that was rebuilt meanwhile learns of it only now; a diagnosis that is soon over is never shown as running.
    if (state.diagnosis.state === 'running') this.#isAwaiting = true;
    else if (this.#isAwaiting && state.diagnosis.state === 'done') [this.#isOpen, this.#isAwaiting] = [true, false];
    this.#draw();
  }

  /** Shows the effects of the loss or the return of the extension host: explanations stay, but no button works meanwhile. */
  showHost(isGone: boolean): void {
    this.#isGone = isGone;
    this.#draw();
  }

  /** Diagnosis; none after the loss of the extension host, in which it was running. */
  get #diagnosis(): DiagnosisState | undefined {
    const diagnosis = this.#state?.diagnosis;
    return this.#isGone && diagnosis?.state === 'running' ? { state: 'none', isPossible: false } : diagnosis;
  }

  receive(message: ToFindings): void {
    switch (message.type) {
      case 'askDiagnosis':
        this.#form.open(message.origin);
        break;
      case 'wireLine':
        this.#options.showLine(message.line);
        break;
      case 'findingCopied':
        setText(element('findingCopied'), message.note);
    }
  }

  #open(isOpen: boolean): void {
    this.#isOpen = isOpen;
    this.#draw();
    // With nothing else in the list, a second click would be asked for the same.
    if (isOpen && element('explanations').childElementCount === 0) element<HTMLDetailsElement>('remarks').open = true;
  }

  #draw(): void {
    const diagnosis = this.#diagnosis;
    if (!this.#state || !diagnosis) return;
    const { rows, dismissed } = this.#state;
    this.#form.show(diagnosis);
    const isEmpty = rows.length === 0 && dismissed === 0 && diagnosis.state === 'none' && !this.#form.isOpen;
    if (isEmpty) moveFocus(this.#strip, element('connection'));
    this.#strip.hidden = isEmpty;
    const explanations = rows.filter(({ confidence }) => confidence !== 'information');
    this.#drawLine(explanations, rows.length - explanations.length, dismissed);
    const isOpen = this.#isOpen && (rows.length > 0 || dismissed > 0 || diagnosis.state === 'done');
    if (!isOpen) moveFocus(this.#list, this.#toggle.hidden ? this.#strip : this.#toggle);
    this.#list.hidden = !isOpen;
    this.#toggle.ariaExpanded = String(isOpen);
    if (isOpen) this.#drawList(explanations, rows);
  }

  /** Draws the worst finding, or the outcome of a diagnosis, and the button that opens the rest. */
  #drawLine(explanations: FindingRow[], remarks: number, dismissed: number): void {
    const { strings } = this.#options;
    const [worst] = explanations;
    const diagnosis = this.#diagnosis;
    const outcome = diagnosis?.state === 'done' ? diagnosis.text : '';
    element('findingLine').dataset['confidence'] = worst?.confidence ?? 'information';
    // In the list, it stands below.
    element('worst').hidden = this.#isOpen && worst !== undefined;
    setText(element('worst'), worst?.text ?? outcome);
    this.#say(worst?.key ?? outcome, worst?.text ?? outcome);
    const more = explanations.length - 1 + remarks;
    this.#toggle.hidden = explanations.length + remarks + dismissed === 0 && diagnosis?.state !== 'done';
    const [one, many] = worst ? [strings.more, strings.more] : [strings.oneRemark, strings.remarks];
    const count = worst ? more : remarks;
    const details = worst ? `${strings.evidence} · ${strings.fix}` : strings.evidence;
    const closed = count > 0 ? format(count === 1 ? one : many, count) : details;
    setText(this.#toggle, this.#isOpen ? strings.explanations : closed);
  }

  /** Tells a screen reader, once: numbers in a sentence change each second. @param key of what is told */
  #say(key: string, text: string): void {
    if (key === this.#saidKey) return;
    this.#saidKey = key;
    setText(element('worstSaid'), text);
  }

  #drawList(explanations: FindingRow[], rows: FindingRow[]): void {
    const { strings } = this.#options;
    const remarks = rows.slice(explanations.length);
    this.#drawRows(element('explanations'), explanations);
    const part = element('remarks');
    const [summary, list] = part.children;
    part.hidden = remarks.length === 0;
    if (summary instanceof HTMLElement)
      setText(summary, format(remarks.length === 1 ? strings.oneRemark : strings.remarks, remarks.length));
    if (list instanceof HTMLElement) this.#drawRows(list, remarks);
    for (const key of this.#views.keys()) if (!rows.some((row) => row.key === key)) this.#views.delete(key);
    this.#drawDiagnosis();
    const { dismissed = 0 } = this.#state ?? {};
    const restore = element('restoreFindings');
    restore.hidden = dismissed === 0;
    setText(restore, format(strings.dismissed, dismissed));
    for (const button of this.#list.querySelectorAll<HTMLElement>('vscode-button')) button.inert = this.#isGone;
  }

  /** Draws rows in views that stay, so that the focus and what was opened do, too. */
  #drawRows(list: HTMLElement, rows: FindingRow[]): void {
    const items = rows.map((row) => {
      const view = this.#views.get(row.key) ?? new FindingView(row.key, this.#options, rows.length === 1);
      this.#views.set(row.key, view);
      view.show(row);
      return view.item;
    });
    if (items.length === list.children.length && items.every((item, index) => item === list.children[index])) return;
    // A dismissed one had the focus.
    const gone = [...list.children].filter(
      (child) => child instanceof HTMLElement && !items.includes(child as HTMLLIElement),
    );
    for (const one of gone) moveFocus(one, this.#strip);
    list.replaceChildren(...items);
  }

  #drawDiagnosis(): void {
    const { diagnosis } = this.#state ?? {};
    const done = diagnosis?.state === 'done' ? diagnosis : undefined;
    setText(element('verdict'), done?.verdict ?? '');
    const checked = element('checked');
    checked.hidden = done === undefined || done.checked.length === 0;
    const list = checked.lastElementChild;
    const items = (done?.checked ?? []).map((text) => {
      const item = document.createElement('li');
      item.textContent = text;
      return item;
    });
    if (list?.textContent !== (done?.checked ?? []).join('')) list?.replaceChildren(...items);
  }
}
