import type { FromInspectorPage, HistoryState, InspectorStrings, StreamStatus } from '../../messages/inspector';
import type { Between } from '../../messages/timeline';
import { isolated, withCodes } from '../../text/foreignText';
import { PIECE_COST, shorten } from '../../text/textCost';
import { debounce, element, format, oncePerFrame, setText } from '../shared/dom';
import { countText, sizeText } from '../shared/quantities';
import { HiddenTypes } from './events/hiddenTypes';
import { SaveChoice } from './saveChoice';

export interface ToolbarOptions {
  strings: InspectorStrings;
  post(message: FromInspectorPage): void;
  /** Called when the filter has changed, so that other rows will come. */
  onRestart(): void;
}

/** Debounce delay of the filter, in milliseconds. */
const FILTER_DELAY = 150;

/** Maximum cost of an event type in the list: the browser lays out all of them to measure their width. */
const NAME_COST = 400;

/** Toolbar with the filter and the actions on all events. */
export class Toolbar {
  readonly #options: ToolbarOptions;
  readonly #text = element<HTMLInputElement>('filter');
  readonly #isRegExp = element('isRegExp');
  readonly #eventName = element<HTMLSelectElement>('eventName');
  readonly #pause = element('pause');
  readonly #record = element('record');
  readonly #stopRecording = element('stopRecording');
  readonly #problem = element('filterProblem');
  readonly #hidden: HiddenTypes;
  readonly #saveChoice: SaveChoice;
  #history: HistoryState | undefined;
  /** Known event types, and those in the list. */
  #names: string[] = [];
  #drawnNames: string[] = this.#names;
  #isPaused = false;
  #between: Between | undefined;
  #recording: StreamStatus['recording'];
  /** Whether the extension host is gone, and with it the recording. */
  #isGone = false;

  readonly #draw = oncePerFrame(() => this.#drawNow());

  constructor(options: ToolbarOptions) {
    this.#options = options;
    const { post } = options;
    this.#hidden = new HiddenTypes(options.strings.table, () => this.#filter());
    this.#text.addEventListener(
      'input',
      debounce(FILTER_DELAY, () => this.#filter()),
    );
    this.#isRegExp.addEventListener('click', () => {
      this.#isRegExp.ariaPressed = String(this.#isRegExp.ariaPressed !== 'true');
      this.#filter();
    });
    this.#eventName.addEventListener('change', () => this.#filter());
    this.#pause.addEventListener('click', () => this.#togglePause());
    element('clear').addEventListener('click', () => post({ type: 'clear' }));
    element('copyCurl').addEventListener('click', () => post({ type: 'copyCurl' }));
    this.#record.addEventListener('click', () => post({ type: 'record', recording: !this.#isRecording }));
    this.#stopRecording.addEventListener('click', () => post({ type: 'record', recording: false }));
    this.#saveChoice = new SaveChoice(options.strings, post);
  }

  get isFiltering(): boolean {
    const isLimited = this.#between !== undefined || this.#hidden.types.length > 0;
    return isLimited || this.#text.value !== '' || this.#eventName.value !== '';
  }

  /** Limits the table to a time. @param between undefined for any */
  limit(between: Between | undefined): void {
    this.#between = between;
    this.#filter();
  }

  /** Shows only events of a type. */
  showOnly(type: string): void {
    this.#hidden.forget(type);
    const { options } = this.#eventName;
    if (![...options].some(({ value }) => value === type)) options.add(new Option(nameOf(type), type));
    this.#eventName.value = type;
    this.#filter();
  }

  hideType(type: string): void {
    // If it is the only one that is shown, nothing would be left.
    if (this.#eventName.value === type) this.#eventName.value = '';
    this.#hidden.hide(type);
  }

  show(history: HistoryState): void {
    this.#history = history;
    if (history.eventNames) this.#names = history.eventNames;
    this.#draw();
  }

  /** @param isGone whether the extension host is gone, which has ended the recording */
  showRecording(recording: StreamStatus['recording'], isGone = false): void {
    this.#recording = recording;
    this.#isGone = isGone;
    this.#draw();
  }

  /** Shows the reason why the filter isn't applied. */
  showProblem(reason: string): void {
    this.#problem.textContent = withCodes(shorten(reason, PIECE_COST));
    this.#text.ariaInvalid = String(reason !== '');
  }

  get #isRecording(): boolean {
    return this.#recording !== undefined && !this.#isGone;
  }

  #filter(): void {
    this.showProblem('');
    this.#options.onRestart();
    const isRegExp = this.#isRegExp.ariaPressed === 'true';
    const between = this.#between;
    const hidden = [...this.#hidden.types];
    const limits = { ...(between && { between }), ...(hidden.length > 0 && { hidden }) };
    const filter = { text: this.#text.value, isRegExp, event: this.#eventName.value, ...limits };
    this.#options.post({ type: 'filter', ...filter });
    this.#draw();
  }

  #togglePause(): void {
    this.#isPaused = !this.#isPaused;
    this.#options.post({ type: 'pause', paused: this.#isPaused });
    this.#draw();
  }

  #drawNow(): void {
    const { strings } = this.#options;
    setText(this.#pause, this.#isPaused ? strings.resume : strings.pause);
    const pending = this.#history?.pending ?? 0;
    setText(element('pending'), pending > 0 ? format(strings.pending, countText(pending)) : '');
    setText(element('filterCount'), this.#countText());
    this.#drawNames();
    this.#drawRecording();
    if (this.#history) this.#saveChoice.show(this.#history);
  }

  /** Returns how many of the events pass the filter. */
  #countText(): string {
    if (!this.#history || !this.isFiltering) return '';
    const { rows, events, evicted } = this.#history;
    return format(this.#options.strings.table.filtered, countText(rows), countText(events - evicted));
  }

  /** Shows the recording. Its file is announced at the start; its size is only shown. */
  #drawRecording(): void {
    const { name, size = 0 } = this.#recording ?? {};
    const { recordingTo, recordingEnded } = this.#options.strings;
    this.#record.ariaPressed = String(this.#isRecording);
    const text = this.#isGone ? recordingEnded : recordingTo;
    setText(element('recordingTo'), name === undefined ? '' : format(text, isolated(name)));
    element('recordingTo').classList.toggle('ended', this.#isGone);
    setText(element('recordingSize'), name === undefined ? '' : ` · ${sizeText(size)}`);
    // The button is about to be hidden, so its focus moves to the one that stays.
    if (!this.#isRecording && document.activeElement === this.#stopRecording) this.#record.focus();
    this.#stopRecording.hidden = !this.#isRecording;
  }

  /** Fills the list of event types. Keeps the selected type, even if all its events were evicted. */
  #drawNames(): void {
    const names = this.#names;
    if (names === this.#drawnNames) return;
    this.#drawnNames = names;
    const chosen = this.#eventName.value;
    const all = this.#eventName.options[0];
    const shown = chosen === '' || names.includes(chosen) ? names : [chosen, ...names];
    this.#eventName.replaceChildren(...(all ? [all] : []), ...shown.map((name) => new Option(nameOf(name), name)));
    this.#eventName.value = chosen;
  }
}

function nameOf(type: string): string {
  return shorten(withCodes(type), NAME_COST);
}
