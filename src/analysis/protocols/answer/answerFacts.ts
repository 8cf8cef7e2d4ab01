import { ownText } from '../../../text/ownText';
import { fullText, type Maybe, numberIn } from '../json/json';
import { MAX_NAME, MAX_PATHS } from '../model/limits';
import type { ProtocolId } from '../model/protocol';
import type { ProtocolEvent } from '../model/protocolEvent';
import type { Addition, ProblemCode, ResultProblem, ResultUsage } from '../model/result';
import type { Budget } from './budget';

/** The stream that an answer is part of. */
export interface Surroundings {
  readonly budget: Budget;
  /** Event that is read now. */
  readonly event: ProtocolEvent;
  /** Takes note of a piece that the event adds. */
  added(addition: Addition): void;
}

/** Times of an answer's events and pieces, on their clock. */
export interface Times {
  first: number;
  last: number;
  events: number;
  /** Number of the last event. */
  lastEvent: number;
  firstText: number | undefined;
  lastText: number | undefined;
  /** Number of pieces of text, reasoning and arguments that aren't empty. */
  pieces: number;
}

/** Facts about an answer: how it is called, how it ended, how many tokens it took, and what is wrong. */
export class AnswerFacts {
  protocol: ProtocolId;
  readonly problems: ResultProblem[] = [];
  readonly usage: ResultUsage = {};
  readonly times: Times;
  model: string | undefined;
  stop: string | undefined;
  isComplete = false;
  /** Speed that the server says, in output tokens a second. */
  speed: number | undefined;
  protected readonly around: Surroundings;
  /** Weight of the paths that the event of that number has. */
  readonly #paths = { event: -1, count: 0 };
  /** Code and event of each problem. */
  readonly #noted = new Set<string>();

  constructor(protocol: ProtocolId, around: Surroundings) {
    [this.protocol, this.around] = [protocol, around];
    const { at, number } = around.event;
    const counted = { events: 0, pieces: 0, firstText: undefined, lastText: undefined };
    this.times = { first: at, last: at, lastEvent: number, ...counted };
  }

  /** Counts the event as one of this answer. */
  touch(): void {
    this.times.events += 1;
    this.times.last = this.around.event.at;
    this.times.lastEvent = this.around.event.number;
  }

  /** Notes a problem that the event shows; no more than once each. */
  problem(code: ProblemCode, event = this.around.event.number): void {
    const key = code === 'limit' ? code : `${code} ${event}`;
    // Events may have a hundred thousand of them.
    if (!this.around.budget.hasProblem || this.#noted.has(key)) return;
    this.#noted.add(key);
    if (this.around.budget.takeProblem()) this.problems.push({ code, event });
  }

  /**
   * Counts a path of the event, which may take long to follow. Returns whether there is room for it.
   * @param weight in paths of the longest that arguments may have. Default: 1
   */
  takePath(weight = 1): boolean {
    const { number } = this.around.event;
    if (this.#paths.event !== number) Object.assign(this.#paths, { event: number, count: 0 });
    this.#paths.count += weight;
    if (this.#paths.count > MAX_PATHS) this.problem('limit');
    return this.#paths.count <= MAX_PATHS;
  }

  setModel(model: Maybe): void {
    this.model = shortText(model) ?? this.model;
  }

  setStop(stop: Maybe): void {
    this.stop = shortText(stop) ?? this.stop;
  }

  /** Sets a figure of the usage, unless it is missing, null or no exact number: figures are cumulative. */
  count(figure: keyof ResultUsage, value: Maybe): void {
    const number = numberIn(value);
    // 1e300 would be shown in 400 digits.
    if (number !== undefined && Math.abs(number) <= Number.MAX_SAFE_INTEGER) this.usage[figure] = number;
  }

  protected noteText(): void {
    const { at } = this.around.event;
    this.times.firstText ??= at;
    this.times.lastText = at;
    this.times.pieces += 1;
  }
}

/** Returns a text that isn't empty, shortened. */
export function shortText(value: Maybe): string | undefined {
  const text = fullText(value);
  return text !== undefined && text.length > MAX_NAME ? ownText(text, MAX_NAME) : text;
}
