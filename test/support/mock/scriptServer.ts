import { parseScript } from '../../../src/script/parseScript';
import { ScriptSource } from '../../../src/server/script/scriptSource';
import type { StreamRequest } from '../../../src/server/source';
import { Turns } from '../../../src/turns/turns';
import { startServer, type TestServer } from '../servers/testServer';

export interface ScriptServer extends TestServer {
  source: ScriptSource;
  /** The stream's address, `http://127.0.0.1:PORT/event`. */
  stream: string;
}

/** Starts a server that plays the text of a file on a free port; it is closed when the test is over. */
export async function serveScript(file: string | Uint8Array): Promise<ScriptServer> {
  const source = new ScriptSource(scriptOf(file), { turns: new Turns(), onChange: () => undefined });
  const server = await startServer({ source });
  return { ...server, source, stream: `${server.url}event` };
}

export function scriptOf(file: string | Uint8Array) {
  const script = parseScript(typeof file === 'string' ? Buffer.from(file) : file);
  const errors = script.problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(`The file has errors: ${JSON.stringify(errors)}`);
  return script;
}

/** Returns a request for a stream, by GET. */
export function requestOf(lastEventId?: string): StreamRequest {
  return { method: 'GET', query: '', lastEventId, headers: {} };
}
