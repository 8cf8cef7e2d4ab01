import { CR, LF } from './bytes';
import type { DirectionName } from './direction';
import { ScriptReader } from './scriptReader';

/** How many lines a file may have: it is read anew whenever it is saved. */
const MAX_LINES = 5_000_000;
/** So much is read at one go, in bytes, and what a line costs beside its bytes: it is about a millisecond. */
const STEP = 128 * 1024;
const LINE_COST = 256;

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

/** A file of an event stream, to be played: an event stream with directions, lines that begin with `:@`. */
export interface Script {
  /** The method that the stream is asked for with. */
  method: 'GET' | 'POST';
  steps: readonly Step[];
  /** By the ids that the file sets, without blanks around them. */
  resumePoints: ReadonlyMap<string, ResumePoint>;
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
  /** `direction`: what `direction` names takes something else; it is `unknown` where there is none of that name. */
  code:
    | 'direction'
    | 'loopWithoutWait'
    | 'methodNotFirst'
    | 'noLineBefore'
    | 'noConnection'
    | 'tooLong'
    | 'unknownField'
    | 'badRetry'
    | 'nulInId'
    | 'noBlankLine';
  direction?: DirectionName | 'unknown';
  /** The piece of the line that it is about. */
  text: string;
}

/** Reads a file. Lines end as those of an event stream do: with LF, CR or CRLF (WHATWG HTML §9.2.5). */
export function parseScript(file: Uint8Array): Script {
  const steps = parseScriptInSteps(file);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Reads a file as `parseScript` does, a millisecond or so at a time: between two steps, others may have their turn. */
export function* parseScriptInSteps(file: Uint8Array): Generator<undefined, Script> {
  const reader = new ScriptReader(file.length);
  let line = 0;
  let left = STEP;
  for (let start = 0; start < file.length && line <= MAX_LINES && !reader.isFull; line += 1) {
    let end = start;
    while (!isLineEnd(file, end)) {
      end = lineEnd(file, end, end + STEP);
      if (end - start >= STEP) yield;
    }
    const next = Math.min(end + (file[end] === CR && file[end + 1] === LF ? 2 : 1), file.length);
    const bytes = file.subarray(start, next);
    // To copy a hundred MB takes a while, too.
    if (bytes.length > STEP) yield* reader.copy(bytes, STEP);
    reader.read(bytes, end - start, line);
    left -= bytes.length + LINE_COST;
    if (left <= 0) {
      yield;
      left = STEP;
    }
    start = next;
  }
  return reader.finish(line, line > MAX_LINES || reader.isFull);
}

/** Whether a line ends there. */
function isLineEnd(file: Uint8Array, at: number): boolean {
  return at >= file.length || file[at] === LF || file[at] === CR;
}

/** Where the line ends that begins there, its line end not included; no further than that. */
function lineEnd(file: Uint8Array, start: number, max: number): number {
  let end = start;
  while (end < max && !isLineEnd(file, end)) end += 1;
  return end;
}
