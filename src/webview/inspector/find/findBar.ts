import type { FindPlace, FindStrings, FoundState, FromFind, ToFind } from '../../../messages/find';
import { withCodes } from '../../../text/foreignText';
import { PIECE_COST, shorten } from '../../../text/textCost';
import { debounce, element, format, setText } from '../../shared/dom';
import { countText } from '../../shared/quantities';
import { FoundMarks } from './foundMarks';

/** Debounce delay of the text, in milliseconds. */
const DELAY = 150;
/** Whether Cmd is used in place of Ctrl. */
const IS_MAC = /Mac/.test(navigator.userAgent);

/** A list of rows or lines in which matches are shown. */
export interface FoundList {
  /** Position of the row or line where the user is. */
  readonly place: number;
  /** Shows the match at a position, without taking the focus. */
  jumpTo(generation: number, place: number): void;
  /** Takes the focus. */
  focus(): void;
}

export interface FindBarOptions {
  strings: FindStrings;
  post(message: FromFind): void;
  lists: Record<FindPlace, FoundList>;
  /** View that is shown. */
  views: { readonly shown: string | undefined; onShow(listen: () => void): void };
}

/** Field in which the user enters what to find in events or lines, and the way from match to match. */
export class FindBar {
  readonly #options: FindBarOptions;
  readonly #bar = element('find');
  readonly #text = element<HTMLInputElement>('findText');
  readonly #isRegExp = element('findRegExp');
  readonly #marks = new FoundMarks();
  /** Element that had the focus before. */
  #before: Element | null = null;
  #isGone = false;
  /** Latest state of the search; undefined before there is one. */
  #found: FoundState | undefined;
  /** Place that is searched; undefined if none is. */
  #place: FindPlace | undefined;

  constructor(options: FindBarOptions) {
    this.#options = options;
    document.addEventListener('keydown', (event) => this.#onKey(event));
    this.#bar.addEventListener('keydown', (event) => this.#onBarKey(event));
    this.#text.addEventListener(
      'input',
      debounce(DELAY, () => this.#find()),
    );
    this.#isRegExp.addEventListener('click', () => {
      this.#isRegExp.ariaPressed = String(this.#isRegExp.ariaPressed !== 'true');
      this.#find();
    });
    element('findPrevious').addEventListener('click', () => this.#step(true));
    element('findNext').addEventListener('click', () => this.#step(false));
    element('closeFind').addEventListener('click', () => this.#close());
    // In the other view, other things match.
    options.views.onShow(() => this.#isOpen && this.#find());
  }

  receive(message: ToFind): void {
    if (message.type === 'badFind') this.#showProblem(message.reason);
    else if (message.type === 'found') this.#showFound(message.found);
    else if (message.place === this.#place) this.#list?.jumpTo(message.generation, message.row);
  }

  /** @param isGone whether the extension host is gone, so that nothing more is found */
  showHost(isGone: boolean): void {
    this.#isGone = isGone;
    if (this.#found) this.#showFound(this.#found);
  }

  get #isOpen(): boolean {
    return !this.#bar.hidden;
  }

  get #list(): FoundList | undefined {
    const { shown } = this.#options.views;
    return shown === 'events' || shown === 'wire' ? this.#options.lists[shown] : undefined;
  }

  #open(): void {
    if (!this.#list || this.#bar.inert) return;
    const isInBar = this.#bar.contains(document.activeElement);
    if (this.#isOpen && document.activeElement === this.#text) return;
    if (!isInBar) this.#before = document.activeElement;
    const wasOpen = this.#isOpen;
    this.#bar.hidden = false;
    this.#text.focus();
    this.#text.select();
    if (!wasOpen) this.#find();
  }

  #close(): void {
    this.#bar.hidden = true;
    const { lists, views } = this.#options;
    if (this.#before instanceof HTMLElement && this.#before.checkVisibility() && this.#before !== document.body)
      this.#before.focus();
    else if (views.shown === 'events' || views.shown === 'wire') lists[views.shown].focus();
    this.#find();
  }

  /** Looks for the text from where the user is; ends that if the field is closed, or the view has nothing to find. */
  #find(): void {
    const { shown } = this.#options.views;
    this.#place = this.#isOpen && (shown === 'events' || shown === 'wire') ? shown : undefined;
    const text = this.#place ? this.#text.value : '';
    const isRegExp = this.#isRegExp.ariaPressed === 'true';
    this.#showProblem('');
    this.#showFound(undefined);
    const place = this.#place ?? 'events';
    this.#options.post({ type: 'find', text, isRegExp, place, from: this.#options.lists[place].place });
    // A regular expression could take the page forever: the extension limits its time, and the row is marked.
    this.#marks.show(isRegExp ? '' : text);
  }

  #step(back: boolean): void {
    if (this.#place && this.#text.value !== '') this.#options.post({ type: 'findStep', back });
  }

  #onKey(event: KeyboardEvent): void {
    const { key, shiftKey, altKey } = event;
    const [command, other] = IS_MAC ? [event.metaKey, event.ctrlKey] : [event.ctrlKey, event.metaKey];
    if (altKey || other || !this.#list) return;
    if (command && !shiftKey && key.toLowerCase() === 'f') this.#open();
    else if (key === 'F3' && !command && this.#isOpen) this.#step(shiftKey);
    else return;
    // VS Code would run what it has for the keys, too.
    event.preventDefault();
    event.stopPropagation();
  }

  #onBarKey(event: KeyboardEvent): void {
    const { key, shiftKey, isComposing, target } = event;
    if (isComposing) return;
    if (key === 'Escape') this.#close();
    else if (key === 'Enter' && target === this.#text) this.#step(shiftKey);
  }

  #showFound(found: FoundState | undefined): void {
    this.#found = found;
    setText(element('found'), found ? this.#textOf(found) : '');
  }

  #textOf({ count, isMore, searching, current }: FoundState): string {
    const { ofMatches, ofMore, noMatches, searching: search } = this.#options.strings;
    if (count > 0) return format(isMore ? ofMore : ofMatches, countText(current), countText(count));
    if (searching) return this.#isGone ? '' : search;
    return noMatches;
  }

  /** Shows the reason why nothing is found; empty if there is none. */
  #showProblem(reason: string): void {
    setText(element('findProblem'), withCodes(shorten(reason, PIECE_COST)));
    this.#text.ariaInvalid = String(reason !== '');
    if (reason !== '') this.#showFound(undefined);
  }
}

/** Whether a message is about finding. */
export function isAboutFind(message: { type: string }): message is ToFind {
  return ['found', 'goToFound', 'badFind'].includes(message.type);
}
