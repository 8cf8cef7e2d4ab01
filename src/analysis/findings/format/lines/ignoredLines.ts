import type { Confidence, Rule } from '../../finding';
import { notedIn } from '../notedIn';
import { type LineKind, lineKind } from './lineKind';
import { lostLines } from './lostLines';
import { notTheFormat } from './notTheFormat';

/** How sure it is that a line was meant for the client: a field of another name may be meant for other readers. */
const CONFIDENCE: Record<LineKind, Confidence> = {
  spelling: 'proven',
  json: 'likely',
  html: 'likely',
  error: 'likely',
  text: 'likely',
  field: 'hint',
};

/** Lines whose field has another name, which clients ignore (WHATWG HTML §9.2.6): nobody sees what they say. */
export const ignoredLines: Rule = (evidence) => {
  if (notTheFormat(evidence)) return undefined;
  const { count, first } = notedIn(evidence, ({ ignored }) => ignored);
  // Lines that belong to an event's JSON are a finding of their own.
  const others = count - Number(lostLines(evidence)?.values['lines'] ?? 0);
  const kinds = first.map(({ text }) => lineKind(text));
  const index = Math.max(
    0,
    kinds.findIndex((kind) => CONFIDENCE[kind] !== 'hint'),
  );
  const [line, kind] = [first[index], kinds[index]];
  if (others <= 0 || !line || !kind) return undefined;
  return {
    id: 'ignored-lines',
    confidence: CONFIDENCE[kind],
    variant: kind,
    position: line.position,
    values: { lines: others, text: line.text },
  };
};
