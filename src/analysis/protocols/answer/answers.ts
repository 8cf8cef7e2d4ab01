import type { Maybe } from '../json/json';
import { MAX_RESULTS } from '../model/limits';
import type { ProtocolId } from '../model/protocol';
import type { ProtocolEvent } from '../model/protocolEvent';
import type { Addition } from '../model/result';
import { Answer } from './answer';
import type { Surroundings } from './answerFacts';
import { Budget } from './budget';

const NO_EVENT: ProtocolEvent = { number: 0, at: 0, event: 'message', data: '' };

/** All answers of a stream, of which the last one grows. */
export class Answers implements Surroundings {
  readonly budget = new Budget();
  /** Event that is read now. */
  event = NO_EVENT;
  /** Body of the request as JSON; undefined if there is none. */
  readonly sent: Maybe;
  readonly #protocol: ProtocolId;
  readonly #list: Answer[] = [];
  #additions: Addition[] = [];

  /** @param sent body of the request, if it is JSON; undefined if not */
  constructor(protocol: ProtocolId, sent?: Maybe) {
    [this.#protocol, this.sent] = [protocol, sent];
  }

  get list(): readonly Answer[] {
    return this.#list;
  }

  /** Whether an answer has begun. */
  get hasBegun(): boolean {
    return this.#list.length > 0;
  }

  /** Answer that grows; it begins with the event, if none has begun. */
  get current(): Answer {
    return this.#list.at(-1) ?? this.begin();
  }

  /** Ends the current answer and begins another. Behind too many, the last one grows on. */
  begin(): Answer {
    const last = this.#list.at(-1);
    if (last && this.#list.length === MAX_RESULTS) {
      last.problem('limit');
      return last;
    }
    last?.close();
    const answer = new Answer(this.#protocol, this, this.#list.length);
    this.#list.push(answer);
    return answer;
  }

  added(addition: Addition): void {
    this.#additions.push(addition);
  }

  /** Returns the pieces since the last call. */
  takeAdditions(): Addition[] {
    const additions = this.#additions;
    this.#additions = [];
    return additions;
  }
}
