import type { EventRow, InspectorStrings, ToInspectorPage } from '../../../messages/inspector';
import { isolated } from '../../../text/foreignText';
import { element, format, moveFocus, oncePerFrame } from '../../shared/dom';
import { FarGroups } from '../../shared/farGroups';
import { LongText } from '../../shared/longText';
import { durationText, sizeText, timeText } from '../../shared/quantities';
import { Tabs } from '../../shared/tabs';
import { isJsonTree } from './jsonText';
import { JsonTree } from './jsonTree';
import { OpenFolds } from './openFolds';

type Detail = Extract<ToInspectorPage, { type: 'detail' }>;
export type DetailMessage = Detail | Extract<ToInspectorPage, { type: 'noDetail' }>;
type View = 'data' | 'json' | 'raw';

/**
 * Maximum length of a type or id in the summary, in characters: more would leave no room for the data. Raw shows all of it.
 */
export const MAX_NAME = 120;

export interface EventDetailsOptions {
  strings: InspectorStrings;
  onCopy(number: number): void;
  onOpenData(number: number): void;
  /** Leads to the piece of the result that the event adds. */
  onShowResult(at: [result: number, item: number]): void;
  /** Called when the user has closed the details. */
  onClose(): void;
}

/** Details of an event: its data as text and, if possible, as JSON; and its block as it was sent. */
export class EventDetails {
  readonly #options: EventDetailsOptions;
  readonly #section = element('details');
  readonly #tabs: Tabs<View>;
  readonly #data: LongText;
  readonly #raw: LongText;
  readonly #folds = new OpenFolds();
  readonly #groups = new FarGroups(element('jsonTree'));
  #detail: Detail | undefined;
  #isJson = false;
  /** Reason why parts that the row doesn't show are missing; undefined if nothing is missing. */
  #lossReason: string | undefined;
  /** View that the user prefers, if it is available. */
  #preferred: View = 'json';

  readonly #draw = oncePerFrame(() => this.#drawNow());

  constructor(options: EventDetailsOptions) {
    this.#options = options;
    this.#data = new LongText(element('dataText'), options);
    this.#raw = new LongText(element('rawText'), options);
    this.#tabs = new Tabs<View>(element('detailTabs'), (view, byUser) => {
      if (byUser) this.#preferred = view;
      this.#fill(view);
    });
    element('closeDetails').addEventListener('click', () => this.#close());
    // Also from the table.
    element('events').addEventListener('keydown', ({ key }) => {
      if (key === 'Escape' && this.isOpen) this.#close();
    });
    element('copyEvent').addEventListener('click', () => {
      if (this.#detail) options.onCopy(this.#detail.row.number);
    });
    element('openData').addEventListener('click', () => {
      if (this.#detail) options.onOpenData(this.#detail.row.number);
    });
    element('showInResult').addEventListener('click', () => {
      const at = this.#detail?.row.adds?.at;
      if (at) options.onShowResult(at);
    });
  }

  get isOpen(): boolean {
    return !this.#section.hidden;
  }

  /** Shows details, unless they are outdated. @param selected row that is selected: only its details are shown */
  show(message: DetailMessage, selected: EventRow): void {
    const number = message.type === 'detail' ? message.row.number : message.number;
    if (number !== selected.number) return;
    if (message.type === 'noDetail') {
      this.#showRow(selected, this.#options.strings.gone);
      return;
    }
    this.#detail = message;
    this.#lossReason = undefined;
    this.#draw();
  }

  /** Shows the row's part of an event whose extension host is gone, unless all of it is here. */
  showLost(row: EventRow): void {
    this.#showRow(row, this.#options.strings.lost);
  }

  #showRow(row: EventRow, lost: string): void {
    if (this.#detail?.row.number === row.number) return;
    this.#detail = { type: 'detail', row, data: row.preview, raw: '', cut: false, omitted: 0 };
    this.#lossReason = lost;
    this.#draw();
  }

  /** Opens the details for the event with that number, and empties them if they are of another event. */
  open(number: number): void {
    if (this.isOpen) return;
    if (this.#detail?.row.number !== number) this.#forget();
    this.#section.hidden = false;
  }

  /** Forgets the event, and closes the details. */
  clear(): void {
    if (this.isOpen) this.#close();
    this.#forget();
  }

  #forget(): void {
    this.#detail = undefined;
    this.#draw();
  }

  #close(): void {
    const hadFocus = this.#section.contains(document.activeElement);
    this.#section.hidden = true;
    if (hadFocus) this.#options.onClose();
  }

  #drawNow(): void {
    if (!this.#detail) {
      // Frees texts of up to a megabyte.
      for (const id of ['summary', 'omitted', 'eventCopied']) element(id).textContent = '';
      this.#fill('data');
      return;
    }
    const { row, data } = this.#detail;
    if (!row.adds?.at) moveFocus(element('showInResult'), element('closeDetails'));
    element('showInResult').hidden = !row.adds?.at;
    this.#isJson = this.#lossReason === undefined && isJsonTree(data);
    element('summary').textContent = this.#summary(row);
    element('omitted').textContent = this.#notice(this.#detail);
    this.#tabs.allow('json', this.#isJson);
    this.#tabs.allow('raw', this.#lossReason === undefined);
    const canBe = this.#preferred === 'json' ? this.#isJson : this.#lossReason === undefined;
    this.#tabs.show(canBe ? this.#preferred : 'data');
  }

  /** Fills the visible view, and empties the others, which may be large. */
  #fill(view: View): void {
    const { data, raw } = this.#detail ?? { data: '', raw: '' };
    this.#data.show(view === 'data' ? data : '');
    this.#raw.show(view === 'raw' ? raw : '');
    this.#groups.clear();
    const tree = new JsonTree(data, this.#options.strings, this.#folds, this.#groups);
    element('jsonTree').replaceChildren(...(view === 'json' && this.#isJson ? [tree.draw()] : []));
  }

  #summary({ number, time, gap, event, id, size }: EventRow): string {
    const { strings } = this.#options;
    const parts = [`#${number}`, timeText(time), isolated(beginningOf(event)), sizeText(size)];
    if (gap !== undefined) parts.splice(2, 0, format(strings.gap, durationText(gap)));
    if (id !== undefined) parts.splice(-1, 0, `id ${isolated(beginningOf(id))}`);
    return parts.join(' · ');
  }

  #notice({ cut, omitted }: Detail): string {
    const { strings } = this.#options;
    if (this.#lossReason !== undefined) return this.#lossReason;
    const parts = [cut ? strings.cut : '', omitted > 0 ? format(strings.omitted, sizeText(omitted)) : ''];
    return parts.join(' ').trim();
  }
}

function beginningOf(name: string): string {
  // A character has one or two UTF-16 code units.
  const characters = [...name.slice(0, 2 * MAX_NAME + 1)];
  return characters.length > MAX_NAME ? `${characters.slice(0, MAX_NAME).join('')}…` : name;
}
