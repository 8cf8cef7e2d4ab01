import type { DirectiveName } from './directive';

/** What is played at one place of a file. */
export type Step = {
  /** When, in milliseconds from the beginning: all pauses before it. */
  offset: number;
  /** The line of the file that it begins in, from 0. */
  line: number;
  /** How many events of the file have ended with it. */
  events: number;
  /** The index of the step in which the event begins that is open behind it; -1: none is. */
  openFrom: number;
} & (SendStep | FaultStep | StatusStep | { kind: 'loop' });

export interface SendStep {
  kind: 'send';
  bytes: Uint8Array;
  /** Whether a block of lines ends with it: what isn't of the file may be sent behind it. */
  closed: boolean;
  /** Whether it belongs to an event that the end of a recorded connection cut off: it isn't for a client that resumes. */
  cutOff: boolean;
}

export interface FaultStep {
  kind: 'drop' | 'reset' | 'end' | 'stall';
}

export interface StatusStep {
  kind: 'status';
  status: number;
  /** In seconds. */
  retryAfter: number | undefined;
}

/** Where a client goes on that has seen an event. */
export interface ResumePoint {
  /** The index of the step behind the block that sets the id. */
  index: number;
  /**
   * Up to this index faults are passed over: one of them is what ended the connection before. It is that behind the next
   * block that sets an id; of an id that the file sets again, the one next to the last that does. Else, with the same
   * id again, a client would come to the same fault for ever.
   */
  faultsFrom: number;
}

/** A file of an event stream, to be played: an event stream with directives, lines that begin with `:@`. */
export interface Script {
  /** The method that the stream is asked for with. */
  method: 'GET' | 'POST';
  steps: readonly Step[];
  /** By the ids that the file sets, without blanks around them. */
  resumePoints: ReadonlyMap<string, ResumePoint>;
  /** The indexes of the steps behind the blocks that set an id, in their order. */
  idSteps: readonly number[];
  /** The types that its events are given beside `message`, at most 100. */
  eventTypes: ReadonlySet<string>;
  /** The indexes of all steps that neither send nor are a status. */
  faults: readonly number[];
  /** The index behind the last status that stands before any fault and any field of an event: they refuse the first requests. 0: none. */
  refusalsEnd: number;
  /** The index of the first `loop`. None where the file has none. */
  loop: number | undefined;
  /** The index of the `end` behind which there is no event: the stream's end, for each client. None where the file has none. */
  end: number | undefined;
  /** The line of the first pause or stall, if nothing is sent before it; undefined if something is, or there is none. */
  silentAt: number | undefined;
  /** How many events it has. */
  events: number;
  /** All its pauses, in milliseconds. */
  duration: number;
  /** About how much memory it takes, in bytes; rather more than less. */
  memory: number;
  /** What is wrong with it; with an error, it isn't to be played. */
  problems: readonly Problem[];
}

/** Lines and columns from 0, columns in UTF-16 code units. */
export interface Problem {
  severity: 'error' | 'warning';
  line: number;
  column: number;
  endColumn: number;
  /** `directive`: what `directive` names takes something else; it is `unknown` where there is none of that name. */
  code:
    | 'directive'
    | 'loopWithoutWait'
    | 'methodNotFirst'
    | 'noLineBefore'
    | 'noConnection'
    | 'tooLong'
    | 'unknownField'
    | 'badRetry'
    | 'nulInId'
    | 'noBlankLine';
  directive?: DirectiveName | 'unknown';
  /** The piece of the line that it is about. */
  text: string;
}
