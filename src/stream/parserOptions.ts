import type { StreamNote } from './streamNote';

export interface ParserOptions {
  /** Offset of the first byte. Default: 0. */
  start?: number;
  /** The last id set by the streams before this one. Default: none. */
  lastEventId?: string;
  /** Whether the input begins in the middle of a stream: a byte order mark is then part of its line. Default: false. */
  continues?: boolean;
  /** Maximum size of an event's data lines, and of any other line, in bytes; the rest is omitted. Default: no limit. */
  maxEventSize?: number;
  /** Maximum size of an event's data lines that are decoded, in bytes: the data of a larger one are its beginning. Default: no limit. */
  maxTextSize?: number | undefined;
  /** Called when the stream has set the reconnection time, in milliseconds. */
  onRetry?(milliseconds: number): void;
  /** Called for each line and block that makes no event. Default: not called. */
  onNote?: ((note: StreamNote) => void) | undefined;
}
