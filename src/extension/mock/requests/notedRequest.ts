import type { IncomingMessage } from 'node:http';
import type { RequestRow } from '../../../messages/mock';
import { refusedRequest } from '../../../server/guard/refusedRequest';
import { readLastEventId } from '../../../server/http/lastEventId';
import { splitTarget } from '../../../server/http/requestTarget';
import type { StreamAnswer } from '../../../server/source';
import { clientName } from './clientName';

/** Maximum length of each text of a request that is shown, in UTF-16 code units. */
const MAX_TEXT = 500;
/** Characters that a text is cut behind: a secret ends there. */
const DELIMITERS = [...'/?&;,=# '];

/** A request as it was noted. Its texts come from outside, and may contain secrets. */
export interface NotedRequest extends Omit<RequestRow, 'client'> {
  userAgent: string;
}

/** Notes a request with its answer. Does little, since there may be thousands in a second. @param id number of the request */
export function notedRequest(id: number, request: IncomingMessage, answer: StreamAnswer): NotedRequest {
  const { url = '/', headers } = request;
  const { status } = answer;
  const { method, reason, remote, userAgent } = refusedRequest(request, answer.play ? { status } : answer);
  const header = headers['last-event-id'] as string | undefined;
  const { lastEventId = '' } = readLastEventId(header, splitTarget(url).query);
  return {
    id,
    at: Date.now(),
    method,
    target: kept(url),
    lastEventId: kept(lastEventId),
    status,
    reason: kept(reason),
    remote,
    userAgent,
  };
}

/** Returns the request as it is shown. @param veiled masks the secrets in a text */
export function shownRequest({ userAgent, ...request }: NotedRequest, veiled: (text: string) => string): RequestRow {
  const shown = (text: string) => veiled(whole(text));
  return {
    ...request,
    target: shown(request.target),
    lastEventId: shown(request.lastEventId),
    reason: shown(request.reason),
    client: clientName(userAgent),
  };
}

/** Returns as much of a text as is shown, and a character that says that there is more. */
function kept(text: string): string {
  return text.slice(0, MAX_TEXT + 1);
}

/** Returns the text, cut behind a delimiter if it is too long: a part of a secret isn't recognised as a secret. */
function whole(text: string): string {
  if (text.length <= MAX_TEXT) return text;
  const end = Math.max(...DELIMITERS.map((delimiter) => text.lastIndexOf(delimiter, MAX_TEXT - 1)));
  return `${text.slice(0, end + 1)}…`;
}
