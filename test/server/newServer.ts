import { newCounter } from '../../src/server/counter';
import { RequestGuard } from '../../src/server/requestGuard';
import { SseServer, type SseServerOptions } from '../../src/server/sseServer';

/** The counter's server, not listening yet, that no foreign page may read and that tells no one but of errors. */
export function newServer(options: Partial<SseServerOptions> = {}): SseServer {
  return new SseServer({
    pageFile: 'media/page.html',
    openStream: newCounter(),
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
