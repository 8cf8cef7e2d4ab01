import type { Evidence, Noted, TextEvidence } from '../../evidence/evidence';
import type { Rule } from '../finding';

/** Lines `id` that clients ignore, as they have a NUL, or that make them forget the last id, as they are empty. */
export const unusableIds: Rule = (evidence) => {
  const [nul] = noted(evidence, ({ nulIds }) => nulIds);
  if (nul) return { id: 'ids-broken', confidence: 'proven', variant: 'nul', position: nul.position, values: {} };
  const [empty] = noted(evidence, ({ emptyIds }) => emptyIds);
  if (!empty) return undefined;
  const hasIds = evidence.connections.some(({ events }) => events.some(({ id }) => id !== undefined && id !== ''));
  // Without other ids there is nothing to forget.
  const confidence = hasIds ? 'likely' : 'hint';
  return { id: 'ids-broken', confidence, variant: 'empty', position: empty.position, values: {} };
};

function noted({ connections }: Evidence, pick: (text: TextEvidence) => Noted): Noted['first'] {
  return connections.flatMap(({ text }) => pick(text).first);
}
