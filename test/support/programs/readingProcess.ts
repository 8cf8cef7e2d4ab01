// A process that begins to read or to record a stream, and then leaves it: `node readingProcess.mjs WAY URL FILE`. It has to
// end by itself.
import { readEventStream, recordEventStream } from '../../../src/api';

const [, , way = '', url = '', file = ''] = process.argv;
/** A time that is longer than any test. */
const timeout = 1_000_000;

const WAYS: Record<string, () => Promise<unknown>> = {
  leave: async () => {
    for await (const _ of readEventStream(url, { timeout, reconnect: true })) break;
  },
  abort: async () => {
    const controller = new AbortController();
    const events = readEventStream(url, { timeout, signal: controller.signal })[Symbol.asyncIterator]();
    await events.next();
    controller.abort();
    await events.next().catch(() => undefined);
  },
  leaveWait: async () => {
    const leave = () => void events.return?.();
    const events = readEventStream(url, { timeout, reconnect: true, onReconnect: leave })[Symbol.asyncIterator]();
    while (!(await events.next()).done);
  },
  count: async () => {
    for await (const _ of readEventStream(url, { timeout, count: 1 }));
  },
  record: () => recordEventStream(url, file, { timeout, duration: timeout, count: 1, onProgress: () => undefined }),
  neverBegin: async () => void readEventStream(url, { timeout }),
};

await WAYS[way]?.();
console.log('left');
