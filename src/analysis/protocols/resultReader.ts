import { Answers } from './answer/answers';
import { resultOf } from './answer/resultOf';
import { ASSEMBLIES, type Assembly, assembly } from './assemblers';
import { byPath } from './byPath';
import type { Maybe } from './json/json';
import type { PathStep } from './json/jsonPath';
import { isParsed, parseJson } from './json/parseJson';
import { isAssembled, type ProtocolId } from './model/protocol';
import type { ProtocolEvent, ResponseFacts } from './model/protocolEvent';
import type { Addition, StreamResult } from './model/result';
import { byFacts } from './recognise/byFacts';
import { byEvent } from './recognise/recognise';

/** Number of events, and size of their data, in which a protocol must show itself. */
const [MAX_TRIED, MAX_TRIED_SIZE] = [100, 1024 * 1024];

/** Options of a reader of results. */
export interface ResultOptions {
  /** Facts about the response. Default: none. */
  head?: ResponseFacts | undefined;
  /** Body of the request, of which JSON-RPC's requests stand beside their responses. Default: none. */
  sent?: string | undefined;
  /** Protocol, which isn't recognised then. Default: the one that is recognised. */
  protocol?: ProtocolId | undefined;
  /** JSON path of the values to add up, or of which the last one counts; then no protocol is recognised. Default: none. */
  path?: { steps: readonly PathStep[]; isAppended: boolean } | undefined;
}

/** Reads what a stream's events say: recognises the protocol by the first ones, and assembles its answers. Never throws. */
export class ResultReader {
  readonly #head: ResponseFacts;
  readonly #sent: string | undefined;
  #protocol: ProtocolId | undefined;
  #answers: Answers | undefined;
  #assembly: Assembly | undefined;
  /** Events that fit several protocols, until one is recognised. */
  #undecided: ProtocolEvent[] = [];
  #tried = 0;
  #triedSize = 0;
  #isEnded = false;

  constructor({ head = {}, sent, protocol, path }: ResultOptions = {}) {
    [this.#head, this.#sent] = [head, sent];
    if (path) this.#use('path', (answers) => assembly(byPath(path.steps, path.isAppended), answers));
    else if (protocol) this.#choose(protocol);
    else this.#choose(byFacts(head));
  }

  /** Protocol that was recognised or given; undefined if none was. */
  get protocol(): ProtocolId | undefined {
    const { list = [] } = this.#answers ?? {};
    // Only later messages tell which protocol on JSON-RPC it is.
    return list.at(-1)?.protocol ?? this.#protocol;
  }

  /** Whether a protocol may still be recognised. */
  get isUndecided(): boolean {
    return (
      this.#protocol === undefined && this.#tried < MAX_TRIED && this.#triedSize < MAX_TRIED_SIZE && !this.#isEnded
    );
  }

  /** Reads the next event. @returns the pieces that it adds, and those of events before it that were undecided */
  add(event: ProtocolEvent): Addition[] {
    if (this.#isEnded) return [];
    if (this.#assembly) return this.#assemble(this.#assembly, event, jsonIn(event));
    if (!this.isUndecided) return [];
    const value = jsonIn(event);
    const found = byEvent(this.#head, event, value, this.#undecided);
    if (found !== 'no' && found !== 'undecided') {
      this.#choose(found);
      return [...this.#catchUp(), ...(this.#assembly ? this.#assemble(this.#assembly, event, value) : [])];
    }
    this.#tried += 1;
    this.#triedSize += event.data.length;
    if (found === 'undecided') this.#undecided.push(event);
    if (!this.isUndecided) this.#undecided = [];
    return [];
  }

  /** Ends the stream: answers that have no end mark are unfinished. May be called more than once. */
  end(): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#undecided = [];
    if (this.#answers?.hasBegun) this.#assembly?.end();
  }

  /**
   * Returns the results so far; none if no protocol is recognised, or if its results aren't assembled.
   * @param most maximum number of items in all results together, the first ones. Default: all
   * @param longest maximum length of a text; of a longer one, the beginning. Default: all of it
   */
  results(most = Number.POSITIVE_INFINITY, longest = Number.POSITIVE_INFINITY): StreamResult[] {
    let room = most;
    return (this.#answers?.list ?? []).map((answer) => {
      const result = resultOf(answer, room, longest);
      room -= result.items.length;
      return result;
    });
  }

  /** Returns all results so far, which later events don't change: of a JSON value, these change a copy. */
  lastingResults(): StreamResult[] {
    for (const { items } of this.#answers?.list ?? []) for (const item of items) item.isLent = true;
    return this.results();
  }

  #choose(protocol: ProtocolId | undefined): void {
    this.#protocol = protocol;
    if (protocol !== undefined && isAssembled(protocol) && protocol !== 'path')
      this.#use(protocol, ASSEMBLIES[protocol]);
  }

  #use(protocol: ProtocolId, begin: (answers: Answers) => Assembly): void {
    this.#protocol = protocol;
    this.#answers = new Answers(protocol, this.#sent === undefined ? undefined : parseJson(this.#sent));
    this.#assembly = begin(this.#answers);
  }

  /** Reads the events that were undecided. */
  #catchUp(): Addition[] {
    const events = this.#undecided;
    this.#undecided = [];
    return events.flatMap((event) => (this.#assembly ? this.#assemble(this.#assembly, event, jsonIn(event)) : []));
  }

  #assemble(assembly: Assembly, event: ProtocolEvent, value: Maybe): Addition[] {
    const answers = this.#answers;
    if (!answers) return [];
    answers.event = event;
    const before = answers.list.at(-1);
    const wasComplete = before?.isComplete ?? false;
    assembly.add(event, value);
    const additions = answers.takeAdditions();
    const answer = answers.list.at(-1);
    if (!answer) return additions;
    answer.touch();
    if (event.isOpen) answer.problem('openBlock');
    if (event.omitted) answer.problem('omitted');
    // An open one is seldom whole.
    else if (value === undefined && !event.isOpen && !assembly.takesText && !isMark(event))
      answer.problem(isParsed(event.data) ? 'notJson' : 'omitted');
    if (wasComplete && answer === before && additions.length > 0 && !assembly.goesOn) answer.problem('afterEnd');
    return additions;
  }
}

/** Data of which a part was left out is no JSON. */
function jsonIn({ data, omitted }: ProtocolEvent): Maybe {
  return omitted ? undefined : parseJson(data);
}

/** Whether data may stand for no JSON in any protocol: nothing, or `[DONE]`. */
function isMark({ data }: ProtocolEvent): boolean {
  return data.length < 100 && /^\s*(?:\[DONE\].*)?\s*$/.test(data);
}
