/** Longest text that V8 copies when it is cut from a longer one; of others it keeps the whole text that they were cut from. */
const COPIED = 12;

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
  /** Number of its whole lines that aren't comments. */
  lines = 0;
  /** Its data lines, joined by LF; undefined if there are none. */
  data: string | undefined;
  event = '';
  id: string | undefined;
  /** The last type, which most events share. */
  #type = '';

  constructor(start: number) {
    this.start = start;
  }

  addData(value: string): void {
    this.data = this.data === undefined ? value : `${this.data}\n${value}`;
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
    this.lines = 0;
    this.data = undefined;
    this.event = '';
    this.id = undefined;
  }
}

/** Returns a copy of a text that may be kept long: without this, a short one would keep a whole chunk's. */
function ownText(text: string): string {
  return text.length <= COPIED ? text : ` ${text}`.slice(1);
}
