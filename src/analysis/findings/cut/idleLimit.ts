import { median } from '../../evidence/median';
import type { Rule } from '../finding';
import { agreeing, cutsOf, rangeOf } from './cuts';
import { idleLimitAt } from './knownLimits';

/** Shortest silence that a limit may have ended, in milliseconds. */
const SILENCE = 5000;
/** Distance up to which silences agree, and from which on ages differ, in milliseconds. */
const AGREE = 500;
const DIFFER = 1000;

/** D28: something on the way cuts a stream that is silent for some time. */
export const idleLimit: Rule = (evidence) => {
  const ended = cutsOf(evidence);
  const silent = ended.filter(({ isClean, silence }) => !isClean && silence >= SILENCE);
  const cuts = agreeing(silent, ({ silence }) => silence, AGREE);
  const [first] = cuts;
  if (!first) return undefined;
  const silence = median(cuts.map((cut) => cut.silence));
  // A stream that had survived a longer silence wasn't cut for this.
  if (ended.some(({ survived }) => survived > silence + DIFFER)) return undefined;
  const names = idleLimitAt(silence);
  const agree = cuts.length > 1;
  // Cuts that don't agree have several causes, unless a limit is known.
  if (!agree && silent.length > 1 && names === '') return undefined;
  const isProof = agree && rangeOf(cuts.map(({ age }) => age)) > DIFFER;
  const confidence = isProof ? 'proven' : agree || names !== '' ? 'likely' : 'hint';
  const at = first.connection.requestedAt + (first.connection.end?.at ?? 0);
  const values = { silence, cuts: cuts.length, names };
  return { id: 'idle-limit', confidence, variant: agree ? 'agreeing' : 'single', at, values };
};
