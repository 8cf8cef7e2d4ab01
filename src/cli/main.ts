// `npm run serve [-- --port N --max-connections N]`: the counter's server alone, in a terminal, like the article's main.go.
import { parseArgs } from 'node:util';
import page from '../../media/page.html';
import { curlCommand } from '../client/request/curlLines';
import { newCounter } from '../server/counter/counterSource';
import { ALLOWED_ORIGINS, MAX_CONNECTIONS, type NumberOption, PORT } from '../server/defaults';
import { RequestGuard } from '../server/guard/requestGuard';
import type { Connection } from '../server/http/connection';
import { type Listening, ServerClosedError } from '../server/http/listening';
import { quote } from '../server/http/quote';
import { SseServer } from '../server/sseServer';
import { Turns } from '../turns/turns';

async function main(): Promise<void> {
  const { port, maxConnections } = readOptions();
  const turns = new Turns();
  const server = new SseServer({
    readPage: async () => page,
    source: { openStream: newCounter(turns) },
    guard: new RequestGuard(
      ALLOWED_ORIGINS,
      'Pages of this machine may: http://localhost, http://127.0.0.1 and http://[::1].',
    ),
    maxConnections,
    connectionsAdvice: 'Start it with a higher --max-connections to allow more.',
    turns,
    onOpen: (connection) => log(`open ${connection.remote}, ${server.connectionCount} in all`),
    onClose: (connection) => log(`closed ${describeEnd(connection)}, ${server.connectionCount} left`),
    onRefuse: ({ method, path, status, reason, remote }) =>
      log(`refused ${remote} ${method} ${quote(path)}: ${status} ${reason}`),
    onError: (error) => console.error(error),
  });
  // The reader of the log may exit before the server does: further output is then discarded.
  for (const output of [process.stdout, process.stderr]) output.on('error', () => output.destroy());
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => server.close().then(() => process.exit(0), fail));
  }
  announce(await server.listen(port));
}

function readOptions(): { port: number; maxConnections: number } {
  const { values } = parseArgs({ options: { 'port': { type: 'string' }, 'max-connections': { type: 'string' } } });
  return {
    port: wholeNumber('--port', values.port, PORT, ' (0: any free port)'),
    maxConnections: wholeNumber('--max-connections', values['max-connections'], MAX_CONNECTIONS),
  };
}

function wholeNumber(name: string, given: string | undefined, range: NumberOption, meaning = ''): number {
  if (given === undefined) return range.default;
  const number = Number(given);
  if (/^\d{1,5}$/.test(given) && number >= range.minimum && number <= range.maximum) return number;
  throw new Error(`${name} takes a whole number from ${range.minimum} to ${range.maximum}${meaning}, not "${given}".`);
}

function announce({ url, port, instead }: Listening): void {
  if (instead) {
    const why = instead.code === 'EADDRINUSE' ? 'is in use by another program' : 'is not allowed to you by the system';
    console.error(`Port ${instead.port} ${why}; port ${port} is used instead.`);
  }
  console.log(`SSE Counter on ${url} (Ctrl-C ends it)\nTry: ${curlCommand(`${url}event`)}`);
}

function describeEnd({ remote, eventsSent, age, wasCutOff }: Connection): string {
  const why = wasCutOff ? ', as it did not read' : '';
  return `${remote} after ${eventsSent} ${eventsSent === 1 ? 'event' : 'events'}, ${(age / 1000).toFixed(1)} s${why}`;
}

function log(message: string): void {
  console.log(`${new Date().toISOString()} ${message}`);
}

function fail(error: unknown): void {
  // Ctrl-C while starting: the signal's handler ends the process.
  if (error instanceof ServerClosedError) return;
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

main().catch(fail);
