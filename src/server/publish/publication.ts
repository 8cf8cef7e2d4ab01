import type { IncomingMessage, ServerResponse } from 'node:http';
import { ByteBuffer } from '../../stream/byteBuffer';
import { endsInLine } from '../../stream/bytes';
import { encodeEvent, type OutgoingEvent } from '../../stream/encode';
import { EventStreamParser, type IncomingEvent } from '../../stream/parse';
import type { Turns } from '../../turns/turns';
import { Query } from '../http/query';
import type { Publication, PublishedId } from '../source';
import { type Bodies, MAX_SIZE } from './bodies';
import { MAX_IDS } from './publishedEvents';

/** So much of a body is looked at in a turn, in bytes: all of it may be line ends. */
const PIECE = 8 * 1024;
/** Maximum size read of an event of which only the id and the end are looked for, in bytes: of a longer id, none is known. */
const MAX_EVENT = 256;
/** When a client that was refused since others publish, or have published too much, may come again, in seconds. */
export const RETRY_AFTER = 1;

/** What a client can't publish; its message is one sentence for the client. */
export class BadPublicationError extends Error {
  override readonly name = 'BadPublicationError';
  constructor(
    /** Of HTTP. */
    readonly status: number,
    message: string,
    /** When it may come again, in seconds. */
    readonly retryAfter?: number,
  ) {
    super(message);
  }
}

/**
 * Reads what a client publishes with a request: its body, where that is text/event-stream; else an
 * event of which the body is the data, and the query's `event` and `id` the type and the id. Undefined where the client leaves.
 * @throws {BadPublicationError} when a web page asks, or too many do, or the body is too large, or is an event stream that isn't whole
 * @throws {BadOptionError} when an option is wrong
 */
export async function readPublication(
  request: IncomingMessage,
  response: ServerResponse,
  text: string,
  { bodies, turns }: { bodies: Bodies; turns: Turns },
): Promise<Publication | undefined> {
  refusePages(request);
  const query = new Query(text, ['event', 'id']);
  const [event, id] = [query.line('event'), query.single('id', 'one line of 1 to 100 characters, without NUL', readId)];
  // A client may wait for leave before it sends the body (RFC 9110 §10.1.1).
  if (request.headers.expect?.toLowerCase() === '100-continue') response.writeContinue();
  const isStream = /^text\/event-stream *(;|$)/i.test(request.headers['content-type'] ?? '');
  const publication = await bodies.read(request, async (body): Promise<Publication> => {
    if (isStream) return { bytes: body, ids: await readIds(body, turns) };
    const bytes = await encode({ data: new TextDecoder().decode(body), event, id }, turns);
    return { bytes, ids: id === undefined ? [] : [{ id: id.trim(), end: bytes.length }] };
  });
  if (publication === 'left') return undefined;
  if (publication === 'tooLarge')
    throw new BadPublicationError(413, `At most ${MAX_SIZE} bytes can be published at once.`);
  if (publication === 'tooMany')
    throw new BadPublicationError(503, 'Too many publications at once. Retry later.', RETRY_AFTER);
  return publication;
}

/** Each browser sends one of the two with each POST of a page (Fetch §3.2 "Origin header", Fetch Metadata §2); a program doesn't. */
function refusePages({ headers }: IncomingMessage): void {
  if (headers.origin === undefined && headers['sec-fetch-site'] === undefined) return;
  throw new BadPublicationError(
    403,
    'Web pages can’t publish; programs can, as curl. A stream that is asked for by POST needs “:@ method POST” at the beginning of its file.',
  );
}

/** Reads the ids of a stream that is whole: else, what the file sends next would be of its last event, or line. */
async function readIds(body: Uint8Array, turns: Turns): Promise<PublishedId[]> {
  const ids: PublishedId[] = [];
  const add = (id: string, end: number) => {
    // A megabyte may set a hundred thousand.
    if (ids.length >= 2 * MAX_IDS) ids.splice(0, MAX_IDS);
    ids.push({ id: id.trim(), end });
  };
  const onEvent = ({ id, end }: IncomingEvent) => id !== undefined && add(id, end);
  const parser = new EventStreamParser(onEvent, { continues: true, maxEventSize: MAX_EVENT });
  for (let at = 0; at < body.length; at += PIECE) {
    if (at > 0) await turns.next();
    parser.feed(body.subarray(at, at + PIECE));
  }
  if (!endsInLine(body) && parser.unfinishedFrom === undefined) {
    // An id persists, also that of a last block without data.
    if ((ids.at(-1)?.id ?? '') !== parser.lastEventId.trim()) add(parser.lastEventId, body.length);
    return ids;
  }
  const advice = 'curl sends the line ends of a file with --data-binary.';
  throw new BadPublicationError(400, `An event stream ends with a blank line; ${advice}`);
}

/** As `encodeEvent`, in turns. A line end at the end, which echo and editors put behind the last line, is no line of its own. */
async function encode({ data, event, id }: OutgoingEvent, turns: Turns): Promise<Uint8Array> {
  const lines = withoutLineEnd(data);
  const bytes = new ByteBuffer();
  // Up to the value of its first line.
  bytes.append(Buffer.from(encodeEvent({ data: '', event, id }).slice(0, -2)));
  for (let from = 0; from < lines.length; ) {
    if (from > 0) await turns.next();
    let to = from + PIECE;
    // A CRLF isn't cut in two, nor a character beyond U+FFFF.
    if (isInMiddle(lines, to)) to += 1;
    bytes.append(Buffer.from(lines.slice(from, to).replace(/\r\n|\r|\n/g, '\ndata: ')));
    from = to;
  }
  bytes.append(Buffer.from('\n\n'));
  return bytes.take();
}

/** Whether the place is between CR and LF, or the two halves of a surrogate pair. */
function isInMiddle(text: string, at: number): boolean {
  const [before, after] = [text.charAt(at - 1), text.charAt(at)];
  return (before === '\r' && after === '\n') || (/[\ud800-\udbff]/.test(before) && /[\udc00-\udfff]/.test(after));
}

function withoutLineEnd(text: string): string {
  if (text.endsWith('\r\n')) return text.slice(0, -2);
  return text.endsWith('\r') || text.endsWith('\n') ? text.slice(0, -1) : text;
}

function readId(value: string): string | undefined {
  return /^[^\r\n\0]{1,100}$/.test(value) ? value : undefined;
}
