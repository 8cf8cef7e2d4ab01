// The counter's server alone, in a terminal, like the article's main.go.
import page from '../../media/page.html';
import { curlCommand } from '../client/request/curlLines';
import { newCounter } from '../server/counter/counterSource';
import { ALLOWED_ORIGINS, MAX_CONNECTIONS, PORT } from '../server/defaults';
import { RequestGuard } from '../server/guard/requestGuard';
import { type Listening, refusalText } from '../server/http/listening';
import { oneStream } from '../server/oneStream';
import { SseServer } from '../server/sseServer';
import { Turns } from '../turns/turns';
import type { Command, Surroundings } from './command';
import { closedLine, openedLine, refusedLine, stamped } from './lines/logLines';
import type { Arguments } from './process/arguments';
import { EXIT } from './process/exitCode';
import { Failure } from './process/failure';
import { aborted } from './process/interruption';
import type { Output } from './process/output';

const HELP = `Usage: sse-counter count [--port N] [--max-connections N]

Counts once a second on http://127.0.0.1:8080/event, until Ctrl-C. The log is on standard output.

  --port N              port; 0: any free one. Where it is taken, the next free one is used. Default: ${PORT.default}
  --max-connections N   how many streams may be open; the next gets 503. Default: ${MAX_CONNECTIONS.default}
`;

export const count: Command = {
  help: HELP,
  options: { 'port': { type: 'string' }, 'max-connections': { type: 'string' } },
  async run(given, around) {
    given.none();
    const port = given.wholeNumber('port', PORT, ' (0: any free port)') ?? PORT.default;
    const server = newServer(given, around);
    const listening = server.listen(port).then((address) => announce(address, around));
    // A signal also ends the start.
    await Promise.race([listening.catch(refuseToStart), aborted(around.interrupted)]);
    await aborted(around.interrupted);
    await server.close();
    return EXIT.done;
  },
};

function newServer(given: Arguments, { stdout, stderr }: Surroundings): SseServer {
  const turns = new Turns();
  const server: SseServer = new SseServer({
    readPage: async () => page,
    source: oneStream(newCounter(turns)),
    guard: new RequestGuard(
      ALLOWED_ORIGINS,
      'Pages of this machine may: http://localhost, http://127.0.0.1 and http://[::1].',
    ),
    maxConnections: given.wholeNumber('max-connections', MAX_CONNECTIONS) ?? MAX_CONNECTIONS.default,
    connectionsAdvice: 'Start it with a higher --max-connections to allow more.',
    turns,
    onOpen: ({ remote }) => log(stdout, openedLine(remote, server.connectionCount)),
    onClose: (connection) => log(stdout, closedLine(connection, server.connectionCount)),
    onRefuse: (request) => log(stdout, refusedLine(request)),
    onError: (error) => stderr.line(error instanceof Error ? `${error.stack}` : String(error)),
  });
  return server;
}

function announce({ url, port, instead }: Listening, { stdout, stderr }: Surroundings): void {
  if (instead) stderr.line(`${refusalText(instead.port, instead.code)}; port ${port} is used instead.`);
  stdout.line(
    `SSE Counter on ${url} (Ctrl-C ends it)\nTry: ${curlCommand(`${url}event`, process.platform === 'win32' ? 'powershell' : 'posix')}`,
  );
}

function refuseToStart(error: unknown): never {
  throw error instanceof Error ? new Failure(error.message) : error;
}

function log(output: Output, line: string): void {
  output.log(stamped(line));
}
