import type { ConnectionEvidence, Evidence } from '../../../evidence/evidence';
import { streamsOf } from '../../../evidence/streams';
import type { Finding, Rule } from '../../finding';
import { notedIn } from '../notedIn';

/** The characters `\n\n`, in hexadecimal. */
const FOUR = '5c6e5c6e';

/** The four characters `\n\n` in a place where two line ends were meant. */
export const escapedNewlines: Rule = (evidence) => {
  const unending = streamsOf(evidence).find(endsNoLine);
  if (unending) {
    const { start } = unending.text;
    return { id: 'escaped-newlines', confidence: 'likely', variant: 'never', position: start, values: {} };
  }
  return inEvents(evidence);
};

/** Whether no line ever ends, and the chunks end in those characters. */
function endsNoLine({ head, eventCount, text, chunks }: ConnectionEvidence): boolean {
  const isPlain = head?.encoding === '';
  return isPlain && eventCount === 0 && text.fields === 0 && chunks.some(({ last }) => last === FOUR);
}

/** Some applications escape line ends in that way and undo it: an event that merely ends with them may be right. */
function inEvents(evidence: Evidence): Finding | undefined {
  const { count, first } = notedIn(evidence, ({ escaped }) => escaped);
  const [event] = first;
  if (!event) return undefined;
  const isField = first.some(({ text }) => endsEvent(text));
  return {
    id: 'escaped-newlines',
    confidence: isField ? 'likely' : 'hint',
    variant: 'events',
    position: event.position,
    values: { events: count },
  };
}

/** Whether a field follows the escapes, and they aren't in quotation marks, as in a text about a program. */
function endsEvent(text: string): boolean {
  const at = text.search(/\\n\\n(?:data|event|id):/);
  return at >= 0 && ['"', "'", '`'].every((mark) => text.slice(0, at).split(mark).length % 2 === 1);
}
