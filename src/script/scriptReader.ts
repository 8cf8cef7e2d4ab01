import { AT, COLON, hasMark, MARK_SIZE } from '../stream/bytes';
import { FIELD_NAMES, readField } from '../stream/parse';
import { BadDirectiveError, type Directive, readDirective } from './directive';
import type { Problem, Script } from './script';
import { ScriptBuilder } from './scriptBuilder';

/** How many steps a script may have: what it takes of memory is bounded so. */
const MAX_STEPS = 1_000_000;
/** So many problems of each severity are told, and no more. */
const MAX_PROBLEMS = 1000;
/** A line is read as text up to so many bytes: a directive, or a field but for data, is hardly longer. */
const MAX_READ = 16 * 1024;

/** Memory that a step takes beside its bytes, and a place to resume at beside its id, in bytes, as measured on Node 24. */
const STEP_MEMORY = 250;
const POINT_MEMORY = 120;
const BYTES_OF_CHARACTER = 2;

/** `data:` */
const DATA = [0x64, 0x61, 0x74, 0x61, 0x3a];

/** Reads a file's lines one by one. */
export class ScriptReader {
  readonly #builder: ScriptBuilder;
  readonly #problems: Problem[] = [];
  readonly #told = { error: 0, warning: 0 };
  // Else it would take a byte order mark off each line.
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  readonly #size: number;
  /** Length of all lines that set an id and of all texts of problems, in UTF-16 code units. */
  #textSize = 0;
  #method: 'GET' | 'POST' = 'GET';
  #silentAt: number | undefined;
  /** The directive that says that the line before has no end. */
  #cut: { line: number; column: number; text: string } | undefined;

  /** @param size of the file */
  constructor(size: number) {
    this.#size = size;
    this.#builder = new ScriptBuilder(size);
  }

  /** There are more steps than may be. */
  get isFull(): boolean {
    return this.#builder.steps.length > MAX_STEPS;
  }

  /** @param size of it without its line end */
  read(bytes: Uint8Array, size: number, line: number): void {
    const mark = hasMark(bytes) ? MARK_SIZE : 0;
    if (bytes[mark] !== COLON || bytes[mark + 1] !== AT) {
      this.#readLine(bytes, size, line);
    } else if (bytes[mark + 2] === AT) {
      this.#readLine(bytes, size, line, mark + 1);
    } else {
      const text = this.#decoder.decode(bytes.subarray(mark + 2, Math.min(size, MAX_READ)));
      this.#readDirective(text, line, 2 + columnsOf(mark > 0, line));
    }
  }

  /** Copies a line piece by piece, before it is read. */
  *copy(bytes: Uint8Array, size: number): Generator<undefined> {
    const mark = hasMark(bytes) ? MARK_SIZE : 0;
    const isDirection = bytes[mark] === COLON && bytes[mark + 1] === AT;
    if (isDirection && bytes[mark + 2] !== AT) return;
    yield* this.#builder.copy({ bytes, skipped: isDirection ? mark + 1 : -1 }, size);
  }

  /** @param lines how many there were @param tooLong whether there are more */
  finish(lines: number, tooLong: boolean): Script {
    const builder = this.#builder;
    builder.finish();
    const { steps, faults, resumePoints, idSteps, eventTypes, top, loop, end, events, offset, unfinishedLine } =
      builder;
    if (tooLong) this.#refuse({ code: 'tooLong', text: '' }, lines - 1, 0);
    else if (unfinishedLine !== undefined) this.#warn('noBlankLine', unfinishedLine, 0, '');
    return {
      method: this.#method,
      steps,
      faults,
      resumePoints,
      idSteps,
      eventTypes: eventTypes.all,
      refusalsEnd: top.refusalsEnd,
      loop,
      end,
      silentAt: this.#silentAt,
      events,
      duration: offset,
      memory:
        this.#size +
        steps.length * STEP_MEMORY +
        resumePoints.size * POINT_MEMORY +
        this.#textSize * BYTES_OF_CHARACTER,
      problems: this.#problems,
    };
  }

  /** @param skipped where the byte is that isn't of the line, near its beginning; -1: all are */
  #readLine(bytes: Uint8Array, size: number, line: number, skipped = -1): void {
    const whole = this.#textOf(bytes, size);
    const read = skipped < 0 ? whole : whole.replace('@', '');
    const marked = this.#builder.isAtBeginning && read.startsWith('\ufeff');
    const text = marked ? read.slice(1) : read;
    this.#checkCut();
    if (text.startsWith('id')) this.#textSize += text.length;
    this.#builder.addLine({ bytes, size, text, line, skipped });
    if (text !== '' && !text.startsWith(':')) this.#checkField(text, line, columnsOf(marked, line));
  }

  /** The line; of a long one, of a comment and of data, which may be anything, only the beginning. */
  #textOf(bytes: Uint8Array, size: number): string {
    if (bytes[0] === COLON) return ':';
    return DATA.every((byte, index) => bytes[index] === byte)
      ? 'data:'
      : this.#decoder.decode(bytes.subarray(0, Math.min(size, MAX_READ)));
  }

  #checkField(text: string, line: number, start: number): void {
    const { name, value } = readField(text);
    const column = start + text.length - value.length;
    if (!FIELD_NAMES.includes(name)) this.#warn('unknownField', line, start, name);
    else if (name === 'retry' && !/^[0-9]+$/.test(value)) this.#warn('badRetry', line, column, value);
    else if (name === 'id' && value.includes('\0')) this.#warn('nulInId', line, column, value);
  }

  /** @param text what stands behind `:@`, which ends at that column */
  #readDirective(text: string, line: number, column: number): void {
    // With an error the file isn't played, and no more of them are told.
    if (this.#told.error >= MAX_PROBLEMS) return;
    try {
      this.#follow(readDirective(text), line, column + text.length - text.trimStart().length, text.trim());
    } catch (error) {
      if (!(error instanceof BadDirectiveError)) throw error;
      const { directive, start, end } = error;
      this.#refuse({ code: 'directive', directive, text: text.slice(start, end) }, line, column + start);
    }
  }

  #follow(directive: Directive, line: number, column: number, text: string): void {
    const builder = this.#builder;
    const isSilent = directive.name === 'wait' ? directive.milliseconds > 0 : directive.name === 'stall';
    if (isSilent && builder.isEmpty && builder.faults.length === 0) this.#silentAt ??= line;
    // A pause before a status of the top is over for who isn't refused.
    if (directive.name === 'status' && !builder.top.isOver) this.#silentAt = undefined;
    switch (directive.name) {
      case 'wait':
        builder.wait(directive.milliseconds);
        break;
      case 'method':
        if (builder.isEmpty) this.#method = directive.method;
        else this.#refuse({ code: 'methodNotFirst', text }, line, column);
        break;
      case 'loop':
        this.#checkCut();
        if (builder.offset < 1) this.#refuse({ code: 'loopWithoutWait', text }, line, column);
        else builder.add({ kind: 'loop' }, line);
        break;
      case 'connection':
        builder.beginConnection();
        break;
      case 'no-newline':
        if (builder.cutLineEnd()) this.#cut = { line, column, text };
        else this.#refuse({ code: 'noLineBefore', text }, line, column);
        break;
      case 'status':
        builder.add({ kind: 'status', status: directive.status, retryAfter: directive.retryAfter }, line);
        break;
      default:
        builder.add({ kind: directive.name }, line);
    }
  }

  /** Something is to be sent: where the line before has no end, that would stand in it. */
  #checkCut(): void {
    if (!this.#builder.isCut || !this.#cut) return;
    const { line, column, text } = this.#cut;
    this.#refuse({ code: 'noConnection', text }, line, column);
    this.#cut = undefined;
  }

  #warn(code: Problem['code'], line: number, column: number, text: string): void {
    this.#tell({ severity: 'warning', code, line, column, endColumn: column + text.length, text });
  }

  #refuse(problem: Pick<Problem, 'code' | 'directive' | 'text'>, line: number, column: number): void {
    this.#tell({ severity: 'error', ...problem, line, column, endColumn: column + problem.text.length });
  }

  #tell(problem: Problem): void {
    this.#told[problem.severity] += 1;
    if (this.#told[problem.severity] > MAX_PROBLEMS) return;
    // A part of a line's text would hold the whole.
    this.#problems.push({ ...problem, text: copyOf(problem.text) });
    this.#textSize += problem.text.length;
  }
}

/** How many columns a byte order mark takes: none at the beginning of a file, where editors don't show it. */
function columnsOf(marked: boolean, line: number): number {
  return marked && line > 0 ? 1 : 0;
}

/** Returns an equal text that is no slice of a larger one, which it would keep in memory. */
function copyOf(text: string): string {
  return JSON.parse(JSON.stringify(text)) as string;
}
