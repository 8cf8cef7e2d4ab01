import type { FromInspectorPage, HistoryState, InspectorStrings, StreamStatus } from '../../messages/inspector';
import { isolated, withCodes } from '../../text/foreignText';
import { PIECE_COST, shorten } from '../../text/textCost';
import { afterPause, element, format, inNextFrame, setText } from '../shared/dom';
import { countText, sizeText } from '../shared/quantities';

export interface ToolbarOptions {
  strings: InspectorStrings;
  post(message: FromInspectorPage): void;
  /** Other rows will come: the filter has changed. */
  onRestart(): void;
}

/** How long the filter waits for the next key, in milliseconds. */
const TYPING = 150;

/** Maximum cost of an event type in the list of them: the browser lays all of them out, to know how wide it is. */
const NAME_COST = 400;

/** What is shown of the events, and what can be done with all of them. */
export class Toolbar {
  readonly #options: ToolbarOptions;
  readonly #text = element<HTMLInputElement>('filter');
  readonly #isRegExp = element('isRegExp');
  readonly #eventName = element<HTMLSelectElement>('eventName');
  readonly #pause = element('pause');
  readonly #record = element('record');
  readonly #stopRecording = element('stopRecording');
  readonly #problem = element('filterProblem');
  #history: HistoryState | undefined;
  /** The types that events have had, and those of them that are offered. */
  #names: string[] = [];
  #drawnNames: string[] = this.#names;
  #isPaused = false;
  #recording: StreamStatus['recording'];
  /** The extension host has gone, and with it the recording. */
  #isGone = false;

  readonly #draw = inNextFrame(() => this.#drawNow());

  constructor(options: ToolbarOptions) {
    this.#options = options;
    const { post } = options;
    this.#text.addEventListener(
      'input',
      afterPause(TYPING, () => this.#filter()),
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
    for (const format of ['ndjson', 'json', 'sse'] as const)
      element(format).addEventListener('click', () => post({ type: 'save', format }));
  }

  get isFiltering(): boolean {
    return this.#text.value !== '' || this.#eventName.value !== '';
  }

  show(history: HistoryState): void {
    this.#history = history;
    if (history.eventNames) this.#names = history.eventNames;
    this.#draw();
  }

  /** @param isGone the extension host is: what was recorded is no more */
  showRecording(recording: StreamStatus['recording'], isGone = false): void {
    this.#recording = recording;
    this.#isGone = isGone;
    this.#draw();
  }

  /** The text is no filter, for that reason. */
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
    this.#options.post({ type: 'filter', text: this.#text.value, isRegExp, event: this.#eventName.value });
  }

  #togglePause(): void {
    this.#isPaused = !this.#isPaused;
    this.#options.post({ type: 'pause', paused: this.#isPaused });
    this.#draw();
  }

  #drawNow(): void {
    const { strings } = this.#options;
    setText(this.#pause, this.#isPaused ? strings.resume : strings.pause);
    const held = this.#history?.held ?? 0;
    setText(element('held'), held > 0 ? format(strings.held, countText(held)) : '');
    this.#drawNames();
    this.#drawRecording();
  }

  /** The file is said when it begins; how much is in it is only shown. */
  #drawRecording(): void {
    const { name, size = 0 } = this.#recording ?? {};
    const { recordingTo, recordingEnded } = this.#options.strings;
    this.#record.ariaPressed = String(this.#isRecording);
    const text = this.#isGone ? recordingEnded : recordingTo;
    setText(element('recordingTo'), name === undefined ? '' : format(text, isolated(name)));
    element('recordingTo').classList.toggle('ended', this.#isGone);
    setText(element('recordingSize'), name === undefined ? '' : ` · ${sizeText(size)}`);
    // What had the focus leaves it to the button that stays.
    if (!this.#isRecording && document.activeElement === this.#stopRecording) this.#record.focus();
    this.#stopRecording.hidden = !this.#isRecording;
  }

  /** The chosen one stays, though no event has it any longer. */
  #drawNames(): void {
    const names = this.#names;
    if (names === this.#drawnNames) return;
    this.#drawnNames = names;
    const chosen = this.#eventName.value;
    const all = this.#eventName.options[0];
    const shown = chosen === '' || names.includes(chosen) ? names : [chosen, ...names];
    this.#eventName.replaceChildren(
      ...(all ? [all] : []),
      ...shown.map((name) => new Option(shorten(withCodes(name), NAME_COST), name)),
    );
    this.#eventName.value = chosen;
  }
}
