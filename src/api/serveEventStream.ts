import { stat } from 'node:fs/promises';
import { MAX_CONNECTIONS, PORT, SEED, SPEED } from '../server/defaults';
import { Turns } from '../turns/turns';
import type { EventStreamMock, ServedLocation, ServeOptions } from './mock/eventStreamMock';
import { FolderContent } from './mock/folderContent';
import type { MockContent } from './mock/mockContent';
import { ScriptContent } from './mock/scriptContent';
import { ScriptFile } from './mock/scriptFile';
import { ServedMock } from './mock/servedMock';
import { anyNumber, origins, ownOptions, wholeNumber } from './options/checkedOption';
import type { RedisEventStream, RedisLocation, RedisServeOptions } from './redis/redisEventStream';

/**
 * Serves a `.sse` file on 127.0.0.1, as an EventSource reads it; or those of a folder, or several. Resolves when the server
 * listens.
 * @throws {ScriptError} if a file can't be read, served or watched, or has an error: `file:line:column: sentence`
 * @throws {ServeError} if the port is taken, or not allowed to you
 * @throws {RangeError} if an option is out of its range @throws {TypeError} if it is of a wrong kind
 */
export function serveEventStream(served: ServedLocation, options?: ServeOptions): Promise<EventStreamMock>;
/**
 * Serves a Redis stream on 127.0.0.1; any number of servers send the same one. Resolves when the server listens.
 * @throws {RedisError} if Redis can't be used
 * @throws {ServeError} if the port is taken, or not allowed to you
 * @throws {RangeError} if an option is out of its range @throws {TypeError} if it, or the location, is of a wrong kind
 */
export function serveEventStream(served: RedisLocation, options?: RedisServeOptions): Promise<RedisEventStream>;
export async function serveEventStream(
  served: ServedLocation | RedisLocation,
  options: ServeOptions | RedisServeOptions = {},
): Promise<EventStreamMock | RedisEventStream> {
  const own = ownOptions(options);
  // A list may be one that can be read only once.
  if (own.allowOrigins !== undefined) own.allowOrigins = origins('allowOrigins', own.allowOrigins);
  if (isRedis(served)) return (await import('./redis/serveRedis')).serveRedis(served, own);
  return serveScripts(served, own);
}

async function serveScripts(served: ServedLocation, options: ServeOptions): Promise<EventStreamMock> {
  const { port = 0, speed, seed, maxConnections, watch = false } = options;
  wholeNumber('port', port, PORT);
  if (speed !== undefined) anyNumber('speed', speed, SPEED);
  if (seed !== undefined) wholeNumber('seed', seed, SEED);
  if (maxConnections !== undefined) wholeNumber('maxConnections', maxConnections, MAX_CONNECTIONS);
  const turns = new Turns();
  const mock = new ServedMock(await contentOf(served, turns, watch), turns, options);
  await mock.listen(port, watch);
  return mock;
}

async function contentOf(served: ServedLocation, turns: Turns, isWatched: boolean): Promise<MockContent> {
  if (isSeveral(served)) {
    const paths = served.map((one) => new ScriptFile(one, turns).path ?? '');
    if (paths.length === 0) throw new TypeError('No file is given to be served.');
    return FolderContent.read(paths, turns, isWatched);
  }
  const file = new ScriptFile(served, turns);
  if (file.path !== undefined && (await isFolder(file.path))) return FolderContent.read(file.path, turns, isWatched);
  if (isWatched && file.path === undefined) throw new TypeError('watch needs a file: a text doesn’t change.');
  return ScriptContent.read(file);
}

function isRedis(served: ServedLocation | RedisLocation): served is RedisLocation {
  return typeof served === 'object' && served !== null && 'redis' in served;
}

function isSeveral(served: ServedLocation): served is readonly (string | URL)[] {
  return Array.isArray(served);
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    // Reading it as a file tells why it can't be read.
    return false;
  }
}
