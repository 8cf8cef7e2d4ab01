import type { Rule } from '../finding';
import { answered, probeOf } from './answers';

/** Headers of a connection, which are forbidden in HTTP/2 (RFC 9113 §8.2.2): Safari drops the stream, as Node does. */
export const forbiddenInHttp2: Rule = (evidence) => {
  const probe = probeOf(evidence, 'http2')?.http2;
  const isProtocolError = probe?.alpn === 'h2' && /PROTOCOL_ERROR/.test(probe.error ?? '');
  const worksOtherwise = answered(evidence).some(({ head }) => head.httpVersion.startsWith('1'));
  if (!isProtocolError || !worksOtherwise) return undefined;
  return { id: 'forbidden-in-http2', confidence: 'proven', values: { error: probe.error ?? '' } };
};
