import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { withEscapes } from '../../text/foreignText';
import type { Turns } from '../../turns/turns';
import type { OpenedConnection } from '../source';

/** Length from which rows are sent, in UTF-16 code units. */
const PIECE = 16 * 1024;

/** Returns a connection as JSON. */
export function connectionJson({ id, path, since, lastEventId, origin, eventsSent }: OpenedConnection): string {
  return withEscapes(JSON.stringify({ id, path, since, lastEventId, origin: origin ?? null, eventsSent }));
}

/**
 * Sends connections as a JSON array, in turns and as fast as the client reads: a thousand of them may have ids of 15 KB each, whose
 * escapes took a second. Resolves also if the client leaves.
 * @param response with its head written
 */
export async function sendConnections(
  connections: readonly OpenedConnection[],
  response: ServerResponse,
  turns: Turns,
): Promise<void> {
  await pipeline(Readable.from(pieces(connections, turns)), response).catch((error: unknown) => {
    if (!response.destroyed) throw error;
  });
}

async function* pieces(connections: readonly OpenedConnection[], turns: Turns): AsyncGenerator<string, void> {
  let piece = '[';
  for (const [index, connection] of connections.entries()) {
    if (turns.isOver) await turns.next();
    piece += `${index > 0 ? ',' : ''}${connectionJson(connection)}`;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  yield `${piece}]\n`;
}
