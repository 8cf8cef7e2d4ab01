import { CR, LF } from '../stream/bytes';
import { readField } from '../stream/parse';
import { EventTypes } from './eventTypes';
import type { FaultStep, ResumePoint, StatusStep, Step } from './script';
import type { ScriptLine } from './scriptLine';
import { ScriptTop } from './scriptTop';

/** Puts a script's steps together. What is sent at one time, with no place in it to resume at, is one step. */
export class ScriptBuilder {
  readonly steps: Step[] = [];
  /** The indexes of all steps that neither send nor are a status. */
  readonly faults: number[] = [];
  /** The indexes of the steps behind the blocks that set an id. To be asked when finished. */
  readonly idSteps: number[] = [];
  /** By the ids: where a client goes on that has seen it. To be asked when finished. */
  readonly resumePoints = new Map<string, ResumePoint>();
  /** The types that its events are given, but for `message`. */
  readonly eventTypes = new EventTypes();
  readonly top = new ScriptTop();
  /** All that is sent, one line behind the other: the steps' bytes lie in it. */
  readonly #stream: Uint8Array;
  /** Where it ends, by now. */
  #end = 0;
  /** Up to here the next line was copied piece by piece; 0: it wasn't. */
  #copied = 0;
  /** Up to here it is in steps. */
  #done = 0;
  /** Up to here no event is open. Never before what is done. */
  #whole = 0;
  /** The lines that stand at these two. */
  #doneLine = 0;
  #wholeLine = 0;
  #lastLine = { start: 0, lineEnd: 0 };
  /** The index of the first step of the connection that is being recorded. */
  #connection = 0;
  #isAtBeginning = true;
  #isCut = false;
  /** The last field of the event that no blank line has ended. */
  #openLine: number | undefined;
  #hasData = false;
  #id: string | undefined;
  /** Where who has seen the last id that was set goes on. */
  #lastPoint: ResumePoint | undefined;
  #events = 0;
  /** The index of the step in which the event begins that is open behind the steps; -1: none is. */
  #openFrom = -1;
  #loop: number | undefined;
  /** The first end or loop behind the last event. */
  #last: { kind: 'end' | 'loop'; index: number } | undefined;
  #offset = 0;

  /** @param size of the file: no more than that is sent */
  constructor(size: number) {
    this.#stream = new Uint8Array(size);
  }

  /** All pauses so far, in milliseconds. */
  get offset(): number {
    return this.#offset;
  }

  /** The index of the end behind which there is no event. To be asked when finished. */
  get end(): number | undefined {
    return this.#last?.kind === 'end' ? this.#last.index : undefined;
  }

  /** The index of the first loop. */
  get loop(): number | undefined {
    return this.#loop;
  }

  get events(): number {
    return this.#events;
  }

  /** Whether the next line is the first of its connection: there, a byte order mark isn't of the line. */
  get isAtBeginning(): boolean {
    return this.#isAtBeginning;
  }

  /** Whether the next line would stand in the one before, which has no end: only another connection may follow. */
  get isCut(): boolean {
    return this.#isCut;
  }

  /** Whether there is no line yet that is sent. */
  get isEmpty(): boolean {
    return this.#end === 0;
  }

  /**
   * The last field of an event that no blank line ends, and no fault says that this is meant; undefined where there is
   * none. To be asked when finished.
   */
  get unfinishedLine(): number | undefined {
    const kind = this.steps.findLast((step) => step.kind !== 'status')?.kind;
    return kind === 'send' || kind === 'loop' ? this.#openLine : undefined;
  }

  /** Copies the next line piece by piece: it needn't be when it is added. */
  *copy({ bytes, skipped }: Pick<ScriptLine, 'bytes' | 'skipped'>, size: number): Generator<undefined> {
    const start = this.#end;
    const left = skipped < 0 ? 0 : 1;
    this.#copy(bytes.subarray(0, size), start, skipped);
    for (let at = size; at < bytes.length; at += size) {
      yield;
      this.#stream.set(bytes.subarray(at, at + size), start + at - left);
    }
    this.#copied = start + bytes.length - left;
  }

  addLine({ bytes, size, text, line, skipped }: ScriptLine): void {
    const start = this.#end;
    // Directives that stood between aren't sent: it isn't a blank line, but the rest of a CRLF.
    const isRest = size === 0 && bytes[0] === LF && !this.#isAtBeginning && this.#stream[start - 1] === CR;
    if (start === this.#done) this.#doneLine = line;
    if (start === this.#whole) this.#wholeLine = line;
    this.#end += bytes.length - (skipped < 0 ? 0 : 1);
    if (this.#copied !== this.#end) this.#copy(bytes, start, skipped);
    this.#copied = 0;
    this.#lastLine = { start, lineEnd: size === 0 ? 0 : bytes.length - size };
    this.#isAtBeginning = false;
    if (text !== '' && !text.startsWith(':')) this.#addField(text, line);
    if (text === '' && !isRest) this.#endBlock();
    if (this.#openLine === undefined) this.#whole = this.#end;
  }

  /** The line before is sent without its end. @returns whether there is one, other than a blank line */
  cutLineEnd(): boolean {
    const { start, lineEnd } = this.#lastLine;
    if (start < this.#done || lineEnd === 0) return false;
    this.#end -= lineEnd;
    this.#whole = Math.min(this.#whole, start);
    this.#lastLine.lineEnd = 0;
    this.#isCut = true;
    return true;
  }

  wait(milliseconds: number): void {
    this.finish();
    this.#offset += milliseconds;
  }

  add(step: FaultStep | StatusStep | { kind: 'loop' }, line: number): void {
    this.finish();
    if (this.#last === undefined && (step.kind === 'end' || step.kind === 'loop'))
      this.#last = { kind: step.kind, index: this.steps.length };
    if (step.kind === 'loop') this.#loop ??= this.steps.length;
    if (step.kind !== 'status') this.faults.push(this.steps.length);
    if (step.kind === 'status') this.top.addStatus(this.steps.length);
    else this.top.end();
    const [offset, events, openFrom] = [this.#offset, this.#events, this.#openFrom];
    // Not `...step`: what is added to a copy costs twice the time, a million times.
    if (step.kind !== 'status') this.steps.push({ kind: step.kind, offset, line, events, openFrom });
    else
      this.steps.push({
        kind: 'status',
        status: step.status,
        retryAfter: step.retryAfter,
        offset,
        line,
        events,
        openFrom,
      });
  }

  /** A new connection: the event before, where it isn't whole, was only for who had that connection. */
  beginConnection(): void {
    this.finish();
    for (let index = this.steps.length - 1; index >= this.#connection; index -= 1) {
      const step = this.steps[index];
      if (step?.kind !== 'send') continue;
      if (step.closed) break;
      step.cutOff = true;
    }
    this.#connection = this.steps.length;
    this.#openFrom = -1;
    this.#isAtBeginning = true;
    this.#isCut = false;
    this.#beginBlock();
  }

  /** Puts into steps what isn't yet. */
  finish(): void {
    this.#send(this.#whole, this.#doneLine, true);
    this.#send(this.#end, this.#wholeLine, false);
    this.#whole = this.#end;
    if (this.#lastPoint) this.#lastPoint.faultsFrom = this.steps.length;
  }

  #copy(bytes: Uint8Array, to: number, skipped: number): void {
    if (skipped > 0) this.#stream.set(bytes.subarray(0, skipped), to);
    this.#stream.set(bytes.subarray(skipped + 1), to + Math.max(0, skipped));
  }

  #addField(text: string, line: number): void {
    const { name, value } = readField(text);
    // A reconnection time holds at once, and other fields never.
    if (name !== 'data' && name !== 'event' && name !== 'id') return;
    this.#openLine = line;
    this.top.end();
    if (name === 'event') this.eventTypes.add(value);
    else if (name === 'data') this.#hasData = true;
    // An id persists, also that of a block without data; with NUL it is none (WHATWG HTML §9.2.6).
    else if (!value.includes('\0')) this.#id = value;
  }

  #addEvent(): void {
    this.#events += 1;
    this.#last = undefined;
  }

  #endBlock(): void {
    this.#whole = this.#end;
    if (this.#hasData) this.#addEvent();
    const id = this.#id;
    this.#beginBlock();
    if (id === undefined) return;
    this.finish();
    // A client says it in a header, which has no blanks around it (RFC 9110 §5.5).
    this.#setId(id.trim());
  }

  #setId(id: string): void {
    const index = this.steps.length;
    this.idSteps.push(index);
    // An empty one takes the id away: who comes again says none, and begins at the beginning.
    this.#lastPoint = id === '' ? undefined : (this.resumePoints.get(id) ?? { index, faultsFrom: index });
    if (this.#lastPoint) this.resumePoints.set(id, this.#lastPoint);
  }

  #beginBlock(): void {
    this.#openLine = undefined;
    this.#hasData = false;
    this.#id = undefined;
  }

  #send(end: number, line: number, closed: boolean): void {
    if (end === this.#done) return;
    const bytes = this.#stream.subarray(this.#done, end);
    if (closed) this.#openFrom = -1;
    else if (this.#openFrom < 0) this.#openFrom = this.steps.length;
    const [offset, events, openFrom] = [this.#offset, this.#events, this.#openFrom];
    this.steps.push({ kind: 'send', offset, line, bytes, events, openFrom, closed, cutOff: false });
    this.#done = end;
  }
}
