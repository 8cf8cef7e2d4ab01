import { readField } from './parse';
import type { FaultStep, ResumePoint, StatusStep, Step } from './script';

/** Puts a script's steps together. What is sent at one time, with no place in it to resume at, is one step. */
export class ScriptBuilder {
  readonly steps: Step[] = [];
  readonly #resumeIndexes: { id: string; index: number }[] = [];
  /** Lines that aren't in a step yet: those of whole blocks, and those of the block that no blank line has ended. */
  readonly #whole = new Run();
  readonly #open = new Run();
  /** How many bytes end the line that was added last; none where something stands behind it. */
  #lastLineEnd = 0;
  /** The index of the first step of the connection that is being recorded. */
  #connection = 0;
  #isAtBeginning = true;
  #hasField = false;
  #hasData = false;
  #id: string | undefined;
  #events = 0;
  #offset = 0;

  /** All pauses so far, in milliseconds. */
  get offset(): number {
    return this.#offset;
  }

  get events(): number {
    return this.#events;
  }

  /** Whether the next line is the first of its connection: there, a byte order mark isn't of the line. */
  get isAtBeginning(): boolean {
    return this.#isAtBeginning;
  }

  /** Whether there is nothing yet but pauses. */
  get isEmpty(): boolean {
    return this.steps.length === 0 && this.#whole.isEmpty && this.#open.isEmpty;
  }

  /** The steps end in an event that no blank line has ended, and no fault says that this is meant. To be asked when finished. */
  get isUnfinished(): boolean {
    return this.#hasField && this.steps.at(-1)?.kind === 'send';
  }

  /** By the ids: where a client goes on that has seen it. To be asked when finished. */
  get resumePoints(): Map<string, ResumePoint> {
    const points = new Map<string, ResumePoint>();
    const lastSent = this.steps.findLastIndex(({ kind }) => kind === 'send');
    const end = this.steps.findIndex(({ kind }, index) => index > lastSent && kind === 'end');
    // That is the stream's end for each client.
    const lastEnd = end < 0 ? this.steps.length : end;
    for (const [at, { id, index }] of this.#resumeIndexes.entries()) {
      const faultsFrom = this.#resumeIndexes[at + 1]?.index ?? lastEnd;
      if (!points.has(id)) points.set(id, { index, faultsFrom });
    }
    return points;
  }

  /** @param bytes the line with its end @param size of it without @param text it; of a long line, the beginning */
  addLine(bytes: Uint8Array, size: number, text: string, line: number): void {
    this.#open.append(bytes, line);
    this.#lastLineEnd = bytes.length - size;
    this.#isAtBeginning = false;
    if (text === '') this.#endBlock();
    else if (!text.startsWith(':')) this.#addField(text);
  }

  /** The line before is sent without its end. @returns whether there is one, other than a blank line */
  cutLineEnd(): boolean {
    if (this.#open.isEmpty || this.#lastLineEnd === 0) return false;
    this.#open.cut(this.#lastLineEnd);
    this.#lastLineEnd = 0;
    return true;
  }

  wait(milliseconds: number): void {
    this.#flush();
    this.#offset += milliseconds;
  }

  add(step: FaultStep | StatusStep | { kind: 'loop' }, line: number): void {
    this.#flush();
    this.steps.push({ ...step, offset: this.#offset, line });
  }

  /** A new connection: the event before, where it isn't whole, was only for who had that connection. */
  beginConnection(): void {
    this.#flush();
    for (let index = this.steps.length - 1; index >= this.#connection; index -= 1) {
      const step = this.steps[index];
      if (step?.kind !== 'send') continue;
      if (step.closed) break;
      step.cutOff = true;
    }
    this.#connection = this.steps.length;
    this.#isAtBeginning = true;
    this.#beginBlock();
  }

  finish(): void {
    this.#flush();
  }

  #addField(text: string): void {
    this.#hasField = true;
    const { name, value } = readField(text);
    if (name === 'data') this.#hasData = true;
    // An id persists, also that of a block without data; with NUL it is none (WHATWG HTML §9.2.6).
    else if (name === 'id' && !value.includes('\0')) this.#id = value;
  }

  #endBlock(): void {
    this.#whole.take(this.#open);
    if (this.#hasData) this.#events += 1;
    const id = this.#id;
    this.#beginBlock();
    if (id === undefined) return;
    this.#flush();
    // An empty one takes the id away: who comes again says none, and begins at the beginning.
    if (id !== '') this.#resumeIndexes.push({ id, index: this.steps.length });
  }

  #beginBlock(): void {
    [this.#hasField, this.#hasData, this.#id] = [false, false, undefined];
  }

  #flush(): void {
    this.#lastLineEnd = 0;
    this.#emit(this.#whole, true);
    this.#emit(this.#open, false);
  }

  #emit(run: Run, closed: boolean): void {
    if (run.isEmpty) return;
    const { line, bytes } = run.empty();
    const [offset, events] = [this.#offset, this.#events];
    this.steps.push({ kind: 'send', offset, line, bytes, events, closed, cutOff: false });
  }
}

/** Lines one behind the other. Those that lie so in the file aren't copied. */
class Run {
  #pieces: Uint8Array[] = [];
  #line = 0;

  get isEmpty(): boolean {
    return this.#pieces.length === 0;
  }

  append(bytes: Uint8Array, line: number): void {
    if (this.isEmpty) this.#line = line;
    const last = this.#pieces.at(-1);
    if (last && last.buffer === bytes.buffer && last.byteOffset + last.length === bytes.byteOffset) {
      const joined = new Uint8Array(last.buffer, last.byteOffset, last.length + bytes.length);
      this.#pieces[this.#pieces.length - 1] = joined;
    } else {
      this.#pieces.push(bytes);
    }
  }

  /** Takes so many bytes off the end. */
  cut(size: number): void {
    const last = this.#pieces.pop();
    if (last && last.length > size) this.#pieces.push(last.subarray(0, last.length - size));
  }

  /** Takes over what is in the other, which is empty then. */
  take(other: Run): void {
    if (this.isEmpty) this.#line = other.#line;
    for (const piece of other.#pieces) this.append(piece, this.#line);
    other.#pieces = [];
  }

  empty(): { line: number; bytes: Uint8Array } {
    const [first = new Uint8Array(0), ...others] = this.#pieces;
    const bytes = others.length === 0 ? first : joined(this.#pieces);
    this.#pieces = [];
    return { line: this.#line, bytes };
  }
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((size, piece) => size + piece.length, 0));
  let position = 0;
  for (const piece of pieces) {
    bytes.set(piece, position);
    position += piece.length;
  }
  return bytes;
}
