import type { ResultFacts, ResultStrings } from '../../../messages/results';
import { format, moveFocus, setText } from '../../shared/dom';
import { countText } from '../../shared/quantities';
import { cutOffText } from './cutOffText';

type Problem = ResultFacts['problems'][number];

export interface ProblemChipsOptions {
  strings: ResultStrings;
  /** Leads to the row of an event. */
  showEvent(number: number): void;
}

/** Problems of an answer as buttons: each leads to an event that shows it, and to the next one when it is pressed again. */
export class ProblemChips {
  readonly list = document.createElement('ul');
  readonly #options: ProblemChipsOptions;
  readonly #chips = new Map<string, { button: HTMLButtonElement; problem: Problem; next: number }>();

  constructor(options: ProblemChipsOptions) {
    this.#options = options;
    this.list.className = 'problems';
    this.list.ariaLabel = options.strings.problemsLabel;
    this.list.hidden = true;
  }

  /** @param focus gets the focus of a chip that goes */
  show(facts: ResultFacts, focus: HTMLElement): void {
    const { problems } = facts;
    this.list.hidden = problems.length === 0;
    for (const [code, { button }] of this.#chips) {
      if (problems.some((problem) => problem.code === code)) continue;
      moveFocus(button, focus);
      button.parentElement?.remove();
      this.#chips.delete(code);
    }
    for (const problem of problems) this.#show(problem, facts);
  }

  #show(problem: Problem, facts: ResultFacts): void {
    const { strings } = this.#options;
    const chip = this.#chips.get(problem.code) ?? this.#newChip(problem);
    chip.problem = problem;
    const text = problem.code === 'unfinished' ? cutOffText(facts, strings) : strings.problems[problem.code];
    const { length } = problem.events;
    setText(chip.button, length > 1 ? format(strings.problemTimes, text, countText(length)) : text);
  }

  #newChip(problem: Problem) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'chip';
    button.title = this.#options.strings.showEventOf;
    const chip = { button, problem, next: 0 };
    button.addEventListener('click', () => {
      const { events } = chip.problem;
      const event = events[chip.next % events.length];
      chip.next += 1;
      if (event !== undefined) this.#options.showEvent(event);
    });
    const item = document.createElement('li');
    item.append(button);
    this.list.append(item);
    this.#chips.set(problem.code, chip);
    return chip;
  }
}
