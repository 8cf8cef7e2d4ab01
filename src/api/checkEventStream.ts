import type { ScriptLocation } from './mock/eventStreamMock';
import type { ScriptCheck } from './reading/streamEvent';

/** Checks a `.sse` file, without playing it. @throws {ScriptError} if the file can't be read */
export async function checkEventStream(_script: ScriptLocation): Promise<ScriptCheck> {
  throw new Error('Not there yet.');
}
