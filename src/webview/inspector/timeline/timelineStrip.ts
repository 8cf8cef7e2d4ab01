import { MAX_COLUMNS, type TimelineRange, type TimelineView } from '../../../analysis/timeline/timelineView';
import type { InspectorStrings } from '../../../messages/inspector';
import type { Between, FromTimeline, TimelineMark, ToTimeline } from '../../../messages/timeline';
import { element, format, moveFocus, oncePerFrame, setText } from '../../shared/dom';
import { countText } from '../../shared/quantities';
import { drawTimeline } from './drawTimeline';
import { HEIGHT, PADDING } from './plot';
import { Asking } from './timelineAsking';
import { type Colours, readColours, watchColours } from './timelineColours';
import { TimelineInput } from './timelineInput';
import { betweenText, partText, summaryText } from './timelineText';
import { TimeSelection } from './timeSelection';

/** Time from which on a stream is called silent, in milliseconds. */
const SILENT = 5000;
/** Height of a window under which the timeline is closed, until the user opens it, in pixels. */
const LOW = matchMedia('(max-height: 499px)');

export interface TimelineStripOptions {
  strings: InspectorStrings;
  post(message: FromTimeline): void;
  /** State that is kept: whether the user has opened the timeline, or closed it; undefined if neither. */
  kept: { timeline: boolean | undefined };
  /** Limits the table to a time; undefined for any. */
  toolbar: { limit(between: Between | undefined): void };
  table: {
    showGaps(gaps: { medianGap?: number | undefined; gaps: number }): void;
    jumpTo(generation: number, place: number): void;
  };
}

/** The timeline above the table: a strip that can be closed, and a sentence that says the same. */
export class TimelineStrip {
  readonly #options: TimelineStripOptions;
  readonly #part = element('timelinePart');
  readonly #strip = element<HTMLCanvasElement>('timeline');
  readonly #toggle = element('timelineToggle');
  readonly #range = element<HTMLSelectElement>('timelineRange');
  readonly #all = element('allTimes');
  readonly #selection = new TimeSelection();
  readonly #input: TimelineInput;
  readonly #asking: Asking;
  #colours: Colours = readColours();
  #view: TimelineView | undefined;
  #receivedAt = 0;
  #findings: TimelineMark[] = [];
  /** Time of the table's selected row. */
  #row: number | undefined;
  #isGone = false;

  readonly #draw = oncePerFrame(() => this.#drawNow());

  constructor(options: TimelineStripOptions) {
    this.#options = options;
    this.#asking = new Asking(() => this.#ask());
    this.#input = new TimelineInput({
      strip: this.#strip,
      selection: this.#selection,
      picture: () => this.#view?.picture,
      onMove: this.#draw,
      onSelect: () => this.#select(),
      onJump: (time) => options.post({ type: 'jump', time }),
    });
    this.#toggle.addEventListener('click', () => this.#open(!this.#isShown));
    this.#range.addEventListener('change', () => this.show());
    this.#all.addEventListener('click', () => {
      moveFocus(this.#all, this.#isShown ? this.#strip : this.#toggle);
      this.clear();
    });
    LOW.addEventListener('change', () => this.show());
    new ResizeObserver(() => this.show()).observe(this.#strip);
    watchColours(() => {
      this.#colours = readColours();
      this.#draw();
    });
  }

  /** Asks for the timeline, because something may have come. */
  show(): void {
    this.#asking.ask();
    this.#draw();
  }

  receive(message: ToTimeline): void {
    const { table } = this.#options;
    if (message.type === 'jumpTo') {
      table.jumpTo(message.generation, message.place);
      return;
    }
    const { view, marks = [] } = message;
    [this.#view, this.#findings, this.#receivedAt] = [view, marks, performance.now()];
    table.showGaps(view.summary);
    if (view.summary.isRunning) this.#asking.goOn(this.#isShown);
    this.#draw();
  }

  /** Marks the table's selected row. @param time at which its event came; undefined if there is none */
  mark(time: number | undefined): void {
    this.#row = time;
    this.#draw();
  }

  /** @param isGone whether the extension host is gone, so that nothing can be asked */
  showHost(isGone: boolean): void {
    this.#isGone = isGone;
    this.show();
  }

  /** Ends the selection. */
  clear(): void {
    const hadSelected = this.#selection.between !== undefined;
    this.#selection.clear();
    if (hadSelected) this.#select();
    this.#draw();
  }

  get #isShown(): boolean {
    return this.#options.kept.timeline ?? !LOW.matches;
  }

  #open(isOpen: boolean): void {
    this.#options.kept.timeline = isOpen;
    this.show();
  }

  #select(): void {
    this.#options.toolbar.limit(this.#selection.between);
    this.#draw();
  }

  #ask(): void {
    if (this.#isGone) return;
    // Until it is shown, it is going to be as wide as the list.
    const width = (this.#strip.clientWidth || element('events').clientWidth) - 2 * PADDING;
    const columns = this.#isShown ? Math.min(MAX_COLUMNS, Math.max(0, width)) : 0;
    this.#options.post({ type: 'timeline', range: this.#range.value as TimelineRange, width: columns });
  }

  #drawNow(): void {
    const { summary } = this.#view ?? {};
    this.#part.hidden = summary === undefined || summary.connections === 0;
    if (!summary || this.#part.hidden) return;
    this.#toggle.ariaExpanded = String(this.#isShown);
    [this.#strip.hidden, this.#range.hidden] = [!this.#isShown, !this.#isShown];
    const text = summaryText(summary, this.#options.strings);
    setText(element('timelineSummary'), text);
    if (this.#strip.ariaLabel !== text) this.#strip.ariaLabel = text;
    this.#drawSilence(summary.silentFor);
    this.#drawSelection();
    if (this.#isShown) this.#drawStrip();
  }

  #drawSilence(silentFor: number | undefined): void {
    const silence = silentFor === undefined || this.#isGone ? 0 : silentFor + performance.now() - this.#receivedAt;
    const seconds = countText(Math.floor(silence / 1000));
    setText(element('silent'), silence < SILENT ? '' : format(this.#options.strings.timeline.silentFor, seconds));
  }

  #drawSelection(): void {
    const { between } = this.#selection;
    this.#all.hidden = between === undefined;
    setText(element('timelineSelection'), between ? betweenText(between, this.#options.strings) : '');
  }

  #drawStrip(): void {
    const [{ clientWidth }, { picture }, ratio] = [this.#strip, this.#view ?? {}, devicePixelRatio];
    const context = this.#strip.getContext('2d');
    const width = clientWidth - 2 * PADDING;
    if (!context || !picture || width <= 0) return;
    const [columns, lines] = [Math.round(clientWidth * ratio), Math.round(HEIGHT * ratio)];
    // Setting the size of a canvas takes longer than drawing it.
    if (this.#strip.width !== columns) this.#strip.width = columns;
    if (this.#strip.height !== lines) this.#strip.height = lines;
    context.setTransform(ratio, 0, 0, ratio, PADDING * ratio, 0);
    const { cursor, between } = this.#selection;
    const marks = { findings: this.#findings, row: this.#row, cursor, selected: between };
    drawTimeline({ context, picture, colours: this.#colours, width }, marks);
    const { from, to } = picture;
    const at = Math.round(Math.min(1, Math.max(0, ((cursor ?? to) - from) / (to - from))) * 100);
    this.#strip.ariaValueNow = String(at);
    const part = between && cursor !== undefined ? between : { from: cursor ?? to, to: cursor ?? to };
    this.#strip.ariaValueText = partText(picture, part, this.#options.strings, this.#input.around);
  }
}
