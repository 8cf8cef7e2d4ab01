/** One event of an event stream, as it is to be sent (WHATWG HTML §9.2.6, "Interpreting an event stream"). */
export interface OutgoingEvent {
  /** The payload. Each of its lines gets a `data` field of its own. */
  data: string;
  /** The event's type, one line. Without it the client dispatches a `message`. */
  event?: string | undefined;
  /** What the client sends back as `Last-Event-ID` after a reconnect, one line without NUL. */
  id?: string | undefined;
}

/**
 * The event as the text that goes on the wire, its closing blank line included.
 * @throws {TypeError} when `event` or `id` holds a line break, which would begin a second field,
 * or `id` a NUL, for which clients ignore the whole field.
 */
export function encodeEvent({ data, event, id }: OutgoingEvent): string {
  let text = '';
  if (event !== undefined) text += `event: ${oneLine('event', event)}\n`;
  if (id !== undefined) text += `id: ${oneLine('id', id)}\n`;
  // The three line ends of the standard; a lone CR counts too.
  for (const line of data.split(/\r\n|\r|\n/)) text += `data: ${line}\n`;
  return `${text}\n`;
}

/** The field that sets the client's reconnection time, in milliseconds, as a block of its own. */
export function encodeRetry(milliseconds: number): string {
  return `retry: ${milliseconds}\n\n`;
}

/** Interval of the comments that a silent stream is kept alive by, in milliseconds (WHATWG HTML §9.2.7). */
export const KEEP_ALIVE_INTERVAL = 15_000;
/** A comment line, which clients ignore. It keeps proxies from cutting off a stream that is silent for long. */
export const KEEP_ALIVE = ':\n';

function oneLine(field: 'event' | 'id', value: string): string {
  if (/[\r\n]/.test(value)) throw new TypeError(`The ${field} of an event must be one line.`);
  if (field === 'id' && value.includes('\0')) throw new TypeError('The id of an event must not contain NUL.');
  return value;
}
