import { BadDirectionError, type DirectionName, readDirection } from './direction';
import { readField } from './parse';
import { ScriptBuilder } from './scriptBuilder';

/** How many steps a script may have: what it takes of memory is bounded so. */
const MAX_STEPS = 1_000_000;
/** So many problems are told, and no more. */
const MAX_PROBLEMS = 1000;
/** And so many lines: it is read at one go. */
const MAX_LINES = 5_000_000;
/** A line is read as text up to so many bytes: a direction, or a field but for data, is hardly longer. */
const MAX_READ = 16 * 1024;

const LF = 10;
const CR = 13;
const COLON = 58;
const AT = 64;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/** What is played at one place of a file. */
export type Step = {
  /** When, in milliseconds from the beginning: all pauses before it. */
  offset: number;
  /** The line of the file that it begins in, from 0. */
  line: number;
} & (SendStep | FaultStep | StatusStep | { kind: 'loop' });

export interface SendStep {
  kind: 'send';
  bytes: Uint8Array;
  /** How many events of the file have ended with it. */
  events: number;
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
  /** Up to this index faults are passed over: one of them is what ended the connection before. */
  faultsFrom: number;
}

/** A file of an event stream, to be played: an event stream with directions, lines that begin with `:@`. */
export interface Script {
  /** The method that the stream is asked for with. */
  method: 'GET' | 'POST';
  steps: readonly Step[];
  /** By the ids that the file sets. */
  resumePoints: ReadonlyMap<string, ResumePoint>;
  /** How many events it has. */
  events: number;
  /** All its pauses, in milliseconds. */
  duration: number;
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
  const reader = new ScriptReader();
  let line = 0;
  for (let start = 0; start < file.length && line <= MAX_LINES && !reader.isFull; line += 1) {
    const end = lineEnd(file, start);
    const next = end + (file[end] === CR && file[end + 1] === LF ? 2 : 1);
    reader.read(file.subarray(start, Math.min(next, file.length)), end - start, line);
    start = next;
  }
  return reader.finish(line, line > MAX_LINES || reader.isFull);
}

/** Reads a file's lines one by one. */
class ScriptReader {
  readonly #builder = new ScriptBuilder();
  readonly #problems: Problem[] = [];
  // Else it would take a byte order mark off each line.
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  #method: 'GET' | 'POST' = 'GET';

  /** There are more steps than may be. */
  get isFull(): boolean {
    return this.#builder.steps.length >= MAX_STEPS;
  }

  /** @param size of it without its line end */
  read(bytes: Uint8Array, size: number, line: number): void {
    const mark = BYTE_ORDER_MARK.every((byte, index) => bytes[index] === byte) ? BYTE_ORDER_MARK.length : 0;
    if (bytes[mark] !== COLON || bytes[mark + 1] !== AT) {
      this.#readLine(bytes, size, line);
    } else if (bytes[mark + 2] === AT) {
      const unescaped = new Uint8Array(bytes.length - 1);
      unescaped.set(bytes.subarray(0, mark + 1));
      unescaped.set(bytes.subarray(mark + 2), mark + 1);
      this.#builder.addLine(unescaped, size - 1, ':', line);
    } else {
      this.#readDirection(this.#decoder.decode(bytes.subarray(mark + 2, Math.min(size, MAX_READ))), line);
    }
  }

  /** @param lines how many there were @param tooLong whether there are more */
  finish(lines: number, tooLong: boolean): Script {
    this.#builder.finish();
    const { steps, resumePoints, events, offset, isUnfinished } = this.#builder;
    if (isUnfinished) this.#warn('noBlankLine', lines - 1, 0, '');
    if (tooLong) this.#refuse({ code: 'tooLong', text: '' }, lines - 1, 0);
    return { method: this.#method, steps, resumePoints, events, duration: offset, problems: this.#problems };
  }

  #readLine(bytes: Uint8Array, size: number, line: number): void {
    // Data may be long, and has nothing to be checked.
    const read = this.#decoder.decode(bytes.subarray(0, Math.min(size, MAX_READ)));
    const text = this.#builder.isAtBeginning ? read.replace(/^\ufeff/, '') : read;
    this.#builder.addLine(bytes, size, text, line);
    if (text === '' || text.startsWith(':')) return;
    const { name, value } = readField(text);
    if (!['data', 'event', 'id', 'retry'].includes(name)) this.#warn('unknownField', line, 0, name);
    else if (name === 'retry' && !/^[0-9]+$/.test(value))
      this.#warn('badRetry', line, text.length - value.length, value);
    else if (name === 'id' && value.includes('\0')) this.#warn('nulInId', line, text.length - value.length, value);
  }

  #readDirection(text: string, line: number): void {
    try {
      this.#follow(readDirection(text), line, text);
    } catch (error) {
      if (!(error instanceof BadDirectionError)) throw error;
      const { direction, start, end } = error;
      this.#refuse({ code: 'direction', direction, text: text.slice(start, end) }, line, start + 2);
    }
  }

  #follow(direction: ReturnType<typeof readDirection>, line: number, text: string): void {
    const builder = this.#builder;
    const column = 2 + text.length - text.trimStart().length;
    const name = text.trim();
    switch (direction.name) {
      case 'wait':
        builder.wait(direction.milliseconds);
        break;
      case 'method':
        if (builder.isEmpty) this.#method = direction.method;
        else this.#refuse({ code: 'methodNotFirst', text: name }, line, column);
        break;
      case 'loop':
        if (builder.offset < 1) this.#refuse({ code: 'loopWithoutWait', text: name }, line, column);
        else builder.add({ kind: 'loop' }, line);
        break;
      case 'connection':
        builder.beginConnection();
        break;
      case 'no-newline':
        if (!builder.cutLineEnd()) this.#refuse({ code: 'noLineBefore', text: name }, line, column);
        break;
      case 'status':
        builder.add({ kind: 'status', status: direction.status, retryAfter: direction.retryAfter }, line);
        break;
      default:
        builder.add({ kind: direction.name }, line);
    }
  }

  #warn(code: Problem['code'], line: number, column: number, text: string): void {
    this.#tell({ severity: 'warning', code, line, column, endColumn: column + text.length, text });
  }

  #refuse(problem: Pick<Problem, 'code' | 'direction' | 'text'>, line: number, column: number): void {
    this.#tell({ severity: 'error', ...problem, line, column, endColumn: column + problem.text.length });
  }

  #tell(problem: Problem): void {
    if (this.#problems.length < MAX_PROBLEMS) this.#problems.push(problem);
  }
}

/** Where the line ends that begins there, its line end not included. */
function lineEnd(file: Uint8Array, start: number): number {
  let end = start;
  while (end < file.length && file[end] !== LF && file[end] !== CR) end += 1;
  return end;
}
