import { onTestFinished } from 'vitest';
import type { EventStreamMock, ScriptLocation, ServeOptions } from '../../../src/api/mock/eventStreamMock';
import { serveEventStream } from '../../../src/api/serveEventStream';

/** Serves a script's text by the API; closed when the test is over. */
export function serveMock(text: string, options?: ServeOptions): Promise<EventStreamMock> {
  return serveScriptAt({ text }, options);
}

/** Serves a script, most often a file, by the API; closed when the test is over. */
export async function serveScriptAt(script: ScriptLocation, options?: ServeOptions): Promise<EventStreamMock> {
  const mock = await serveEventStream(script, options);
  onTestFinished(() => mock.close());
  return mock;
}
