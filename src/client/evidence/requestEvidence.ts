import type { RequestEvidence } from '../../analysis/evidence/evidence';
import { ownText } from '../../text/ownText';
import { parsedUrl } from '../request/parsedUrl';
import { ACCEPT, isSendableId, type StreamRequest } from '../request/streamRequest';

/** Maximum number of header names that are kept, and maximum length of a text, in UTF-16 code units. */
const [MAX_NAMES, MAX_TEXT] = [100, 200];

/** Returns the facts about a request, none of which may be secret. @param lastEventId of this attempt; empty for none */
export function requestEvidence({ method, url, headers, body }: StreamRequest, lastEventId: string): RequestEvidence {
  const headerOf = (name: string) => headers.find(([given]) => given.toLowerCase() === name)?.[1].slice(0, MAX_TEXT);
  return {
    method,
    origin: (parsedUrl(url)?.origin ?? '').slice(0, MAX_TEXT),
    hasBody: body !== undefined,
    headers: headers.slice(0, MAX_NAMES).map(([name]) => name.toLowerCase().slice(0, MAX_TEXT)),
    accept: headerOf('accept') ?? ACCEPT[1],
    acceptEncoding: headerOf('accept-encoding') ?? '',
    fromOrigin: headerOf('origin') ?? '',
    lastEventId: isSendableId(lastEventId) ? ownText(lastEventId, MAX_TEXT) : '',
  };
}
