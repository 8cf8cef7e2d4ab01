import type { Maybe } from '../json/json';
import type { ProtocolEvent } from '../model/protocolEvent';
import type { Answers } from './answers';

/** Assembler of a protocol: a function that reads one event after the other, into the answers. It never throws. */
export interface Assembler<State> {
  /** Returns the state before the first event. */
  start(answers: Answers): State;
  /** Reads an event. @param value its data as JSON; undefined if that isn't JSON */
  add(state: State, event: ProtocolEvent, value: Maybe): void;
  /** Ends the last answer, as the stream has ended. */
  end(state: State): void;
  /** Whether data may be something else than JSON, such as empty. Default: no. */
  takesText?: boolean;
}
