import type { EventStreamMock } from '../api/mock/eventStreamMock';
import { origins } from '../api/options/checkedOption';
import type { RedisEventStream } from '../api/redis/redisEventStream';
import { serveEventStream } from '../api/serveEventStream';
import { KEEP, MAX_CONNECTIONS, PORT, SEED, SPEED } from '../server/defaults';
import { isAnyUrl, isRedisUrl, shownStreamUrl, splitStreamUrl } from '../server/redis/link/redisAddress';
import type { Command } from './command';
import { apiFailure } from './process/apiFailure';
import type { Arguments } from './process/arguments';
import { EXIT } from './process/exitCode';
import { UsageError } from './process/failure';
import { aborted, unlessInterrupted } from './process/interruption';
import { standardInputEnd } from './process/standardInput';
import { jsonLog, textLog } from './serveLog';

const HELP = `Usage: sse-counter serve FILE | FOLDER | FILE FILE … [options]
       sse-counter serve redis://HOST:6379/STREAM [options]

Serves a .sse file on http://127.0.0.1:${PORT.default}/event, and on /NAME for NAME.sse; or those of a folder, or several files,
each on its path: api/orders.sse on /api/orders; / lists them. Until Ctrl-C. When it is ready, standard output has one line with the URL;
the log is on standard error.

  --port N             port; 0: any free one. A taken one is an error. Default: ${PORT.default}
  --speed X            plays X times as fast, ${SPEED.minimum} to ${SPEED.maximum}. Default: ${SPEED.default}
  --seed N             the same pauses of random length in each run, connection by connection. Default: random
  --allow-origin O     origin whose pages may read it, beside those of this machine: https://app.example. Repeatable
  --shared             all connections share one timeline, which begins at once; else each has the file from its beginning
  --watch              reads files again when they have changed, and takes up new ones, for new connections
  --max-connections N  how many streams may be open; the next gets 503. Default: ${MAX_CONNECTIONS.default}
  --json               ready line and log as JSON on standard output, an object a line
  --until-stdin-ends   ends when standard input ends, so also with the program that started it

redis://HOST:6379/STREAM is a stream of a Redis or Valkey: any number of these servers, on any machines, send the same events on
/event, a client resumes at any of them, and POST /publish on one reaches the clients of all. rediss:// speaks TLS; ?db=1 behind it is
a database. User and password stand in the URL, or in REDIS_URL if that names the same host; redis:///STREAM has all of it from
there.

  --from-start         a client without an id gets all that is kept; else what comes from then on
  --keep N             how many entries are kept, about, when one is published. Default: ${KEEP.default}
`;

/** Options for one of the two kinds. */
const OF_FILES = ['speed', 'seed', 'shared', 'watch'];
const OF_REDIS = ['from-start', 'keep'];

export const serve: Command = {
  help: HELP,
  options: {
    'port': { type: 'string' },
    'speed': { type: 'string' },
    'seed': { type: 'string' },
    'allow-origin': { type: 'string', multiple: true },
    'shared': { type: 'boolean' },
    'watch': { type: 'boolean' },
    'max-connections': { type: 'string' },
    'from-start': { type: 'boolean' },
    'keep': { type: 'string' },
    'json': { type: 'boolean' },
    'until-stdin-ends': { type: 'boolean' },
  },
  async run(given, around) {
    const files = given.several('FILE or FOLDER');
    const isRedis = files.some(isRedisUrl);
    const file = isRedis ? shownStream(files) : files.join(', ');
    checkKind(given, isRedis);
    // It may hold a password, and a file that can't be read is named.
    if (!isRedis && files.some(isAnyUrl))
      throw new UsageError('It serves files, folders and redis://HOST:6379/STREAM, also of a Valkey; no other URL.');
    const log = given.has('json') ? jsonLog(around.stdout) : textLog(around);
    if (given.has('until-stdin-ends')) void standardInputEnd().then(() => around.interrupt());
    // A large file, or a Redis that doesn't answer, takes seconds.
    const mock = await unlessInterrupted(start(files, given, log), around.interrupted).catch((error: unknown) => {
      throw apiFailure(error);
    });
    log.onReady(file, mock);
    await aborted(around.interrupted);
    await mock.close();
    return EXIT.done;
  },
};

async function start(
  files: readonly string[],
  given: Arguments,
  log: ReturnType<typeof textLog>,
): Promise<EventStreamMock | RedisEventStream> {
  const common = {
    ...log,
    port: given.wholeNumber('port', PORT, ' (0: any free port)') ?? PORT.default,
    allowOrigins: allowedOrigins(given),
    maxConnections: given.wholeNumber('max-connections', MAX_CONNECTIONS),
  };
  const [first = '', ...others] = files;
  if (isRedisUrl(first))
    return serveEventStream(splitStreamUrl(first), {
      ...common,
      fromStart: given.has('from-start'),
      keep: given.wholeNumber('keep', KEEP),
    });
  return serveEventStream(others.length > 0 ? files : first, {
    ...common,
    speed: given.number('speed', SPEED, 'a factor'),
    seed: given.wholeNumber('seed', SEED),
    shared: given.has('shared'),
    watch: given.has('watch'),
  });
}

/** Returns the URL of a Redis stream as it may be shown. @throws {UsageError} if it is none, or not the only argument */
function shownStream(files: readonly string[]): string {
  const [first = '', ...others] = files;
  if (others.length > 0) throw new UsageError('A Redis stream is served alone.');
  try {
    return shownStreamUrl(first);
  } catch (error) {
    throw error instanceof TypeError ? new UsageError(error.message) : error;
  }
}

/** Throws for options that files alone have, or Redis streams. @throws {UsageError} */
function checkKind(given: Arguments, isRedis: boolean): void {
  const wrong = (isRedis ? OF_FILES : OF_REDIS).find((name) => given.has(name));
  if (wrong !== undefined)
    throw new UsageError(`--${wrong} is for ${isRedis ? 'files' : 'a Redis stream: redis://HOST:6379/STREAM'}.`);
}

function allowedOrigins(given: Arguments): readonly string[] {
  try {
    return origins('--allow-origin', given.texts('allow-origin'));
  } catch (error) {
    throw error instanceof TypeError ? new UsageError(error.message) : error;
  }
}
