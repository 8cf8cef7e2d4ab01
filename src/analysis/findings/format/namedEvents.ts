import { streamsOf } from '../../evidence/streams';
import type { Rule } from '../finding';
import { typesIn } from './typesIn';

/** Events with a type of their own, which `onmessage` doesn't see: many look there for them. */
export const namedEvents: Rule = (evidence) => {
  const types = typesIn(evidence).filter(([type]) => type !== 'message');
  const [commonest] = types;
  if (!commonest) return undefined;
  return {
    id: 'named-events',
    confidence: 'information',
    variant: types.length > 1 ? 'several' : 'one',
    values: {
      events: types.reduce((sum, [, count]) => sum + count, 0),
      all: streamsOf(evidence).reduce((sum, { eventCount }) => sum + eventCount, 0),
      type: commonest[0],
      types: types.length,
    },
  };
};
