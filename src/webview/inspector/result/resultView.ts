import type { InspectorStrings, ToInspectorPage } from '../../../messages/inspector';
import type { FromResults, ResultSummary, ToResults } from '../../../messages/results';
import { element, format, moveFocus, setText } from '../../shared/dom';
import { FarGroups } from '../../shared/farGroups';
import { AnswerView } from './answerView';
import { cutOffText } from './cutOffText';
import { FollowedEnd } from './followedEnd';
import { ProtocolField, type ProtocolFieldOptions } from './protocolChoice';

/** Maximum cost of all texts that are shown at first: half a million letters, which take 0.2 s if all of them are near. */
const TEXTS_COST = 500_000;

const TYPES: readonly string[] = [
  'resultSummary',
  'results',
  'resultCopied',
  'eventRow',
  'noEventRow',
] satisfies ToResults['type'][];

/** Whether a message of the extension is about results. */
export function isAboutResults(message: ToInspectorPage): message is ToResults {
  return TYPES.includes(message.type);
}

export interface ResultViewOptions {
  strings: InspectorStrings;
  post(message: FromResults): void;
  /** Views of the panel, of which this is one. */
  views: { show(view: 'events' | 'result'): void; noteResult(summary: ResultSummary): void };
  /** Table to which a piece leads; its rows are renewed when it becomes known what they add. */
  table: { jumpTo(generation: number, place: number): void; focus(): void; renew(): void };
  /** Keeps the user's choice over a reload. */
  kept: ProtocolFieldOptions['kept'];
}

/** View of what the stream says: the answers of its protocol, as they grow. */
export class ResultView {
  readonly #options: ResultViewOptions;
  readonly #panel = element('result');
  readonly #answers = element('answers');
  readonly #groups = new FarGroups(this.#panel);
  readonly #end = new FollowedEnd(this.#panel, this.#answers);
  readonly #field: ProtocolField;
  readonly #views: AnswerView[] = [];
  readonly #room = { left: TEXTS_COST };
  #summary: ResultSummary | undefined;
  /** Generation of the answers that are shown. */
  #generation = -1;
  #isCut = false;
  #isGone = false;
  /** Item that is shown as soon as it has come. */
  #awaited: [result: number, item: number] | undefined;

  constructor(options: ResultViewOptions) {
    this.#options = options;
    const { post, kept, strings } = options;
    this.#field = new ProtocolField({ strings: strings.results, post, kept });
    element('openMarkdown').addEventListener('click', () => post({ type: 'openResults', format: 'markdown' }));
    element('openResultJson').addEventListener('click', () => post({ type: 'openResults', format: 'json' }));
    new MutationObserver(() => this.#onShown()).observe(this.#panel, { attributeFilter: ['hidden'] });
  }

  /** Asks for the protocol that the user has chosen before the page was loaded again. To be called once it is ready. */
  restore(): void {
    this.#field.restore();
  }

  /** Leads to an item, which is shown as soon as it has come. */
  reveal(at: [result: number, item: number]): void {
    this.#awaited = at;
    this.#end.stop();
    this.#options.views.show('result');
    this.#revealAwaited();
  }

  /** @param isGone whether the extension host is gone, so that nothing more will come */
  showHost(isGone: boolean): void {
    this.#isGone = isGone;
    this.#drawNote();
  }

  receive(message: ToResults): void {
    const { table } = this.#options;
    switch (message.type) {
      case 'resultSummary':
        this.#showSummary(message.summary);
        break;
      case 'results':
        this.#showResults(message);
        break;
      case 'resultCopied':
        setText(element('resultCopied'), message.note);
        break;
      case 'eventRow':
        setText(element('noEventRow'), '');
        this.#options.views.show('events');
        table.jumpTo(message.generation, message.place);
        table.focus();
        break;
      case 'noEventRow':
        setText(element('noEventRow'), message.reason);
    }
  }

  #onShown(): void {
    const isShown = !this.#panel.hidden;
    if (isShown) this.#drawDot();
    this.#options.post({ type: 'watchResults', isShown });
  }

  #showSummary(summary: ResultSummary): void {
    const before = this.#summary;
    this.#summary = summary;
    if (summary.generation !== this.#generation) this.#forget(summary.generation);
    this.#field.show(summary);
    const { table, views } = this.#options;
    const key = ({ choice, protocol, isReading }: ResultSummary) => `${choice} ${protocol} ${isReading}`;
    if (!before || key(before) !== key(summary)) table.renew();
    views.noteResult(summary);
    this.#drawDot();
    this.#drawNote();
  }

  #showResults({ generation, changes, isCut }: Extract<ToResults, { type: 'results' }>): void {
    if (generation !== this.#generation) return;
    for (const change of changes) {
      const view = this.#views[change.index] ?? this.#newView(change.index);
      view.show(change);
    }
    for (const view of this.#views) view.showHeading(this.#views.length === 1);
    this.#isCut = isCut;
    this.#drawNote();
    this.#revealAwaited();
  }

  #newView(index: number): AnswerView {
    const { strings, post } = this.#options;
    const showEvent = (number: number) => post({ type: 'showEvent', number });
    const view = new AnswerView(index, { strings, post, showEvent, room: this.#room, groups: this.#groups });
    this.#views[index] = view;
    this.#answers.append(view.element);
    return view;
  }

  #forget(generation: number): void {
    this.#generation = generation;
    this.#awaited = undefined;
    this.#end.restart();
    this.#isCut = false;
    moveFocus(this.#answers, this.#panel);
    this.#groups.clear();
    this.#answers.replaceChildren();
    this.#views.length = 0;
    this.#room.left = TEXTS_COST;
    for (const id of ['resultCopied', 'noEventRow', 'resultEnd']) setText(element(id), '');
  }

  #revealAwaited(): void {
    if (!this.#awaited || this.#panel.hidden) return;
    const [result, item] = this.#awaited;
    if (this.#views[result]?.reveal(item)) this.#awaited = undefined;
  }

  /** Marks the tab while there is a result that isn't shown: with a sign, and a word for those who can't see it. */
  #drawDot(): void {
    const hasResult = this.#summary?.protocol !== undefined && this.#summary.choice === 'auto';
    const isNew = hasResult && this.#panel.hidden === true;
    setText(element('resultNew'), isNew ? this.#options.strings.results.recognised : '');
    element('resultTab').classList.toggle('new', isNew);
  }

  #drawNote(): void {
    if (!this.#summary) return;
    const { results: strings } = this.#options.strings;
    const isWaiting = this.#isGone && this.#summary.choice !== 'off' && !isNamed(this.#summary);
    setText(element('resultNote'), isWaiting ? '' : noteOf(this.#summary, this.#views.length > 0, strings));
    setText(element('resultCut'), this.#isCut ? strings.cut : '');
    for (const id of ['openMarkdown', 'openResultJson']) element(id).hidden = this.#views.length === 0;
    setText(element('resultEnd'), this.#endText());
  }

  /** Returns how the latest answer has ended; empty while it may go on. */
  #endText(): string {
    const { results: strings } = this.#options.strings;
    const facts = this.#views.at(-1)?.facts;
    if (!facts || !this.#summary) return '';
    if (facts.problems.some(({ code }) => code === 'error' || code === 'blocked')) return strings.failed;
    if (facts.complete) return strings.complete;
    if (this.#summary.state === 'left' || (this.#isGone && this.#summary.state === 'open')) return strings.left;
    return this.#summary.state === 'ended' ? cutOffText(facts, strings) : '';
  }
}

/** Whether the protocol is one whose events aren't put together. */
function isNamed({ protocol, isAssembled, choice }: ResultSummary): boolean {
  return protocol !== undefined && !isAssembled && choice !== 'path';
}

/** Returns why there is no result; empty if there is one. */
function noteOf(summary: ResultSummary, hasAnswers: boolean, strings: InspectorStrings['results']): string {
  if (summary.choice === 'off') return strings.off;
  if (hasAnswers) return '';
  if (summary.choice === 'path') return strings.noValue;
  if (summary.protocol !== undefined)
    return summary.isAssembled ? strings.empty : format(strings.named, summary.protocol);
  return summary.isDecided || summary.state !== 'open' ? strings.none : strings.undecided;
}
