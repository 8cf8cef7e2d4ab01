import { addedHeaders } from '../../evidence/browserHeaders';
import type { RequestEvidence } from '../../evidence/evidence';
import type { Rule } from '../finding';

/** Maximum number of headers that are named. */
const MAX_NAMES = 5;

/** A request that an EventSource can't make: it only knows GET, without a body and without headers of the page's. */
export const notForEventSource: Rule = ({ connections }) => {
  const request = connections.at(-1)?.request;
  const found = request && unsendable(request);
  return found && { id: 'not-for-EventSource', confidence: 'information', ...found };
};

function unsendable(request: RequestEvidence): { variant: string; values: Record<string, string> } | undefined {
  const { method, hasBody } = request;
  if (method !== 'GET') return { variant: 'method', values: { method } };
  if (hasBody) return { variant: 'body', values: {} };
  const names = addedHeaders(request);
  if (names.length === 0) return undefined;
  const variant = names.includes('authorization') ? 'authorization' : 'headers';
  return { variant, values: { headers: names.slice(0, MAX_NAMES).join(', ') } };
}
