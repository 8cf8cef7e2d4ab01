/** Longest text that V8 copies when it is cut from a longer one; of others it keeps the whole text that they were cut from. */
const COPIED = 12;
/** Length from which joined lines are made one text: V8 keeps a join as its parts, and millions of lines took seconds to collect. */
const JOINED = 4096;

/** The fields since the last blank line. One is used again and again: an object for each event would be garbage. */
export class EventBlock {
  /** Offset of its first line. */
  start: number;
  /** Offset of the first line that sets its data, type or id; undefined if there is none. */
  fieldsStart: number | undefined;
  /** Size of its data lines, in bytes. */
  size = 0;
  /** Number of bytes omitted from its lines. */
  omitted = 0;
  /** Whether its data are only the beginning. */
  isCut = false;
  /** Number of its whole lines that aren't comments. */
  lines = 0;
  event = '';
  id: string | undefined;
  #data: string | undefined;
  /** Latest data lines, each behind a LF. */
  #tail = '';
  /** The last type, which most events share. */
  #type = '';

  constructor(start: number) {
    this.start = start;
  }

  addData(value: string): void {
    if (this.#data === undefined) {
      this.#data = value;
      return;
    }
    this.#tail += `\n${value}`;
    if (this.#tail.length < JOINED) return;
    this.#data += ownText(this.#tail);
    this.#tail = '';
  }

  /** Its data lines, joined by LF; undefined if there are none. */
  get data(): string | undefined {
    return this.#tail === '' ? this.#data : `${this.#data}${this.#tail}`;
  }

  setEvent(value: string): void {
    if (value !== this.#type) this.#type = ownText(value);
    this.event = this.#type;
  }

  setId(value: string): void {
    this.id = ownText(value);
  }

  /** Begins the next block. */
  reset(start: number): void {
    this.start = start;
    this.fieldsStart = undefined;
    this.size = 0;
    this.omitted = 0;
    this.isCut = false;
    this.lines = 0;
    this.#data = undefined;
    this.#tail = '';
    this.event = '';
    this.id = undefined;
  }
}

/** Returns a copy of a text that may be kept long: without this, a short one would keep a whole chunk's. */
function ownText(text: string): string {
  return text.length <= COPIED ? text : ` ${text}`.slice(1);
}
