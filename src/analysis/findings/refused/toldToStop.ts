import type { Rule } from '../finding';
import { answered, headTime } from './answers';

/** Status 204, which tells an EventSource to stop (WHATWG HTML §9.2.1). */
export const toldToStop: Rule = (evidence) => {
  const found = answered(evidence).find(({ head }) => head.status === 204);
  if (!found) return undefined;
  const variant = found.number === 1 ? 'first' : 'after';
  return { id: 'told-to-stop', confidence: 'information', variant, at: headTime(found), values: {} };
};
