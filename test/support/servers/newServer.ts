import { readFile } from 'node:fs/promises';
import { newCounter } from '../../../src/server/counter/counterSource';
import { RequestGuard } from '../../../src/server/guard/requestGuard';
import { oneStream } from '../../../src/server/oneStream';
import type { OpenStream } from '../../../src/server/source';
import { SseServer, type SseServerOptions } from '../../../src/server/sseServer';
import { Turns } from '../../../src/turns/turns';

/** Options that differ from those of the counter's server. */
export type ServerOptions = Partial<SseServerOptions & { openStream: OpenStream }>;

/** Creates the counter's server, not listening yet; no foreign page may read it, and it reports only errors. */
export function newServer({ openStream = newCounter(new Turns()), ...options }: ServerOptions = {}): SseServer {
  return new SseServer({
    readPage: () => readFile('media/page.html', 'utf8'),
    source: oneStream(openStream),
    turns: new Turns(),
    guard: new RequestGuard([]),
    maxConnections: 10_000,
    onOpen: () => undefined,
    onClose: () => undefined,
    onRefuse: () => undefined,
    onError: (error) => {
      throw error;
    },
    ...options,
  });
}
