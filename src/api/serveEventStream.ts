import type { EventStreamMock, ScriptLocation, ServeOptions } from './mock/eventStreamMock';

/**
 * Serves a `.sse` file on 127.0.0.1, as an EventSource reads it. Resolves when the server listens.
 * @throws {ScriptError} if the file can't be read or has an error: `file:line:column: sentence`
 * @throws {ServeError} if the port is taken, or not allowed to you
 */
export async function serveEventStream(_script: ScriptLocation, _options: ServeOptions = {}): Promise<EventStreamMock> {
  throw new Error('Not there yet.');
}
