// A process that serves a script by the API, with connections, waits and a watch, and closes it: `node mockProcess.mjs FILE`.
// It has to exit by itself.
import { get } from 'node:http';
import { fileURLToPath } from 'node:url';
import { serveEventStream } from '../../../src/api/serveEventStream';

const text = 'data: a\n\n:@ wait 10s\ndata: b\n\n';
const watched = await serveEventStream(fileURLToPath(import.meta.url), { watch: true });
const mock = await serveEventStream({ text });
for (const { url } of [mock, mock, watched])
  get(url)
    .on('error', () => undefined)
    .on('response', (response) => response.on('error', () => undefined).resume());
const first = await mock.connection();
await mock.connection();
mock.drop(first);
mock.publish({ data: 'c' });
mock.refuseNext();
const waits = Promise.allSettled([mock.connection(), mock.idle(), watched.idle(), watched.connection()]);
await Promise.all([mock.close(), watched.close()]);
await waits;
console.log('closed');
