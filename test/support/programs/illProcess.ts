// A process that serves the streams of servers/illServer: `node illProcess.mjs`. It prints its URL. Unlike the test's own
// process, it isn't blocked when that is.
import { serveIll } from '../servers/illServer';

console.log((await serveIll()).url);
