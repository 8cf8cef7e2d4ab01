import { AT, COLON, hasMark, MARK_SIZE } from '../stream/bytes';
import { FIELD_NAMES, readField } from '../stream/field';
import { ProblemList } from './build/problemList';
import { ReplyBuilder } from './build/replyBuilder';
import { ScriptBuilder } from './build/scriptBuilder';
import { BadDirectiveError, type Directive, readDirective, type TopDirective } from './directive';
import type { LineFills } from './fill/lineFills';
import { PlaceReader, unescapedBraces } from './fill/placeReader';
import type { Script } from './script';

/** Maximum number of steps in a script; bounds its memory. */
const MAX_STEPS = 1_000_000;
/** Maximum number of bytes of a line that are decoded: directives, and fields other than data, are hardly longer. */
const MAX_READ = 16 * 1024;

/** Memory of a step in addition to its bytes, and of a resume point in addition to its id, in bytes; measured on Node 24. */
const STEP_MEMORY = 250;
const POINT_MEMORY = 120;
const BYTES_OF_CHARACTER = 2;

/** `data:` */
const DATA = [0x64, 0x61, 0x74, 0x61, 0x3a];

/** Builds a script from a file's lines, one at a time, and collects its problems. */
export class ScriptReader {
  readonly #builder: ScriptBuilder;
  readonly #problems = new ProblemList();
  readonly #reply = new ReplyBuilder();
  readonly #places = new PlaceReader();
  /** Places of the next line, if it is a long one; undefined if they haven't been read yet. */
  #longPlaces: { all: LineFills | undefined } | undefined;
  // Without this option, it would remove a byte order mark from every line.
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  readonly #size: number;
  /** Total length of the lines that set an id, and of the bodies of refusals, in UTF-16 code units. */
  #textSize = 0;
  #silentAt: number | undefined;
  /** The last `no-newline` directive: the line before it is sent without its line end. */
  #openNoNewline: { line: number; column: number; text: string } | undefined;

  /** @param size of the file */
  constructor(size: number) {
    this.#size = size;
    this.#builder = new ScriptBuilder(size);
  }

  /** Whether there are more steps than allowed. */
  get isFull(): boolean {
    return this.#builder.steps.length + this.#builder.randomPauses.length > MAX_STEPS;
  }

  /** Reads the next line. @param size of the line without its line end, in bytes */
  read(bytes: Uint8Array, size: number, line: number): void {
    const mark = hasMark(bytes) ? MARK_SIZE : 0;
    if (bytes[mark] !== COLON || bytes[mark + 1] !== AT) {
      this.#readLine(bytes, size, line);
    } else if (bytes[mark + 2] === AT) {
      this.#readLine(bytes, size, line, mark + 1);
    } else {
      const column = 2 + bomWidth(mark > 0, line);
      const text = this.#decoder.decode(bytes.subarray(mark + 2, Math.min(size, MAX_READ)));
      this.#readDirective(text, line, column, size > MAX_READ);
    }
  }

  /** Copies a long line in pieces, before `read` is called with it. Yields between the pieces. */
  *copy(bytes: Uint8Array, size: number): Generator<undefined> {
    const mark = hasMark(bytes) ? MARK_SIZE : 0;
    const isDirective = bytes[mark] === COLON && bytes[mark + 1] === AT;
    if (isDirective && bytes[mark + 2] !== AT) return;
    yield* this.#builder.copy({ bytes, skipped: isDirective ? mark + 1 : -1 }, size);
    const line = { bytes, size: bytes.length, hasMark: mark > 0 && this.#builder.isAtBeginning };
    if (this.#readsPlaces) this.#longPlaces = { all: yield* this.#places.readLong(line, this.#builder.blocks) };
  }

  /** Whether places are filled in, and errors about them would be reported. */
  get #readsPlaces(): boolean {
    return this.#reply.isFilled && !this.#problems.hasAllErrors;
  }

  /** Returns the script. @param lines number of lines read @param tooLong whether the file has more than were read */
  finish(lines: number, tooLong: boolean): Script {
    const builder = this.#builder;
    builder.finish();
    const { reply, method, isFilled } = this.#reply;
    const fill = isFilled ? this.#places.names : undefined;
    const { steps, faults, resumePoints, eventTypes, top, ends, events, offset, unfinishedLine } = builder;
    if (tooLong) this.#problems.error({ code: 'tooLong', text: '' }, lines - 1, 0);
    else if (unfinishedLine !== undefined) this.#problems.warn('noBlankLine', unfinishedLine, 0, '');
    return {
      method,
      reply,
      steps,
      randomPauses: builder.randomPauses,
      faults,
      resumePoints: resumePoints.all,
      numberedPoints: resumePoints.numbered,
      idSteps: resumePoints.idSteps,
      eventTypes: eventTypes.all,
      refusalsEnd: top.refusalsEnd,
      loop: ends.loop,
      end: ends.end,
      silentAt: this.#silentAt,
      fill,
      readsBody: reply.when.some(({ by }) => by === 'body') || (fill?.pointers.length ?? 0) > 0,
      events,
      duration: offset,
      memory:
        this.#size +
        (steps.length + builder.randomPauses.length) * STEP_MEMORY +
        // The texts around a number, with a map of their points, take as much as two more.
        (resumePoints.count + 2 * resumePoints.numbered.length) * POINT_MEMORY +
        this.#places.memory +
        (this.#textSize + this.#problems.textSize) * BYTES_OF_CHARACTER,
      problems: this.#problems.all,
    };
  }

  /** Reads a line that is sent. @param skipped index of the escaping `@`; -1 if there is none */
  #readLine(bytes: Uint8Array, size: number, line: number, skipped = -1): void {
    const decoded = this.#textOf(bytes, size);
    const unescaped = skipped < 0 ? decoded : decoded.replace('@', '');
    const hasBom = this.#builder.isAtBeginning && unescaped.startsWith('\ufeff');
    const text = hasBom ? unescaped.slice(1) : unescaped;
    this.#checkNoNewline();
    if (text.startsWith('id')) this.#textSize += text.length;
    const places = this.#placesOf(bytes, size, line, hasBom);
    this.#builder.addLine({ bytes, size, text: places ? filledText(text, places) : text, line, skipped, places });
    if (text !== '' && !text.startsWith(':')) this.#checkField(text, line, bomWidth(hasBom, line), places);
  }

  /** Returns the places of a line that is sent, and reports their problems; undefined if it has none. */
  #placesOf(bytes: Uint8Array, size: number, line: number, hasMark: boolean): LineFills | undefined {
    if (!this.#readsPlaces) return undefined;
    const long = this.#longPlaces;
    this.#longPlaces = undefined;
    const places = long ? long.all : this.#places.readShort({ bytes, size, hasMark }, this.#builder.blocks);
    for (const { column, ...problem } of places?.problems ?? [])
      this.#problems.error(problem, line, column - (hasMark && line === 0 ? 1 : 0));
    return places;
  }

  /** Decodes a line; only the beginning of a long line, of a comment and of data, as these may contain anything. */
  #textOf(bytes: Uint8Array, size: number): string {
    if (bytes[0] === COLON) return ':';
    return DATA.every((byte, index) => bytes[index] === byte)
      ? 'data:'
      : this.#decoder.decode(bytes.subarray(0, Math.min(size, MAX_READ)));
  }

  #checkField(text: string, line: number, start: number, places: LineFills | undefined): void {
    const { name, value } = readField(text);
    const column = start + text.length - value.length;
    const isRetry = name === 'retry' && (places !== undefined || /^[0-9]+$/.test(value));
    if (!FIELD_NAMES.includes(name)) this.#problems.warn('unknownField', line, start, name);
    else if (name === 'retry' && !isRetry) this.#problems.warn('badRetry', line, column, value);
    else if (name === 'id' && value.includes('\0')) this.#problems.warn('nulInId', line, column, value);
  }

  /** Reads a directive. @param text the line after its `:@` @param column where that text begins @param isCut whether it has more */
  #readDirective(text: string, line: number, column: number, isCut: boolean): void {
    // A file with errors isn't played, and no more errors would be reported.
    if (this.#problems.hasAllErrors) return;
    try {
      const directive = readDirective(text);
      if (isCut) this.#problems.error({ code: 'longDirective', text: '' }, line, column);
      else this.#apply(directive, line, column + text.length - text.trimStart().length, text.trim());
    } catch (error) {
      if (!(error instanceof BadDirectiveError)) throw error;
      const { directive, start, end } = error;
      this.#problems.error({ code: 'directive', directive, text: text.slice(start, end) }, line, column + start);
    }
  }

  #apply(directive: Directive, line: number, column: number, text: string): void {
    const builder = this.#builder;
    const isSilent =
      directive.name === 'wait' ? directive.milliseconds + (directive.spread ?? 0) > 0 : directive.name === 'stall';
    if (isSilent && builder.isEmpty && builder.faults.length === 0) this.#silentAt ??= line;
    // A pause before a status of the top is over for a client that isn't refused.
    if (directive.name === 'status' && !builder.top.isOver) this.#silentAt = undefined;
    switch (directive.name) {
      case 'wait':
        builder.wait(directive.milliseconds, directive.spread);
        break;
      case 'method':
      case 'path':
      case 'header':
      case 'head':
      case 'unknown-id':
      case 'when':
      case 'fill':
        this.#applyToReply(directive, line, column, text);
        break;
      case 'body':
        if (!builder.setBody(directive.body)) this.#problems.error({ code: 'bodyWithoutStatus', text }, line, column);
        this.#textSize += text.length;
        break;
      case 'cut':
        builder.cutNext({
          ...directive,
          onTooFar: () => this.#problems.error({ code: 'cutTooFar', text }, line, column),
          onInPlace: () => this.#problems.error({ code: 'cutInPlace', text }, line, column),
        });
        break;
      case 'loop':
        this.#checkNoNewline();
        if (builder.offset < 1) this.#problems.error({ code: 'loopWithoutWait', text }, line, column);
        else builder.add({ kind: 'loop' }, line);
        break;
      case 'connection':
        builder.beginConnection();
        break;
      case 'no-newline':
        if (builder.removeLineEnd()) this.#openNoNewline = { line, column, text };
        else this.#problems.error({ code: 'noLineBefore', text }, line, column);
        break;
      case 'status':
        builder.add({ kind: 'status', status: directive.status, retryAfter: directive.retryAfter }, line);
        break;
      default:
        builder.add({ kind: directive.name }, line);
    }
  }

  #applyToReply(directive: TopDirective, line: number, column: number, text: string): void {
    const code = this.#builder.isEmpty ? this.#reply.add(directive) : 'notFirst';
    if (code !== undefined) this.#problems.error({ code, text }, line, column);
  }

  /** Reports an error if the line before has no line end: whatever is sent next would become a part of it. */
  #checkNoNewline(): void {
    if (!this.#builder.lacksLineEnd || !this.#openNoNewline) return;
    const { line, column, text } = this.#openNoNewline;
    this.#problems.error({ code: 'noConnection', text }, line, column);
    this.#openNoNewline = undefined;
  }
}

/** Returns the number of columns of a byte order mark: 0 at the beginning of a file, where editors don't show it. */
function bomWidth(hasBom: boolean, line: number): number {
  return hasBom && line > 0 ? 1 : 0;
}

/** Returns a line as far as it is the same each time that it is sent: without the type of an event that isn't. */
function filledText(text: string, { fills, id }: LineFills): string {
  if (id || fills.every(({ filler }) => filler.by === 'nothing')) return unescapedBraces(text);
  return text.startsWith('event:') ? 'event:' : text;
}
