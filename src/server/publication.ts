import type { IncomingMessage, ServerResponse } from 'node:http';
import { endsInLine } from '../sse/bytes';
import { encodeEvent } from '../sse/encode';
import { EventStreamParser } from '../sse/parse';
import { Query } from './query';

/** How much may be published at once, in bytes. */
const MAX_SIZE = 1024 * 1024;

/** What a client can't publish; its message is one sentence for the client. */
export class BadPublicationError extends Error {
  override readonly name = 'BadPublicationError';
  constructor(
    /** Of HTTP. */
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/**
 * The bytes of an event stream that a client publishes with a request: its body, where that is text/event-stream; else an
 * event of which the body is the data, and the query's `event` and `id` the type and the id.
 * @throws {BadPublicationError} when a web page asks, or the body is too large, or is an event stream that isn't whole
 * @throws {BadOptionError} when an option is wrong
 */
export async function readPublication(
  request: IncomingMessage,
  response: ServerResponse,
  text: string,
): Promise<Uint8Array> {
  refusePages(request);
  const query = new Query(text, ['event', 'id']);
  const [event, id] = [query.line('event'), query.single('id', 'one line of 1 to 100 characters, without NUL', readId)];
  // A client may wait for leave before it sends the body (RFC 9110 §10.1.1).
  if (request.headers.expect?.toLowerCase() === '100-continue') response.writeContinue();
  const body = await readBody(request);
  if (/^text\/event-stream *(;|$)/i.test(request.headers['content-type'] ?? '')) {
    refuseUnfinished(body);
    return body;
  }
  // The line end that echo and editors put behind the last line is no line of its own.
  const data = new TextDecoder().decode(body).replace(/(\r\n|\r|\n)$/, '');
  return Buffer.from(encodeEvent({ data, event, id }));
}

/** Each browser sends one of the two with each POST of a page (Fetch §3.2 "Origin header", Fetch Metadata §2); a program doesn't. */
function refusePages({ headers }: IncomingMessage): void {
  if (headers.origin === undefined && headers['sec-fetch-site'] === undefined) return;
  throw new BadPublicationError(403, 'Web pages can’t publish; programs can: curl -d hello http://…/publish');
}

/** What the file sends next would be of its last event, or line. */
function refuseUnfinished(body: Uint8Array): void {
  const parser = new EventStreamParser(() => undefined, { continues: true });
  parser.feed(body);
  if (!endsInLine(body) && parser.unfinishedFrom === undefined) return;
  const advice = 'curl sends the line ends of a file with --data-binary.';
  throw new BadPublicationError(400, `An event stream ends with a blank line; ${advice}`);
}

function readId(value: string): string | undefined {
  return /^[^\r\n\0]{1,100}$/.test(value) ? value : undefined;
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > MAX_SIZE) throw new BadPublicationError(413, `At most ${MAX_SIZE} bytes can be published at once.`);
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}
