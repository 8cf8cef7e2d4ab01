// The same fan-out as that of a Redis stream, from memory: `node memoryStream.mjs PORT RATE`. Entries with the time as their data.
import { RequestGuard } from '../../../src/server/guard/requestGuard';
import { encodeEntry } from '../../../src/server/redis/entries/entry';
import { RedisSource } from '../../../src/server/redis/redisSource';
import type { RedisStream } from '../../../src/server/redis/redisStream';
import { SseServer } from '../../../src/server/sseServer';
import { Turns } from '../../../src/turns/turns';

const [port = 0, rate = 1] = process.argv.slice(2).map(Number);
const history = { length: 0, added: 0, first: undefined, last: '0-0' };
let sequence = 0;

/** Gives the next entry when it is due. */
const stream: Pick<RedisStream, 'next' | 'history' | 'close'> &
  Record<'waiting' | 'commands', { up(): Promise<void> }> = {
  waiting: { up: async () => undefined },
  commands: { up: async () => undefined },
  history: async () => history,
  close: () => undefined,
  next: () => {
    const due = new Promise((resolve) => setTimeout(resolve, 1000 / rate));
    const entry = () => {
      sequence += 1;
      const time = performance.timeOrigin + performance.now();
      return encodeEntry({ id: `1-${sequence}`, fields: ['data', time.toFixed(3)] });
    };
    return { isKept: Promise.resolve(true), entries: due.then(() => [entry()]) };
  },
};

const turns = new Turns();
const server = new SseServer({
  readPage: async () => '',
  source: new RedisSource({
    stream: stream as unknown as RedisStream,
    history,
    fromStart: false,
    turns,
    onError: console.error,
  }),
  guard: new RequestGuard([]),
  turns,
  maxConnections: 20_000,
  onOpen: () => undefined,
  onClose: () => undefined,
  onRefuse: () => undefined,
  onError: console.error,
});
await server.listen(port, { exact: true });
