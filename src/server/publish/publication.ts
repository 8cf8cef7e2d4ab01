import type { IncomingMessage, ServerResponse } from 'node:http';
import { ByteBuffer } from '../../stream/byteBuffer';
import { endsInLine, withoutMark } from '../../stream/bytes';
import { encodeEvent, type OutgoingEvent } from '../../stream/encode';
import { EventStreamParser, type IncomingEvent } from '../../stream/parse';
import type { Turns } from '../../turns/turns';
import { Query } from '../http/query';
import type { Publication, PublishedId } from '../source';
import { type Bodies, MAX_SIZE } from './bodies';
import { isOfPage } from './pages';
import { MAX_IDS } from './publishedEvents';

/** Number of bytes of a body processed in a turn; small, because all of them may be line ends. */
const PIECE = 8 * 1024;
/** Maximum size of an event that is parsed for its id and its end only, in bytes; a longer id is ignored. */
const MAX_EVENT = 256;
/** `Retry-After` for a client that is refused because of other clients' publications, in seconds. */
export const RETRY_AFTER = 1;

const FORBIDDEN =
  'Web pages can’t publish; programs can, as curl. A stream that is asked for by POST needs “:@ method POST” at the beginning of its file.';

/** Error for a publication that is refused; its message is a sentence for the client. */
export class BadPublicationError extends Error {
  override readonly name = 'BadPublicationError';
  constructor(
    /** The HTTP status. */
    readonly status: number,
    message: string,
    /** `Retry-After`, in seconds; undefined if the response has none. */
    readonly retryAfter?: number,
  ) {
    super(message);
  }
}

/**
 * Reads the publication in a request: its body if that is text/event-stream; else an event with the body as its data and the
 * query's `event` and `id` as its type and id. Resolves with undefined if the client disconnects.
 * @throws {BadPublicationError} if the client is a web page, there are too many publications at once, or the body is too
 * large or an incomplete event stream
 * @throws {BadOptionError} if an option is wrong
 */
export async function readPublication(
  request: IncomingMessage,
  response: ServerResponse,
  text: string,
  { bodies, turns }: { bodies: Bodies; turns: Turns },
): Promise<(Publication & { path: string | undefined }) | undefined> {
  if (isOfPage(request)) throw new BadPublicationError(403, FORBIDDEN);
  const query = new Query(text, ['event', 'id', 'path']);
  const [event, id] = [query.line('event'), query.single('id', 'one line of 1 to 100 characters, without NUL', readId)];
  const path = query.single('path', 'a path of 1 to 1000 characters', (value) =>
    /^\/[^\s]{0,999}$/.test(value) ? value : undefined,
  );
  const isStream = /^text\/event-stream *(;|$)/i.test(request.headers['content-type'] ?? '');
  const publication = await bodies.read(request, response, async (body): Promise<Publication> => {
    if (isStream) return readEvents(withoutMark(body), turns);
    const bytes = await encode({ data: new TextDecoder().decode(body), event, id }, turns);
    return publicationOf(bytes, id);
  });
  if (publication === 'left') return undefined;
  if (publication === 'tooLarge')
    throw new BadPublicationError(413, `At most ${MAX_SIZE} bytes can be published at once.`);
  if (publication === 'tooMany')
    throw new BadPublicationError(503, 'Too many publications at once. Retry later.', RETRY_AFTER);
  return { ...publication, path };
}

/** Returns an encoded event as a publication. @param id of the event; undefined if it has none */
export function publicationOf(bytes: Uint8Array, id: string | undefined): Publication {
  return { bytes, events: 1, ids: id === undefined ? [] : [{ id: id.trim(), end: bytes.length, events: 1 }] };
}

/** Reads a stream's events and ids. Refuses an incomplete stream: the script's next lines would become a part of its last event. */
async function readEvents(body: Uint8Array, turns: Turns): Promise<Publication> {
  const ids: PublishedId[] = [];
  let events = 0;
  const add = (id: string, end: number) => {
    // A body of a megabyte may set a hundred thousand ids.
    if (ids.length >= 2 * MAX_IDS) ids.splice(0, MAX_IDS);
    ids.push({ id: id.trim(), end, events });
  };
  const onEvent = ({ id, end }: IncomingEvent) => {
    events += 1;
    if (id !== undefined) add(id, end);
  };
  const parser = new EventStreamParser(onEvent, { continues: true, maxEventSize: MAX_EVENT });
  for (let at = 0; at < body.length; at += PIECE) {
    if (at > 0) await turns.next();
    parser.feed(body.subarray(at, at + PIECE));
  }
  if (!endsInLine(body) && parser.unfinishedFrom === undefined) {
    // An id takes effect even if the last block has no data.
    if ((ids.at(-1)?.id ?? '') !== parser.lastEventId.trim()) add(parser.lastEventId, body.length);
    return { bytes: body, events, ids };
  }
  const advice = 'curl sends the line ends of a file with --data-binary.';
  throw new BadPublicationError(400, `An event stream ends with a blank line; ${advice}`);
}

/** Encodes an event like `encodeEvent`, in turns. Removes a line end at the end, which echo and editors add. */
async function encode({ data, event, id }: OutgoingEvent, turns: Turns): Promise<Uint8Array> {
  const lines = withoutLineEnd(data);
  const bytes = new ByteBuffer();
  // The fields up to the value of the first data line.
  bytes.append(Buffer.from(encodeEvent({ data: '', event, id }).slice(0, -2)));
  for (let from = 0; from < lines.length; ) {
    if (from > 0) await turns.next();
    let to = from + PIECE;
    // Don't split a CRLF or a surrogate pair.
    if (isInMiddle(lines, to)) to += 1;
    bytes.append(Buffer.from(lines.slice(from, to).replace(/\r\n|\r|\n/g, '\ndata: ')));
    from = to;
  }
  bytes.append(Buffer.from('\n\n'));
  return bytes.take();
}

/** Whether the index is between CR and LF, or between the halves of a surrogate pair. */
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
