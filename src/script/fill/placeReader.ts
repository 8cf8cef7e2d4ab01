import { COLON, MARK_SIZE } from '../../stream/bytes';
import { AskedNamesBuilder } from './askedNamesBuilder';
import { type BracePair, bracePairs, mayHavePlaces } from './bracePairs';
import type { AskedNames, Fill, Filler } from './fill';
import type { IdTemplate } from './idTemplate';
import { beginsJson, pairsInStrings } from './jsonStrings';
import type { LineFills } from './lineFills';
import { PlaceProblems } from './placeProblems';

/** Maximum numbers of places in an event and in a file. */
export const MAX_EVENT_PLACES = 1000;
export const MAX_PLACES = 100_000;
/** Maximum size of an id with a place, in bytes: no client can send a longer one. */
const MAX_ID = 16 * 1024;

/** Memory of a place, in bytes; measured on Node 24. */
const PLACE_MEMORY = 200;
const BYTES_OF_CHARACTER = 2;

/** `data` */
const DATA = [0x64, 0x61, 0x74, 0x61];
const SPACE = 0x20;
/** Maximum size of a field's name that is read, in bytes. */
const MAX_NAME = 10;

/** A line that is sent. */
interface Line {
  bytes: Uint8Array;
  /** Size without the line end, in bytes. */
  size: number;
  /** Whether it begins with a byte order mark that is no part of its field. */
  hasMark: boolean;
}

/** Reader of the places in a script's lines, one line after the other. */
export class PlaceReader {
  readonly #names = new AskedNamesBuilder();
  // Without this option, it would remove a byte order mark.
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  /** Number of the present block, and whether its data is JSON; undefined if it has no data yet. */
  #block = 0;
  #isJson: boolean | undefined;
  #inBlock = 0;
  #inFile = 0;
  /** Whether there are too many places: the script can't be played, and no more are read. */
  #isFull = false;

  get names(): AskedNames {
    return this.#names.all;
  }

  /** Estimated memory of the places, in bytes. */
  get memory(): number {
    return this.#inFile * PLACE_MEMORY + this.#names.textSize * BYTES_OF_CHARACTER;
  }

  /** Reads the next line at once. @param block number of its block @returns undefined if it has no places */
  readShort(line: Line, block: number): LineFills | undefined {
    this.#enter(line, block);
    if (this.#isFull || !mayHavePlaces(line.bytes, line.size)) return undefined;
    const steps = this.#read(line);
    for (;;) {
      const step = steps.next();
      if (step.done) return step.value;
    }
  }

  /** Reads the next line as `readShort` does, and yields about every tenth of a millisecond. */
  *readLong(line: Line, block: number): Generator<undefined, LineFills | undefined> {
    this.#enter(line, block);
    return this.#isFull ? undefined : yield* this.#read(line);
  }

  #enter(line: Line, block: number): void {
    if (block !== this.#block) [this.#block, this.#isJson, this.#inBlock] = [block, undefined, 0];
    if (this.#isJson !== undefined) return;
    const { bytes, size } = line;
    const start = startOf(line);
    const end = start + DATA.length;
    if (DATA.every((byte, index) => bytes[start + index] === byte) && (end === size || bytes[end] === COLON))
      this.#isJson = beginsJson(bytes, end + 1, size);
  }

  *#read(line: Line): Generator<undefined, LineFills | undefined> {
    const room = Math.min(MAX_EVENT_PLACES - this.#inBlock, MAX_PLACES - this.#inFile);
    const pairs = yield* bracePairs(line.bytes, line.size, room + 1);
    const field = this.#fieldOf(line);
    const isJson = field.name === 'data' && this.#isJson === true;
    const strings = isJson ? yield* pairsInStrings(line.bytes, field.valueStart, pairs) : undefined;
    const problems = new PlaceProblems(line.bytes, this.#decoder);
    const fills: Fill[] = [];
    let id: IdTemplate | undefined;
    for (const pair of pairs) {
      const filler = this.#fillerOf(pair, field, fills.length < room, problems);
      if (this.#isFull) break;
      if (!filler) continue;
      const within = strings?.has(pair) ? 'string' : field.name === 'data' ? 'data' : 'line';
      fills.push({ start: pair.start, end: pair.end, filler, within });
      if (field.name !== 'id' || filler.by === 'nothing') continue;
      if (id || filler.by !== 'n') problems.add('placeInId', pair);
      else id = this.#idOf(line, field.valueStart, pair);
    }
    [this.#inBlock, this.#inFile] = [this.#inBlock + fills.length, this.#inFile + fills.length];
    return pairs.length === 0 ? undefined : { fills, id, problems: yield* problems.all() };
  }

  /** Returns what is filled in at a place; undefined if it has a problem, which is added. */
  #fillerOf(pair: BracePair, field: Field, hasRoom: boolean, problems: PlaceProblems): Filler | undefined {
    if (hasRoom) {
      if (pair.isLiteral) return { by: 'nothing' };
      const isInName = pair.start < field.valueStart;
      if (isInName) problems.add('placeInName', pair);
      const place = isInName ? undefined : problems.read(pair);
      if (!place) return undefined;
      const filler = this.#names.add(place);
      if (filler) return filler;
    }
    this.#isFull = true;
    problems.add('tooManyPlaces', pair);
    return undefined;
  }

  /** Returns the field of a line; the name of a comment is empty. */
  #fieldOf(line: Line): Field {
    const start = startOf(line);
    const colon = line.bytes.subarray(0, line.size).indexOf(COLON, start);
    const end = colon < 0 ? line.size : colon;
    const name = this.#decoder.decode(line.bytes.subarray(start, Math.min(end, start + MAX_NAME)));
    return { name, valueStart: colon < 0 ? line.size : colon + 1 };
  }

  /** Returns the texts around a place in an id; undefined if the id is too long to be sent by a client. */
  #idOf({ bytes, size }: Line, valueStart: number, { start, end }: BracePair): IdTemplate | undefined {
    if (size > MAX_ID) return undefined;
    const from = bytes[valueStart] === SPACE ? valueStart + 1 : valueStart;
    const textOf = (first: number, last: number) => unescapedBraces(this.#decoder.decode(bytes.subarray(first, last)));
    // A client sends it back in a header, which loses surrounding whitespace (RFC 9110 §5.5).
    return { before: textOf(from, start).trimStart(), after: textOf(end, size).trimEnd() };
  }
}

/** A field of a line, and where its value begins; at the line's end if it has no colon. */
interface Field {
  name: string;
  valueStart: number;
}

/** Returns a text without places as it is sent: with two braces for four. */
export function unescapedBraces(text: string): string {
  return text.replaceAll('{{{{', '{{');
}

function startOf({ hasMark }: Line): number {
  return hasMark ? MARK_SIZE : 0;
}
