import { MAX_CONNECTIONS, PORT, SEED, SPEED } from '../server/defaults';
import { Turns } from '../turns/turns';
import { anyNumber, origins, wholeNumber } from './mock/checkedOption';
import type { EventStreamMock, ScriptLocation, ServeOptions } from './mock/eventStreamMock';
import { ScriptFile } from './mock/scriptFile';
import { ServedMock } from './mock/servedMock';

/**
 * Serves a `.sse` file on 127.0.0.1, as an EventSource reads it. Resolves when the server listens.
 * @throws {ScriptError} if the file can't be read or watched, or has an error: `file:line:column: sentence`
 * @throws {ServeError} if the port is taken, or not allowed to you
 * @throws {RangeError} if an option is out of its range @throws {TypeError} if it is of a wrong kind
 */
export async function serveEventStream(script: ScriptLocation, options: ServeOptions = {}): Promise<EventStreamMock> {
  const { port = 0, speed, seed, maxConnections, allowOrigins, watch = false } = options;
  wholeNumber('port', port, PORT);
  if (speed !== undefined) anyNumber('speed', speed, SPEED);
  if (seed !== undefined) wholeNumber('seed', seed, SEED);
  if (maxConnections !== undefined) wholeNumber('maxConnections', maxConnections, MAX_CONNECTIONS);
  if (allowOrigins !== undefined) origins('allowOrigins', allowOrigins);
  const turns = new Turns();
  const file = new ScriptFile(script, turns);
  if (watch && file.path === undefined) throw new TypeError('watch needs a file: a text doesn’t change.');
  const mock = new ServedMock(await file.read(), turns, options);
  await mock.listen(port, watch ? file : undefined);
  return mock;
}
