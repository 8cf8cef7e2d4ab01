import { CR, LF } from '../stream/bytes';
import type { Script } from './script';
import { ScriptReader } from './scriptReader';

/** How many lines a file may have: it is read anew whenever it is saved. */
const MAX_LINES = 5_000_000;
/** Size read at one go, in bytes, and what a line costs beside its bytes: it is about a millisecond. */
const STEP = 128 * 1024;
const LINE_COST = 256;

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
