import { headerValues } from '../../evidence/headerValues';
import type { Rule } from '../finding';
import { answered, headTime } from './answers';

/** A status other than 200 and 204: an EventSource gives up for good (WHATWG HTML §9.2.3). */
export const wrongStatus: Rule = (evidence) => {
  const found = answered(evidence).find(({ head }) => ![200, 204].includes(head.status));
  if (!found) return undefined;
  const { status } = found.head;
  return {
    id: 'wrong-status',
    confidence: 'proven',
    variant: variantOf(status, headerValues(found.head, 'retry-after').length > 0),
    at: headTime(found),
    values: { status },
  };
};

function variantOf(status: number, asksToWait: boolean): string {
  if (status === 401 || status === 403) return 'forbidden';
  if (status === 404 || status === 405 || status === 406) return `${status}`;
  if (status >= 502 && status <= 504) return 'gateway';
  return asksToWait ? 'later' : 'other';
}
