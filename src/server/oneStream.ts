import type { OpenStream, StreamSource } from './source';

/** Path of the stream of a server that has one. */
export const STREAM_PATH = '/event';

/** Returns the source of a server that has one stream, asked for by GET. */
export function oneStream(openStream: OpenStream): StreamSource {
  const main = { path: STREAM_PATH, methods: ['GET'] as const, eventTypes: [], readsBody: false, openStream };
  return { main, streams: [main], streamOn: (path) => (path === STREAM_PATH ? main : undefined) };
}
