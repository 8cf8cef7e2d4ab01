import type { TextEvidence } from '../../analysis/evidence/evidence';
import type { IncomingEvent } from '../../stream/parse';
import type { StreamNote, StreamProgress } from '../../stream/streamNote';
import { isJson } from '../../text/jsonSyntax';
import { ByteNotes } from './byteNotes';
import { errorMessage } from './errorMessage';
import { Notes } from './notes';

/** Maximum number of reconnection times that are kept, and of times of comments. */
const [MAX_RETRIES, MAX_COMMENTS] = [5, 200];
/** Maximum number of ignored lines that are counted of an event. */
const MAX_IGNORED = 1000;
/** Maximum length of data that is parsed as JSON to see whether a line was lost, in UTF-16 code units. */
const MAX_PARSED = 64 * 1024;
/** Characters that were meant as line ends: behind them an event ends or a field begins. */
const ESCAPED = /\\n\\n(?:$|data:|event:|id:)/;

/** A line with a field that the sender has named by itself. */
const OWN_FIELD = /^[\w.-]+:/;

/** Notes on the text of a connection's stream. */
export class TextNotes {
  readonly #start: number;
  readonly #bytes = new ByteNotes();
  #size = 0;
  readonly #comments: { count: number; at: number[] } = { count: 0, at: [] };
  readonly #noted = {
    ignored: new Notes(),
    withoutData: new Notes(),
    badRetry: new Notes(),
    nulId: new Notes(),
    emptyId: new Notes(),
  };
  readonly #escaped = new Notes();
  readonly #lost = new Notes();
  readonly #errors = new Notes();
  #lostLines = 0;
  readonly #retries: number[] = [];
  /** Positions of lines without any field that were ignored since the last event. */
  #ignored: number[] = [];
  #progress: StreamProgress | undefined;
  /** The block in progress when the last chunk was parsed, and when that chunk came. */
  #open = { start: -1, at: 0 };

  /** @param start position of the first byte that will come */
  constructor(start: number) {
    this.#start = start;
  }

  /** Whether the stream has ended, or would end now, in the middle of an event. */
  get isUnfinished(): boolean {
    return this.#progress?.unfinishedFrom !== undefined;
  }

  bytes(chunk: Uint8Array): void {
    this.#bytes.add(chunk, this.#start + this.#size, this.#size === 0);
    this.#size += chunk.length;
  }

  /** @param at time of the last chunk, since the request */
  parsed(progress: StreamProgress, at: number): void {
    const { openLines, hasOpenData, fields, blockStart, unfinishedFrom } = progress;
    // Copied: what the stream ends in is read with the same parser afterwards.
    this.#progress = { openLines, hasOpenData, fields, blockStart, unfinishedFrom };
    if (progress.blockStart !== this.#open.start) this.#open = { start: progress.blockStart, at };
  }

  note({ kind, start, text }: StreamNote, at: number): void {
    if (kind === 'comment') {
      this.#comments.count += 1;
      this.#comments.at.push(at);
      if (this.#comments.at.length > MAX_COMMENTS) this.#comments.at.shift();
    } else if (kind === 'retry') {
      const time = Number(text);
      if (this.#retries.length < MAX_RETRIES && !this.#retries.includes(time)) this.#retries.push(time);
    } else {
      // A field of another name isn't a line of JSON.
      if (kind === 'ignored' && !OWN_FIELD.test(text) && this.#ignored.length < MAX_IGNORED) this.#ignored.push(start);
      this.#noted[kind].add(start, text);
    }
  }

  event(event: IncomingEvent): void {
    const { data, start } = event;
    if (data.includes('\\n\\n') && ESCAPED.test(data) && !isEscaped(data)) this.#escaped.add(start, data);
    if (this.#ignored.length > 0) this.#noteLost(event);
    const message = errorMessage(event);
    if (message !== undefined) this.#errors.add(start, message);
  }

  #noteLost({ data, start }: IncomingEvent): void {
    // A block before this one may have had some, and no event.
    const ignored = this.#ignored.filter((position) => position >= start).length;
    if (ignored > 0 && isBegunJson(data)) {
      this.#lost.add(start, data);
      this.#lostLines += ignored;
    }
    this.#ignored = [];
  }

  snapshot(): TextEvidence {
    const { ignored, withoutData, badRetry, nulId, emptyId } = this.#noted;
    const { openLines = 0, blockStart = 0, fields = 0, hasOpenData: hasData = false } = this.#progress ?? {};
    const size = Math.max(0, this.#start + this.#size - blockStart);
    return {
      start: this.#start,
      bytes: this.#size,
      fields,
      comments: { count: this.#comments.count, at: [...this.#comments.at] },
      ignored: ignored.snapshot(),
      withoutData: withoutData.snapshot(),
      badRetry: badRetry.snapshot(),
      retries: [...this.#retries],
      nulIds: nulId.snapshot(),
      emptyIds: emptyId.snapshot(),
      escaped: this.#escaped.snapshot(),
      lost: { ...this.#lost.snapshot(), lines: this.#lostLines },
      errors: this.#errors.snapshot(),
      notUtf8: this.#bytes.notUtf8.snapshot(),
      marks: this.#bytes.marks.snapshot(),
      nuls: this.#bytes.nuls.snapshot(),
      isCrLf: this.#bytes.isCrLf,
      open:
        size > 0 && this.#progress
          ? { lines: openLines, bytes: size, at: this.#open.at, hasData }
          : { lines: 0, bytes: 0 },
    };
  }
}

/** Whether the data is JSON, in which line ends are escaped; for one that is too long, whether it looks so. */
function isEscaped(data: string): boolean {
  if (!/^\s*[[{"]/.test(data)) return false;
  return data.length > MAX_PARSED ? /[\]}"]\s*$/.test(data) : isJson(data);
}

/** Whether the data begins a JSON object or array that it doesn't end. */
function isBegunJson(data: string): boolean {
  return /^\s*[[{]/.test(data) && !isEscaped(data);
}
