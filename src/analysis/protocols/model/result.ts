import type { Json } from '../json/json';
import type { ProtocolId } from './protocol';

/** The answer that a stream carries, as plain data: texts, tool calls, errors, and where it broke off. */
export interface StreamResult {
  protocol: ProtocolId;
  /** In the order in which they began; at most 10,000 in a stream, with 16 MB of text. */
  items: ResultItem[];
  usage: ResultUsage;
  /** Missing if the stream doesn't name it. */
  model?: string;
  /** Why it ended, in the protocol's word, such as `stop`, `tool_use` or `MAX_TOKENS`. */
  stop?: string;
  /** Whether the protocol's end mark has come. */
  complete: boolean;
  problems: ResultProblem[];
  timing: ResultTiming;
}

/**
 * A kind of item. `text`, `reasoning`: what a model says, and thinks · `tool`: a tool call; its output, where the stream has
 * it, is the `text` · `message`: a message of a protocol such as JSON-RPC · `document`: a state or a result that grows, as
 * JSON · `error`: its message is the `text`.
 */
export type ItemKind = 'text' | 'reasoning' | 'tool' | 'message' | 'document' | 'error';

export interface ResultItem {
  kind: ItemKind;
  text?: string;
  /** Name of the tool, or of the method or type of a message. */
  name?: string;
  /** Id that the stream gives it. That of a JSON-RPC message is JSON: `1` isn't `"1"`. */
  id?: string;
  /** Arguments of a tool call, params or result of a message, value of a document: JSON once it parses, else its text so far. */
  arguments?: Json;
  /** Numbers of the first and the last event that are about it; 0 for a request of our own, which came with no event. */
  events: [first: number, last: number];
}

/** Numbers of tokens, as the server says them. */
export interface ResultUsage {
  input?: number;
  output?: number;
  /** Part of the input that came from a cache. */
  cached?: number;
  /** Part of the output that was reasoning, or beside it, as the server counts. */
  reasoning?: number;
  total?: number;
}

/**
 * A kind of problem. `unfinished`: the stream ended without the protocol's end mark · `error`: the server reports an error
 * inside the stream · `toolError`: a tool failed · `arguments`: those of a tool call don't parse at the end · `blocked`: the
 * request was refused by a filter · `openBlock`: the last event has no blank line, so that a client drops it · `omitted`: an
 * event was too large to be kept · `notJson`: data that isn't JSON, or nested too deeply · `lost`: numbers say that events
 * are missing · `restarted`: an answer began before the one before it had ended · `afterEnd`: something came behind the end
 * mark · `patch`: a change that can't be made, so that the document stays as it was · `fragment`: a deferred part failed ·
 * `limit`: there was more than is kept.
 */
export type ProblemCode =
  | 'unfinished'
  | 'error'
  | 'toolError'
  | 'arguments'
  | 'blocked'
  | 'openBlock'
  | 'omitted'
  | 'notJson'
  | 'lost'
  | 'restarted'
  | 'afterEnd'
  | 'patch'
  | 'fragment'
  | 'limit';

/** Something wrong with an answer; at most 1,000 in a stream. */
export interface ResultProblem {
  code: ProblemCode;
  /** Number of the event that shows it. */
  event: number;
}

/** Times of an answer, in milliseconds. */
export interface ResultTiming {
  /** Time of its first event, on the clock of the events' `at`: usually since the request. */
  firstEventAfter: number;
  /** Time of its first text, reasoning or argument that isn't empty; missing if there is none. */
  firstTextAfter?: number;
  /** Time from its first event to its last. */
  duration: number;
  /** 0 if its events came at one time. */
  eventsPerSecond: number;
  /** Output tokens; missing if nothing tells how many, or if too few pieces came to tell. */
  tokensPerSecond?: number;
  /** Whether the server says that speed, or it is estimated from the events' arrivals. */
  tokensPerSecondBy?: 'server' | 'arrivals';
}

/** A piece that an event adds to an answer. */
export interface Addition {
  /** Number of the event. */
  event: number;
  /** Index of the result, and of the item in it; -1 if it isn't kept. */
  result: number;
  item: number;
  kind: ItemKind;
  /** Name of the item so far. */
  name?: string;
  /** Text or arguments that were added; empty for a tool call that got its name. */
  text: string;
  /** Whether it replaces all that the item had. */
  replaces?: true;
}
