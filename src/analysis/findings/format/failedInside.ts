import type { Rule } from '../finding';
import { notedIn } from './notedIn';

/** Events that tell of a failure, though the status is 200. */
export const failedInside: Rule = (evidence) => {
  const { count, first } = notedIn(evidence, ({ errors }) => errors);
  const [error] = first;
  if (!error) return undefined;
  const values = { events: count, message: error.text };
  return { id: 'failed-inside', confidence: 'information', position: error.position, values };
};
