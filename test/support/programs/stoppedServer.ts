// A process that serves an event of 64 MB, with a drain timeout of one second: `node stoppedServer.mjs`. It prints its port,
// and for each connection that ends whether it was cut off.

import { parseScript } from '../../../src/script/parseScript';
import { RequestGuard } from '../../../src/server/guard/requestGuard';
import { ScriptSource } from '../../../src/server/script/scriptSource';
import { SseServer } from '../../../src/server/sseServer';
import { Turns } from '../../../src/turns/turns';

const turns = new Turns();
const script = parseScript(Buffer.from(`data: ${'x'.repeat(64 * 2 ** 20)}\n\n:@ end\n`));
const server = new SseServer({
  readPage: async () => '',
  source: new ScriptSource(script, { turns, drainTimeout: 1000, onChange: () => undefined }),
  guard: new RequestGuard([]),
  maxConnections: 10,
  turns,
  onOpen: () => undefined,
  onClose: ({ wasCutOff }) => console.log(wasCutOff ? 'cut off' : 'ended'),
  onRefuse: () => undefined,
  onError: (error) => console.error(error),
});
console.log((await server.listen(0)).port);
