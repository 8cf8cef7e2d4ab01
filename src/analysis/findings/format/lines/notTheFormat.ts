import type { Evidence, LineEvidence } from '../../../evidence/evidence';
import { streamsOf } from '../../../evidence/streams';
import type { Rule } from '../../finding';
import { notedIn } from '../notedIn';
import { lineKind } from './lineKind';

/** Minimum number of lines that tell of another format. */
const MIN_LINES = 3;
/** Length at which the text of a noted line is cut. */
const CUT = 200;

/** A body that calls itself an event stream, but has no field of one. */
export const notTheFormat: Rule = (evidence) => {
  const { count, first } = notedIn(evidence, ({ ignored }) => ignored);
  const [line] = first;
  if (!line || count < MIN_LINES || hasFields(evidence)) return undefined;
  return {
    id: 'not-the-format',
    confidence: 'proven',
    variant: formatOf(first),
    position: line.position,
    values: { lines: count, text: line.text },
  };
};

/** Whether there is a field, if only one with a misspelt name, or a comment. */
function hasFields(evidence: Evidence): boolean {
  const streams = streamsOf(evidence);
  const misspelt = streams.some(({ text }) => text.ignored.first.some(({ text }) => lineKind(text) === 'spelling'));
  return misspelt || streams.some(({ text }) => text.fields + text.comments.count > 0);
}

function formatOf(lines: LineEvidence[]): string {
  const [first = ''] = lines.map(({ text }) => text.trim());
  if (/^<\?xml/i.test(first)) return 'xml';
  if (lineKind(first) === 'html') return 'html';
  if (lines.every(({ text }) => isWholeJson(text))) return 'ndjson';
  return lineKind(first) === 'json' ? 'json' : 'other';
}

/** Whether the line is a JSON object or array, as far as it is known. */
function isWholeJson(text: string): boolean {
  return /^\s*[{[]/.test(text) && (text.length >= CUT || /[\]}]\s*$/.test(text));
}
