import type { HeadEvidence } from '../../analysis/evidence/evidence';
import type { StreamFormat } from '../../stream/streamParser';
import { ownText } from '../../text/ownText';
import type { Exchange } from '../http/exchange';
import { isSecretResponseHeader } from '../request/secrets/responseSecrets';

/** Maximum number of headers that are kept, and maximum length of a value, in UTF-16 code units. */
const [MAX_HEADERS, MAX_VALUE] = [200, 1000];

/** Parts of a response that are evidence. */
type HeadFacts = Pick<Exchange, 'status' | 'httpVersion' | 'headers' | 'contentType' | 'charset' | 'encoding' | 'tls'>;

/** Returns the facts about a response's head, without secrets. @param at time since the request, in milliseconds */
export function headEvidence(response: HeadFacts, format: StreamFormat | undefined, at: number): HeadEvidence {
  const { status, httpVersion, contentType, charset, encoding, tls } = response;
  const headers = response.headers.slice(0, MAX_HEADERS).map(([name, value]): [string, string] => {
    return [name.slice(0, MAX_VALUE), isSecretResponseHeader(name) ? '•••' : ownText(value, MAX_VALUE)];
  });
  return {
    at,
    status,
    httpVersion,
    headers,
    contentType: contentType.slice(0, MAX_VALUE),
    ...(charset !== undefined && { charset: charset.slice(0, MAX_VALUE) }),
    encoding: encoding.slice(0, MAX_VALUE),
    isStream: format !== undefined,
    ...(format === 'lines' && { isLines: true }),
    ...(tls && { tls: { issuer: tls.issuer.slice(0, MAX_VALUE), alpn: tls.alpn } }),
  };
}
