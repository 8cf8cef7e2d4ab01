import { streamsOf } from '../../../evidence/streams';
import type { Rule } from '../../finding';
import { notedIn } from '../notedIn';

/** An event's data begins a JSON value that goes on in lines without `data:`, which clients ignore. */
export const lostLines: Rule = (evidence) => {
  const { count, first } = notedIn(evidence, ({ lost }) => lost);
  const [line] = first;
  if (!line) return undefined;
  const lines = streamsOf(evidence).reduce((sum, { text }) => sum + text.lost.lines, 0);
  return {
    id: 'lost-lines',
    confidence: 'likely',
    position: line.position,
    values: { events: count, lines, text: line.text },
  };
};
