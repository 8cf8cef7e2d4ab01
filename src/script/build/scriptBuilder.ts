import { CR, LF } from '../../stream/bytes';
import { readField } from '../../stream/field';
import type { RandomPause } from '../delays';
import type { FaultStep, SendStep, StatusStep, Step } from '../script';
import { EventTypes } from './eventTypes';
import { LineBuffer } from './lineBuffer';
import type { LineCut } from './lineCut';
import { OpenBlock } from './openBlock';
import { PendingFills } from './pendingFills';
import { ResumePoints } from './resumePoints';
import { ScriptEnds } from './scriptEnds';
import type { ScriptLine } from './scriptLine';
import { ScriptTop } from './scriptTop';

/** Builder of a script's steps. Bytes that are sent at the same time, without a resume point among them, are one step. */
export class ScriptBuilder {
  readonly steps: Step[] = [];
  /** Indexes of the steps of kind `loop`, `drop`, `reset`, `end` and `stall`. */
  readonly faults: number[] = [];
  readonly randomPauses: RandomPause[] = [];
  /** Valid after `finish`. */
  readonly resumePoints = new ResumePoints();
  /** The types of the events, except `message`. */
  readonly eventTypes = new EventTypes();
  readonly top = new ScriptTop();
  readonly ends = new ScriptEnds();
  /** All lines that are sent: the steps' bytes are views of it. */
  readonly #lines: LineBuffer;
  /** End of the lines added so far, in `#lines`. */
  #end = 0;
  /** End of the part that has been put into steps. */
  #stepsEnd = 0;
  /** End of the part after which no event is open; never less than `#stepsEnd`. */
  #blocksEnd = 0;
  /** Line numbers at `#stepsEnd` and `#blocksEnd`. */
  #stepsLine = 0;
  #blocksLine = 0;
  #lastLine = { start: 0, lineEnd: 0 };
  /** Index of the first step of the present connection. */
  #connectionStart = 0;
  #isAtBeginning = true;
  #lacksLineEnd = false;
  #block = new OpenBlock();
  #blocks = 0;
  readonly #fills = new PendingFills();
  /** The directive that divides the next line; undefined if none does. */
  #cut: LineCut | undefined;
  #events = 0;
  /** Index of the step in which the open event begins; -1 if no event is open after the last step. */
  #openFrom = -1;
  #offset = 0;

  /** @param size of the file, in bytes: the upper limit of what is sent */
  constructor(size: number) {
    this.#lines = new LineBuffer(size);
  }

  /** Sum of all pauses so far, in milliseconds. */
  get offset(): number {
    return this.#offset;
  }

  get events(): number {
    return this.#events;
  }

  /** Number of blocks, and of connections, that have ended. */
  get blocks(): number {
    return this.#blocks;
  }

  /** Whether the next line is the first of its connection: there, a byte order mark is not part of the line. */
  get isAtBeginning(): boolean {
    return this.#isAtBeginning;
  }

  /** Whether the last line has no line end: another line would become a part of it, so only a new connection may follow. */
  get lacksLineEnd(): boolean {
    return this.#lacksLineEnd;
  }

  /** Whether no line that is sent has been added yet. */
  get isEmpty(): boolean {
    return this.#end === 0;
  }

  /**
   * Line of the last field of an event that is ended neither by a blank line nor, deliberately, by a fault; undefined if
   * there is none. Valid after `finish`.
   */
  get unfinishedLine(): number | undefined {
    const kind = this.steps.findLast((step) => step.kind !== 'status')?.kind;
    return kind === 'send' || kind === 'loop' ? this.#block.lastFieldLine : undefined;
  }

  /** Copies the next line in pieces, and yields between them; `addLine` then doesn't copy it. */
  copy(line: Pick<ScriptLine, 'bytes' | 'skipped'>, size: number): Generator<undefined> {
    return this.#lines.copy(line, this.#end, size);
  }

  addLine({ bytes, size, text, line, skipped, places }: ScriptLine): void {
    // All places of a step have the same number.
    if (places && this.#fills.isEmpty) this.#sendBlocks();
    const start = this.#end;
    // Directives between the CR and this LF aren't sent: the LF isn't a blank line, but the rest of a CRLF.
    const isRest = size === 0 && bytes[0] === LF && !this.#isAtBeginning && this.#lines.bytes[start - 1] === CR;
    if (start === this.#stepsEnd) this.#stepsLine = line;
    if (start === this.#blocksEnd) this.#blocksLine = line;
    this.#end = this.#lines.add({ bytes, skipped }, start);
    this.#lastLine = { start, lineEnd: size === 0 ? 0 : bytes.length - size };
    this.#isAtBeginning = false;
    if (places) this.#fills.add(places.fills, start - (skipped < 0 ? 0 : 1), this.#events + 1);
    if (this.#cut) this.#divide(this.#cut, start);
    if (text !== '' && !text.startsWith(':')) this.#addField(text, line, places);
    if (text === '' && !isRest) this.#endBlock();
    if (this.#block.lastFieldLine === undefined) this.#blocksEnd = this.#end;
  }

  /** Removes the line end of the last line. @returns whether there is such a line, and it isn't blank */
  removeLineEnd(): boolean {
    const { start, lineEnd } = this.#lastLine;
    if (start < this.#stepsEnd || lineEnd === 0) return false;
    this.#end -= lineEnd;
    this.#blocksEnd = Math.min(this.#blocksEnd, start);
    this.#lastLine.lineEnd = 0;
    this.#lacksLineEnd = true;
    return true;
  }

  /** Divides the next line into two steps. */
  cutNext(cut: LineCut): void {
    this.#cut = cut;
  }

  #divide({ at, milliseconds, onTooFar, onInPlace }: LineCut, start: number): void {
    const end = this.#end;
    [this.#cut, this.#end] = [undefined, Math.min(start + at, end)];
    if (this.#end === end) onTooFar();
    else if (this.#fills.isDividedAt(this.#end)) onInPlace();
    this.wait(milliseconds);
    this.#end = end;
  }

  /** Sets the body of the refusal right before. @returns whether there is one that can have a body */
  setBody(body: string): boolean {
    const last = this.steps.at(-1);
    if (last?.kind !== 'status' || last.status === 204 || this.#end > this.#stepsEnd) return false;
    last.body = body;
    return true;
  }

  /** Adds a pause. @param spread maximum of its random part, in milliseconds */
  wait(milliseconds: number, spread = 0): void {
    this.finish();
    this.#offset += milliseconds;
    if (spread > 0) this.randomPauses.push({ before: this.steps.length, spread });
  }

  add(step: FaultStep | StatusStep | { kind: 'loop' }, line: number): void {
    this.finish();
    this.ends.add(step.kind, this.steps.length);
    if (step.kind !== 'status') this.faults.push(this.steps.length);
    if (step.kind === 'status') this.top.addStatus(this.steps.length);
    else this.top.end();
    const [offset, events, openFrom] = [this.#offset, this.#events, this.#openFrom];
    // Not `...step`: adding to a copy takes twice the time, and there may be a million steps.
    if (step.kind !== 'status') {
      this.steps.push({ kind: step.kind, offset, line, events, openFrom });
    } else {
      const { kind, status, retryAfter } = step;
      this.steps.push({ kind, status, retryAfter, offset, line, events, openFrom });
    }
  }

  /** Begins a new connection. An incomplete event before it is marked as cut off: only clients of that connection get it. */
  beginConnection(): void {
    this.finish();
    for (let index = this.steps.length - 1; index >= this.#connectionStart; index -= 1) {
      const step = this.steps[index];
      if (step?.kind !== 'send') continue;
      if (step.closed) break;
      step.cutOff = true;
    }
    this.#connectionStart = this.steps.length;
    this.#openFrom = -1;
    this.#isAtBeginning = true;
    this.#lacksLineEnd = false;
    this.#beginBlock();
  }

  /** Puts all remaining lines into steps. */
  finish(): void {
    this.#sendBlocks();
    this.#send(this.#end, this.#blocksLine, false);
    this.#blocksEnd = this.#end;
    this.resumePoints.extend(this.steps.length);
  }

  #addField(text: string, line: number, places: ScriptLine['places']): void {
    const { name, value } = readField(text);
    // A reconnection time takes effect at once, and unknown fields never.
    if (name !== 'data' && name !== 'event' && name !== 'id') return;
    this.top.end();
    if (name === 'event') this.eventTypes.add(value);
    this.#block.add(name, value, line, places?.id, this.#events + 1);
  }

  #endBlock(): void {
    this.#blocksEnd = this.#end;
    const { hasData, id } = this.#block;
    if (hasData) {
      this.#events += 1;
      this.ends.passEvent();
    }
    this.#beginBlock();
    if (id !== undefined || !this.#fills.isEmpty) this.finish();
    if (id !== undefined) this.resumePoints.add(id, this.steps.length);
  }

  #beginBlock(): void {
    this.#block = new OpenBlock();
    this.#blocks += 1;
  }

  /** Puts the lines before the open event into a step. */
  #sendBlocks(): void {
    this.#send(this.#blocksEnd, this.#stepsLine, true);
    this.#stepsLine = this.#blocksLine;
  }

  #send(end: number, line: number, closed: boolean): void {
    if (end === this.#stepsEnd) return;
    const bytes = this.#lines.bytes.subarray(this.#stepsEnd, end);
    if (closed) this.#openFrom = -1;
    else if (this.#openFrom < 0) this.#openFrom = this.steps.length;
    const [offset, events, openFrom] = [this.#offset, this.#events, this.#openFrom];
    const step: SendStep & Step = { kind: 'send', offset, line, bytes, events, openFrom, closed, cutOff: false };
    const fills = this.#fills.take(this.#stepsEnd, end);
    if (fills) step.fills = fills;
    this.steps.push(step);
    this.#stepsEnd = end;
  }
}
