import type { InspectorStrings } from '../../../messages/inspector';
import type { FromResults, ItemChange, ResultChange, ResultFacts } from '../../../messages/results';
import { format, setText } from '../../shared/dom';
import type { FarGroups } from '../../shared/farGroups';
import type { TextRoom } from '../../shared/longText';
import { make, secondaryButton } from './elements';
import { figuresOf } from './figures';
import { ItemView } from './itemView';
import { ProblemChips } from './problemChips';

/** Maximum number of items in a group, without those that answer another. */
const GROUP_SIZE = 20;

export interface AnswerViewOptions {
  strings: InspectorStrings;
  post(message: FromResults): void;
  showEvent(number: number): void;
  /** Room for the texts of all answers. */
  room: TextRoom;
  /** Groups of the items of all answers. */
  groups: FarGroups;
}

/** An answer: figures, problems, and its items in the order in which they began; those that answer another stand below it. */
export class AnswerView {
  readonly element = make('section', 'answer');
  readonly #options: AnswerViewOptions;
  readonly #index: number;
  readonly #heading = make('h2');
  readonly #figures = make('p', 'figures');
  readonly #chips: ProblemChips;
  readonly #copy: HTMLElement;
  readonly #items = make('div', 'items');
  readonly #views: ItemView[] = [];
  /** Where the last group has its items. */
  #group: Element | null = null;
  /** Requests without a response so far, by their id. */
  readonly #asked = new Map<string, ItemView>();
  #facts: ResultFacts | undefined;

  constructor(index: number, options: AnswerViewOptions) {
    [this.#index, this.#options] = [index, options];
    const { strings, post } = options;
    this.#heading.tabIndex = -1;
    this.#chips = new ProblemChips({ strings: strings.results, showEvent: options.showEvent });
    this.#copy = secondaryButton(strings.results.copyText, () => post({ type: 'copyResult', result: index }));
    this.#copy.hidden = true;
    setText(this.#heading, format(strings.results.answer, index + 1));
    this.element.ariaLabel = this.#heading.textContent;
    this.element.append(this.#heading, this.#figures, this.#chips.list, this.#items, this.#copy);
  }

  get facts(): ResultFacts | undefined {
    return this.#facts;
  }

  /** Shows what has changed. @param isOnly whether there is no other answer, so that it needs no heading */
  show({ facts, items }: ResultChange): void {
    if (facts) this.#showFacts(facts);
    for (const item of items) this.#showItem(item);
  }

  /** @param isOnly whether there is no other answer, so that it needs no heading */
  showHeading(isOnly: boolean): void {
    this.#heading.classList.toggle('for-ears', isOnly);
  }

  /** Leads the user to an item. @returns whether it is here */
  reveal(item: number): boolean {
    this.#views[item]?.reveal();
    return this.#views[item] !== undefined;
  }

  #showFacts(facts: ResultFacts): void {
    this.#facts = facts;
    setText(this.#figures, figuresOf(facts, this.#options.strings.results).join(' · '));
    this.#chips.show(facts, this.#heading);
  }

  #showItem(item: ItemChange): void {
    const known = this.#views[item.index];
    const view = known ?? this.#newView(item);
    if (item.kind === 'text') this.#copy.hidden = false;
    view.show(item);
    if (!known) this.#place(view, item);
  }

  #newView(item: ItemChange): ItemView {
    const { strings, post, showEvent, room } = this.#options;
    const copy = (index: number) => post({ type: 'copyItem', result: this.#index, item: index });
    const view = new ItemView(item, { strings, showEvent, copy, room });
    this.#views[item.index] = view;
    return view;
  }

  /** Places a new item: a response, or an error, below the request with the same id. */
  #place(view: ItemView, { role, id }: ItemChange): void {
    const request = id === undefined || role !== 'response' ? undefined : this.#asked.get(id);
    if (request && id !== undefined) {
      this.#asked.delete(id);
      request.addAnswer(view);
      return;
    }
    if (id !== undefined && (role === 'request' || role === 'sent')) this.#asked.set(id, view);
    if (!this.#group || this.#group.childElementCount >= GROUP_SIZE) {
      const group = this.#options.groups.add();
      this.#items.append(group);
      this.#group = group.firstElementChild;
    }
    this.#group?.append(view.element);
  }
}
