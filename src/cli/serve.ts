import { origins } from '../api/mock/checkedOption';
import type { EventStreamMock } from '../api/mock/eventStreamMock';
import { serveEventStream } from '../api/serveEventStream';
import { PORT, SEED, SPEED } from '../server/defaults';
import type { Command } from './command';
import { apiFailure } from './process/apiFailure';
import type { Arguments } from './process/arguments';
import { EXIT } from './process/exitCode';
import { UsageError } from './process/failure';
import { aborted } from './process/interruption';
import { standardInputEnd } from './process/standardInput';
import { jsonLog, textLog } from './serveLog';

const HELP = `Usage: sse-counter serve FILE | FOLDER | FILE FILE … [options]

Serves a .sse file on http://127.0.0.1:${PORT.default}/event, and on /NAME for NAME.sse; or those of a folder, or several files,
each on its path: api/orders.sse on /api/orders; / lists them. Until Ctrl-C. When it is ready, standard output has one line with the URL;
the log is on standard error.

  --port N             port; 0: any free one. A taken one is an error. Default: ${PORT.default}
  --speed X            plays X times as fast, ${SPEED.minimum} to ${SPEED.maximum}. Default: ${SPEED.default}
  --seed N             the same pauses of random length in each run, connection by connection. Default: random
  --allow-origin O     origin whose pages may read it, beside those of this machine: https://app.example. Repeatable
  --shared             all connections share one timeline, which begins at once; else each has the file from its beginning
  --watch              reads files again when they have changed, and takes up new ones, for new connections
  --json               ready line and log as JSON on standard output, an object a line
  --until-stdin-ends   ends when standard input ends, so also with the program that started it
`;

export const serve: Command = {
  help: HELP,
  options: {
    'port': { type: 'string' },
    'speed': { type: 'string' },
    'seed': { type: 'string' },
    'allow-origin': { type: 'string', multiple: true },
    'shared': { type: 'boolean' },
    'watch': { type: 'boolean' },
    'json': { type: 'boolean' },
    'until-stdin-ends': { type: 'boolean' },
  },
  async run(given, around) {
    const files = given.several('FILE or FOLDER');
    const file = files.join(', ');
    const log = given.has('json') ? jsonLog(around.stdout) : textLog(around);
    const inputEnd = given.has('until-stdin-ends') ? standardInputEnd() : undefined;
    const mock = await start(files, given, log);
    // Nobody waits for a line of what was ended while it started.
    if (!around.interrupted.aborted) log.onReady(file, mock);
    void inputEnd?.then(() => around.interrupt());
    await aborted(around.interrupted);
    await mock.close();
    return EXIT.done;
  },
};

async function start(
  files: readonly string[],
  given: Arguments,
  log: ReturnType<typeof textLog>,
): Promise<EventStreamMock> {
  const options = {
    ...log,
    port: given.wholeNumber('port', PORT, ' (0: any free port)') ?? PORT.default,
    speed: given.number('speed', SPEED, 'a factor'),
    seed: given.wholeNumber('seed', SEED),
    allowOrigins: allowedOrigins(given),
    shared: given.has('shared'),
    watch: given.has('watch'),
  };
  try {
    const [first = '', ...others] = files;
    return await serveEventStream(others.length > 0 ? files : first, options);
  } catch (error) {
    throw apiFailure(error);
  }
}

function allowedOrigins(given: Arguments): readonly string[] {
  try {
    return origins('--allow-origin', given.texts('allow-origin'));
  } catch (error) {
    throw error instanceof TypeError ? new UsageError(error.message) : error;
  }
}
