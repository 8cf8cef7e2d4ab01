// Messages between extension and webview about what a stream says: the results of its protocol.
import type { GivenPath } from '../analysis/protocols/byPath';
import type { AssembledId } from '../analysis/protocols/model/protocol';
import type { ItemKind, ProblemCode, ResultTiming, ResultUsage } from '../analysis/protocols/model/result';

/** Kind of a choice of the protocol that a stream is read by: the one that is recognised, none, one that is named, or a path. */
export type ProtocolChoice = 'auto' | 'off' | AssembledId;

/** Facts that the page needs while it shows no results. */
export interface ResultSummary {
  /** Changes when results begin anew: with each request, each Clear and each choice of a protocol. */
  generation: number;
  choice: ProtocolChoice;
  /** JSON path that the user has given; undefined for any other choice. */
  path?: GivenPath | undefined;
  /** Name of the protocol that was recognised or chosen; undefined if there is none so far. */
  protocol?: string | undefined;
  /** Whether results of it are assembled; else it is only named. */
  isAssembled: boolean;
  /** Whether it is known which protocol it is, or that it is none. */
  isDecided: boolean;
  /** Milliseconds from the request until it was recognised; undefined if it wasn't. */
  recognisedAfter?: number | undefined;
  /** Whether events that came before a choice are read again. */
  isReading: boolean;
  /** `ended`: nothing comes any more; `left`: the user has disconnected. */
  state: 'open' | 'ended' | 'left';
}

/** Change of a text: all from the index `from` on is replaced. */
export interface TextChange {
  from: number;
  text: string;
}

/** New or changed item of a result. */
export interface ItemChange {
  index: number;
  kind: ItemKind;
  /** Part that a message has in JSON-RPC; `sent`: a request of our own. Undefined for anything else. */
  role?: 'sent' | 'request' | 'response' | 'notification' | undefined;
  name?: string | undefined;
  id?: string | undefined;
  events: [first: number, last: number];
  /** Undefined if unchanged. */
  text?: TextChange | undefined;
  /** Arguments or value, as pretty JSON once it is whole; undefined if unchanged. */
  value?: TextChange | undefined;
  /** Whether the value is whole. */
  isWhole: boolean;
  /** Whether the beginning alone of its texts is shown. */
  isCut: boolean;
}

/** Facts about a result beside its items. */
export interface ResultFacts {
  /** Proper name. */
  protocol: string;
  /** End mark of the protocol, as it stands in a stream; undefined if it has no name. */
  endMark?: string | undefined;
  model?: string | undefined;
  stop?: string | undefined;
  complete: boolean;
  usage: ResultUsage;
  timing: ResultTiming;
  /** By their code, each with the numbers of the events that show it. */
  problems: { code: ProblemCode; events: number[] }[];
}

/** New or changed result. */
export interface ResultChange {
  index: number;
  /** Undefined if unchanged. */
  facts?: ResultFacts | undefined;
  items: ItemChange[];
}

/** Messages from the extension to the inspector's page. */
export type ToResults =
  | { type: 'resultSummary'; summary: ResultSummary }
  /** Changes since the last such message. `isCut`: whether there is more than is shown. */
  | { type: 'results'; generation: number; changes: ResultChange[]; isCut: boolean }
  /** Text was copied to the clipboard, or wasn't. @param note for the user, in their language */
  | { type: 'resultCopied'; note: string }
  /** Row of the event that a `showEvent` asked for, or the nearest to it, by its position. */
  | { type: 'eventRow'; generation: number; place: number }
  /** There is no such row. @param reason in the user's language */
  | { type: 'noEventRow'; reason: string };

/** Messages from the inspector's page to the extension. */
export type FromResults =
  /** Whether the page shows the results, and so needs their changes. */
  | { type: 'watchResults'; isShown: boolean }
  | { type: 'chooseProtocol'; protocol: Exclude<ProtocolChoice, 'path'> }
  /** Has the values at a JSON path be the result. */
  | { type: 'choosePath'; path: GivenPath }
  /** Asks for the row of an event. */
  | { type: 'showEvent'; number: number }
  /** Copies the texts of a result. */
  | { type: 'copyResult'; result: number }
  /** Copies an item: a tool call or another value as JSON, else its text. */
  | { type: 'copyItem'; result: number; item: number }
  /** Opens all results in an editor. */
  | { type: 'openResults'; format: 'markdown' | 'json' };

/** Texts of the page, in the user's language. `{0}` stands for a number, a quantity or a name. */
export interface ResultStrings {
  kinds: Record<ItemKind, string>;
  problems: Record<ProblemCode, string>;
  /** Problem `{0}` of `{1}` events. */
  problemTimes: string;
  problemsLabel: string;
  showEventOf: string;
  /** Heading of the answer `{0}`. */
  answer: string;
  /** Leads to the event or events `{0}`. */
  toEvents: string;
  showEvent: string;
  /** Title of a folded text of `{0}` characters. */
  characters: string;
  request: string;
  /** A request that was sent to the server, in the body of our own. */
  sent: string;
  response: string;
  notification: string;
  copyText: string;
  copyCall: string;
  copyJson: string;
  model: string;
  stop: string;
  input: string;
  output: string;
  cached: string;
  reasoning: string;
  total: string;
  firstEvent: string;
  firstText: string;
  duration: string;
  eventRate: string;
  tokenRateByServer: string;
  tokenRateByArrivals: string;
  /** State of the results. */
  none: string;
  undecided: string;
  off: string;
  /** The protocol `{0}` is recognised, and not assembled. */
  named: string;
  empty: string;
  /** No value at the path that the user has given. */
  noValue: string;
  /** The text is no path. */
  badPath: string;
  complete: string;
  cutOff: string;
  /** Ended without the end mark `{0}`. */
  cutOffWithout: string;
  failed: string;
  left: string;
  /** For screen readers, beside the tab's name. */
  recognised: string;
  cut: string;
  /** The choice of a protocol: the recognised one is `{0}`. */
  detected: string;
  detecting: string;
}
