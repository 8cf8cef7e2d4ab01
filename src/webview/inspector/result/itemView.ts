import type { InspectorStrings } from '../../../messages/inspector';
import type { ItemChange, TextChange } from '../../../messages/results';
import { isolated } from '../../../text/foreignText';
import { shorten, TextCost } from '../../../text/textCost';
import { format, setText } from '../../shared/dom';
import { openGroups } from '../../shared/farGroups';
import { LongText, type TextRoom } from '../../shared/longText';
import { countText } from '../../shared/quantities';
import { make, secondaryButton } from './elements';

/** Maximum cost of a name or an id, and what it is without room. */
const [NAME_COST, LEAST_NAME_COST] = [300, 100];
/** Cost of a name in relation to a text's: it stands in a line with others, which a browser lays out several times. */
const LAYOUTS = 3;

/** Classes of texts that are read as such. */
const TEXT_CLASSES: Partial<Record<ItemChange['kind'], string>> = {
  text: 'reading',
  reasoning: 'reading thought',
  error: 'reading',
};

export interface ItemViewOptions {
  strings: InspectorStrings;
  /** Room for the texts of all items. */
  room: TextRoom;
  /** Leads to the row of an event. */
  showEvent(number: number): void;
  /** Copies the item. */
  copy(index: number): void;
}

/** A text that grows, in an element that is only there while it isn't empty. */
interface GrowingText {
  part: HTMLElement;
  long: LongText;
  text: string;
}

/** An item of an answer: its name, the events that it came with, and its texts as they grow. */
export class ItemView {
  readonly element = make('div', 'item');
  readonly #options: ItemViewOptions;
  readonly #kind: ItemChange['kind'];
  readonly #nameCost: number;
  readonly #label = make('span', 'label');
  readonly #name = make('span', 'name');
  readonly #id = make('span', 'id');
  readonly #events = document.createElement('button');
  readonly #text: GrowingText;
  readonly #value: GrowingText;
  #first = 0;

  constructor({ index, kind }: ItemChange, options: ItemViewOptions) {
    [this.#options, this.#kind] = [options, kind];
    this.#nameCost = options.room.left > 0 ? NAME_COST : LEAST_NAME_COST;
    const { results } = options.strings;
    this.element.dataset['kind'] = kind;
    this.element.role = 'group';
    this.element.tabIndex = -1;
    this.#events.type = 'button';
    this.#events.className = 'toEvent';
    this.#events.addEventListener('click', () => options.showEvent(this.#first));
    this.#text = this.#growing(kind === 'reasoning' ? fold('') : make('div'), TEXT_CLASSES[kind] ?? '');
    // A message's text tells what is in its value.
    this.#value = this.#growing(kind === 'message' ? fold('JSON') : make('div'), 'valueText');
    const line = make('div', 'line');
    line.append(this.#label, this.#name, this.#id, this.#events);
    if (kind === 'tool' || kind === 'message' || kind === 'document')
      line.append(secondaryButton(kind === 'tool' ? results.copyCall : results.copyJson, () => options.copy(index)));
    this.element.append(line, this.#value.part, this.#text.part);
    if (kind === 'message') this.element.append(this.#value.part);
  }

  show(item: ItemChange): void {
    const { results } = this.#options.strings;
    this.#first = item.events[0];
    const [first, last] = item.events;
    setText(this.#label, this.#labelOf(item));
    this.#put(this.#name, item.role === 'response' && item.kind === 'message' ? undefined : item.name);
    this.#put(this.#id, item.id);
    // A request of our own came with no event.
    this.#events.hidden = first === 0;
    setText(this.#events, first === last ? `#${first}` : `#${first}–#${last}`);
    this.#events.ariaLabel = format(results.toEvents, this.#events.textContent);
    this.#events.title = results.showEvent;
    this.element.ariaLabel = `${this.#label.textContent} ${this.#name.textContent}`.trim();
    this.element.dataset['whole'] = String(item.isWhole);
    grow(this.#text, item.text);
    const [title] = this.#kind === 'reasoning' ? this.#text.part.children : [];
    if (title instanceof HTMLElement) setText(title, format(results.characters, countText(this.#text.text.length)));
    grow(this.#value, item.value);
    if (this.#kind === 'message' && this.#value.part instanceof HTMLDetailsElement && this.#text.text === '')
      this.#value.part.open = true;
  }

  /** Shows an item that answers this one below it. */
  addAnswer(answer: ItemView): void {
    answer.element.classList.add('answering');
    this.element.append(answer.element);
  }

  /** Leads the user here. */
  reveal(): void {
    const folded = this.#text.part;
    if (folded instanceof HTMLDetailsElement) folded.open = true;
    openGroups(this.element);
    this.element.scrollIntoView({ block: 'nearest' });
    // Not its button: the key that leads here would press it, too.
    this.element.focus();
  }

  #labelOf({ kind, role }: ItemChange): string {
    const { results } = this.#options.strings;
    return kind === 'message' && role !== undefined ? results[role] : results.kinds[kind];
  }

  /** Shows a name's beginning, whose cost is taken from the room once: few names change. */
  #put(place: HTMLElement, text: string | undefined): void {
    const shown = text === undefined ? '' : isolated(shorten(text, this.#nameCost));
    place.hidden = text === undefined;
    if (place.textContent === '')
      this.#options.room.left -= LAYOUTS * new TextCost().cut(shown, 0, this.#nameCost).cost;
    setText(place, shown);
  }

  /** @param className of the text's element */
  #growing(part: HTMLElement, className: string): GrowingText {
    const place = make('pre', className);
    part.append(place);
    part.hidden = true;
    const long = new LongText(place, this.#options);
    long.show('');
    return { part, long, text: '' };
  }
}

/** Changes a text from an index on; what is shown of it before stays. */
function grow(growing: GrowingText, change: TextChange | undefined): void {
  if (!change) return;
  const { part, long, text } = growing;
  if (change.from === text.length) long.append(change.text);
  growing.text = text.slice(0, change.from) + change.text;
  if (change.from !== text.length) long.show(growing.text);
  part.hidden = growing.text === '';
}

function fold(title: string): HTMLElement {
  const details = document.createElement('details');
  details.append(make('summary', '', title));
  return details;
}
