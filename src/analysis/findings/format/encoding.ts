import type { Evidence, LineEvidence } from '../../evidence/evidence';
import { streamsOf } from '../../evidence/streams';
import type { Confidence, Finding, Rule } from '../finding';
import { notedIn } from './notedIn';

/** Hexadecimal of bytes from a NUL on, every second of which is one: Latin letters in UTF-16. */
const UTF_16 = /^(?:00(?!00)..){2,}/;

/** Bytes that aren't a stream's UTF-8. */
export const encoding: Rule = (evidence) => {
  const [nul] = notedIn(evidence, ({ nuls }) => nuls).first;
  if (nul && UTF_16.test(nul.text)) return found('utf16', 'proven', nul);
  const { count, first } = notedIn(evidence, ({ notUtf8 }) => notUtf8);
  if (first[0]) return found('bytes', 'proven', first[0], { places: count });
  const mark = markIn(evidence);
  if (mark) return mark;
  return nul && found('nul', 'hint', nul);
};

/** A byte order mark makes a field unknown if it begins a line; elsewhere it is a character as any. */
function markIn(evidence: Evidence): Finding | undefined {
  const { first } = notedIn(evidence, ({ marks }) => marks);
  const ignored = streamsOf(evidence).flatMap(({ text }) => text.ignored.first);
  const mark = first.find(({ position }) => ignored.some((line) => line.position === position));
  if (mark) return found('mark', 'proven', mark);
  return first[0] && found('inner-mark', 'information', first[0]);
}

function found(
  variant: string,
  confidence: Confidence,
  { position, text }: LineEvidence,
  values: Finding['values'] = {},
): Finding {
  return { id: 'encoding', confidence, variant, position, values: { ...values, bytes: text, position } };
}
