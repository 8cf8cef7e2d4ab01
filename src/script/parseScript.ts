import { CR, LF } from '../stream/bytes';
import type { Script } from './script';
import { ScriptReader } from './scriptReader';

/** Maximum number of lines in a file: it is parsed again on every save. */
const MAX_LINES = 5_000_000;
/** Bytes parsed before each yield (about a millisecond), and the cost of a line in addition to its bytes. */
const STEP = 128 * 1024;
const LINE_COST = 256;

/** Parses a `.sse` file. Its lines end like those of an event stream, with LF, CR or CRLF (WHATWG HTML §9.2.5). */
export function parseScript(file: Uint8Array): Script {
  const steps = parseScriptInSteps(file);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Parses a file as `parseScript` does, but yields about every millisecond, so that other work can run. */
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
    // Copying a line of a hundred MB takes long, too.
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

/** Whether a line ends at this index. */
function isLineEnd(file: Uint8Array, at: number): boolean {
  return at >= file.length || file[at] === LF || file[at] === CR;
}

/** Returns the index of the end of a line, without its line end; at most `max`. */
function lineEnd(file: Uint8Array, start: number, max: number): number {
  let end = start;
  while (end < max && !isLineEnd(file, end)) end += 1;
  return end;
}
