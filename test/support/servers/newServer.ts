import { readFile } from 'node:fs/promises';
import { newCounter } from '../../../src/server/counter/counterSource';
import { RequestGuard } from '../../../src/server/guard/requestGuard';
import type { StreamSource } from '../../../src/server/source';
import { SseServer, type SseServerOptions } from '../../../src/server/sseServer';
import { Turns } from '../../../src/turns/turns';

/** What differs from the counter's server. */
export type ServerOptions = Partial<SseServerOptions & Pick<StreamSource, 'openStream'>>;

/** The counter's server, not listening yet, that no foreign page may read and that tells no one but of errors. */
export function newServer({ openStream = newCounter(new Turns()), ...options }: ServerOptions = {}): SseServer {
  return new SseServer({
    readPage: () => readFile('media/page.html', 'utf8'),
    source: { openStream },
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
