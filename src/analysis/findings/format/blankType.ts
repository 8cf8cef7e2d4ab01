import type { Rule } from '../finding';
import { typesIn } from './typesIn';

/** Length at which types are cut. */
const CUT = 100;

/** Events whose type has a blank at an end: no listener is called that was added under the name without it. */
export const blankType: Rule = (evidence) => {
  const found = typesIn(evidence).find(([type]) => type.length < CUT && type !== type.trim());
  if (!found) return undefined;
  const [type, events] = found;
  return { id: 'named-events', confidence: 'likely', variant: 'blank', values: { events, type } };
};
