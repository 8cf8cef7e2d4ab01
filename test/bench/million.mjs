// A server, in a process of its own, that sends a million events of 86 bytes as fast as they are taken.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';

export const EVENTS = 1_000_000;
/** Number of events that are made at once: a text of all would be too long to join quickly. */
const PIECE = 1000;

/** Starts the server. It is to be killed by the caller. */
export async function startMillion() {
  const server = fork(fileURLToPath(import.meta.url));
  const [port] = await once(server, 'message');
  return { url: `http://127.0.0.1:${port}/`, server };
}

function serve() {
  const pieces = [];
  for (let from = 0; from < EVENTS; from += PIECE) {
    pieces.push(Array.from({ length: PIECE }, (_, n) => eventOf(from + n + 1)).join(''));
  }
  const bytes = Buffer.from(pieces.join(''));
  const server = createServer((_, response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    response.end(bytes);
  });
  server.listen(0, '127.0.0.1', () => {
    process.send?.(/** @type {import('node:net').AddressInfo} */ (server.address()).port);
  });
}

/** @param {number} n from 1 */
function eventOf(n) {
  const id = String(n).padStart(7, '0');
  return `id: ${id}\nevent: reading\ndata: {"sensor":"harbour 01","level":${EVENTS + n},"unit":"cm"}\n\n`;
}

if (process.send && process.argv[1] === fileURLToPath(import.meta.url)) serve();
