import { Turns } from '../turns/turns';
import type { ScriptLocation } from './mock/eventStreamMock';
import type { ScriptCheck } from './mock/scriptCheck';
import { described, ScriptFile } from './mock/scriptFile';

/** Checks a `.sse` file, without playing it. @throws {ScriptError} if the file can't be read */
export async function checkEventStream(script: ScriptLocation): Promise<ScriptCheck> {
  const { problems, events, duration } = await new ScriptFile(script, new Turns()).parse();
  const ok = problems.every(({ severity }) => severity !== 'error');
  return { ok, problems: problems.map(described), events, duration };
}
