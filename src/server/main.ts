// `npm run serve [-- --port N]`: the counter's server alone in a terminal, as the article's main.go was.
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Connection } from './connection';
import { openCounter } from './counter';
import { curlCommand } from './curlCommand';
import { type Listening, ServerClosedError } from './listening';
import { SseServer } from './sseServer';

const DEFAULT_PORT = '8080';

async function main(): Promise<void> {
  const port = readPort();
  const server = new SseServer({
    // Seen from the bundle, which is in dist/.
    pageFile: fileURLToPath(new URL('../media/page.html', import.meta.url)),
    openStream: openCounter,
    onOpen: (connection) => log(`open ${connection.remote}, ${server.connectionCount} in all`),
    onClose: (connection) => log(`closed ${describeEnd(connection)}, ${server.connectionCount} left`),
    onError: (error) => console.error(error),
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => server.close().then(() => process.exit(0), fail));
  }
  announce(await server.listen(port));
}

function readPort(): number {
  const { port } = parseArgs({ options: { port: { type: 'string', default: DEFAULT_PORT } } }).values;
  if (/^\d{1,5}$/.test(port) && Number(port) <= 65_535) return Number(port);
  throw new Error(`--port takes a whole number from 0 to 65535 (0: any free port), not "${port}".`);
}

function announce({ url, port, instead }: Listening): void {
  if (instead) {
    const why = instead.code === 'EADDRINUSE' ? 'is in use by another program' : 'is not allowed to you by the system';
    console.error(`Port ${instead.port} ${why}; port ${port} is used instead.`);
  }
  console.log(`SSE Counter on ${url} (Ctrl-C ends it)\nTry: ${curlCommand(`${url}event`)}`);
}

function describeEnd({ remote, eventsSent, age }: Connection): string {
  return `${remote} after ${eventsSent} ${eventsSent === 1 ? 'event' : 'events'}, ${(age / 1000).toFixed(1)} s`;
}

function log(message: string): void {
  console.log(`${new Date().toISOString()} ${message}`);
}

function fail(error: unknown): void {
  // Ctrl-C while starting: its own handler ends the process, in good order.
  if (error instanceof ServerClosedError) return;
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

main().catch(fail);
