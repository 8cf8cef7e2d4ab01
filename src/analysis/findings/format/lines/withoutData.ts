import type { Rule } from '../../finding';
import { notedIn } from '../notedIn';

/** Types of events that only keep a connection open: that no handler is called for them is no loss. */
const HEARTBEAT = /^(?:.*(?:heart|keep-?alive|ping|pong|alive)|nop|noop)/i;

/** Blocks with an event type but without data, which clients don't dispatch (WHATWG HTML §9.2.6). */
export const withoutData: Rule = (evidence) => {
  const { count, first } = notedIn(evidence, (text) => text.withoutData);
  const block = first.find(({ text }) => !HEARTBEAT.test(text)) ?? first[0];
  if (!block) return undefined;
  return {
    id: 'without-data',
    confidence: HEARTBEAT.test(block.text) ? 'hint' : 'likely',
    position: block.position,
    values: { blocks: count, type: block.text },
  };
};
