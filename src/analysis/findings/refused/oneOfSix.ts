import type { Rule } from '../finding';
import { probeOf } from './answers';

/** A server without HTTP/2: each stream takes one of a browser's six connections. Only on demand: dev servers are so. */
export const oneOfSix: Rule = (evidence) => {
  const probe = probeOf(evidence, 'http2');
  if (!probe?.http2 || probe.http2.alpn === 'h2') return undefined;
  const isPlain = probe.connection.request.origin.startsWith('http:');
  return { id: 'one-of-six', confidence: 'hint', variant: isPlain ? 'plain' : 'tls', values: {} };
};
