import type { RandomPause } from './delays';
import type { DirectiveName } from './directive';
import type { AskedNames, StepFills } from './fill/fill';
import type { IdTemplate } from './fill/idTemplate';
import type { PlaceName } from './fill/place';
import type { ScriptReply } from './scriptReply';

/** A step of a script. */
export type Step = {
  /** Time from the script's beginning, in milliseconds: the sum of all pauses before it. */
  offset: number;
  /** The file's line in which it begins, from 0. */
  line: number;
  /** Number of the script's events that have ended with or before this step. */
  events: number;
  /** Index of the step in which the event begins that is open after this one; -1 if none is. */
  openFrom: number;
} & (SendStep | FaultStep | StatusStep | { kind: 'loop' });

export interface SendStep {
  kind: 'send';
  bytes: Uint8Array;
  /** Whether a block ends with it: published events may be sent after it. */
  closed: boolean;
  /** Whether its event was cut off by the end of a recorded connection: clients that resume don't get it. */
  cutOff: boolean;
  /** Its places; undefined if it has none. */
  fills?: StepFills;
}

export interface FaultStep {
  kind: 'drop' | 'reset' | 'end' | 'stall';
}

export interface StatusStep {
  kind: 'status';
  status: number;
  /** `Retry-After`, in seconds. */
  retryAfter: number | undefined;
  /** Body of the refusal; undefined if a sentence of ours is sent. */
  body?: string | undefined;
}

/** The position at which a client resumes after an id. */
export interface ResumePoint {
  /** Index of the step after the block that sets the id. */
  index: number;
  /**
   * Index before which faults are skipped, as one of them has ended the previous connection: the end of the next block
   * that sets an id. If the file sets this id several times, the block after the last of them counts. Without this, a
   * client that comes with the same id again would run into the same fault forever.
   */
  faultsFrom: number;
}

/** Positions at which clients resume after ids with the number of the event, by that number in its round, from 1. */
export interface NumberedPoints extends IdTemplate {
  points: ReadonlyMap<number, ResumePoint>;
}

/** A parsed `.sse` file: an event stream with directives, which are lines that begin with `:@`. */
export interface Script {
  /** The method of requests for the stream. */
  method: 'GET' | 'POST';
  reply: ScriptReply;
  steps: readonly Step[];
  /** The pauses with a random part, in order; their other part is in the steps' offsets. */
  randomPauses: readonly RandomPause[];
  /** Resume points by the ids that the file sets, without surrounding whitespace. */
  resumePoints: ReadonlyMap<string, ResumePoint>;
  /** Resume points of the ids that have the event's number in them, in the order of the file. */
  numberedPoints: readonly NumberedPoints[];
  /** Indexes of the steps after the blocks that set an id, in ascending order. */
  idSteps: readonly number[];
  /** The types of its events except `message`, at most 100. */
  eventTypes: ReadonlySet<string>;
  /** Indexes of the steps of kind `loop`, `drop`, `reset`, `end` and `stall`. */
  faults: readonly number[];
  /** Index after the last status before any fault or event field; these statuses refuse the first requests. 0 if none. */
  refusalsEnd: number;
  /** Index of the first `loop`; undefined if the file has none. */
  loop: number | undefined;
  /** Index of the `end` after which no event follows, which ends the stream for every client; undefined if there is none. */
  end: number | undefined;
  /** Line of the first pause or stall, if nothing is sent before it; undefined if something is, or there is none. */
  silentAt: number | undefined;
  /** Values of a request that its places ask for; undefined if no places are filled in. */
  fill: AskedNames | undefined;
  /** Whether its conditions or its places need the request's body. */
  readsBody: boolean;
  /** Number of events. */
  events: number;
  /** Sum of all pauses, in milliseconds, without their random parts. */
  duration: number;
  /** Estimated memory, in bytes; rather too high than too low. */
  memory: number;
  /** Errors and warnings. A script with an error must not be played. */
  problems: readonly Problem[];
}

/** An error or a warning in a `.sse` file. Lines and columns count from 0, columns in UTF-16 code units. */
export interface Problem {
  severity: 'error' | 'warning';
  line: number;
  column: number;
  endColumn: number;
  /** Kind of problem. With `directive`, the directive named by that field is unknown or malformed. */
  code:
    | 'directive'
    | 'loopWithoutWait'
    | 'notFirst'
    | 'tooManyHeaders'
    | 'tooManyConditions'
    | 'bodyWithoutStatus'
    | 'cutTooFar'
    | 'cutInPlace'
    | 'place'
    | 'placeInName'
    | 'placeInId'
    | 'tooManyPlaces'
    | 'longDirective'
    | 'noLineBefore'
    | 'noConnection'
    | 'tooLong'
    | 'unknownField'
    | 'badRetry'
    | 'nulInId'
    | 'noBlankLine';
  directive?: DirectiveName | 'unknown' | undefined;
  /** With the code `place`, the place that is unknown or malformed. */
  place?: PlaceName | 'unknown' | undefined;
  /** The part of the line that has the problem. */
  text: string;
}
