// A process that serves the streams of evidence/illServer: `node illProcess.mjs`. It prints its URL. Unlike the test's own
// process, it isn't blocked when that is.
import { serveIll } from '../evidence/illServer';

console.log((await serveIll()).url);
