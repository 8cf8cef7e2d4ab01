import { median } from '../../evidence/median';
import type { Confidence, Rule } from '../finding';
import { agreeing, type Cut, cutsOf, rangeOf } from './cuts';
import { ageLimitAt } from './knownLimits';

/** Youngest stream that a limit may have ended, in milliseconds. */
const YOUNGEST = 5000;
/** Distance up to which ages agree, and from which on silences differ, in milliseconds. */
const AGREE = 1000;
const DIFFER = 500;
/** Silence from which on an idle limit may have cut it, in milliseconds. */
const IDLE = 5000;

/** D29: something on the way ends a response at some age, whatever comes. */
export const ageLimit: Rule = (evidence) => {
  const ended = cutsOf(evidence).filter(({ age, connection }) => age >= YOUNGEST && connection.eventCount > 0);
  const cuts = agreeing(ended, ({ age }) => age, AGREE);
  const age = median(cuts.map((cut) => cut.age));
  const names = ageLimitAt(age);
  const confidence = sureness(cuts, names !== '', ended.length);
  const [first] = cuts;
  if (!first || !confidence) return undefined;
  const at = first.connection.requestedAt + (first.connection.end?.at ?? 0);
  const variant = cuts.length > 1 ? 'agreeing' : 'single';
  return { id: 'age-limit', confidence, variant, at, values: { age, cuts: cuts.length, names } };
};

/** Returns how sure it is that an age was the cause; undefined if it may well be another. */
function sureness(cuts: readonly Cut[], isNamed: boolean, ended: number): Confidence | undefined {
  const unclean = cuts.filter(({ isClean }) => !isClean);
  // An end that is complete is the server's own, unless it comes at any time between its events.
  const isAnywhere = rangeOf(cuts.map(({ silence }) => silence)) > DIFFER;
  const isIdle = !isAnywhere && unclean.some(({ silence, survived }) => silence >= IDLE && survived <= silence);
  if (isIdle) return undefined;
  if (unclean.length > 1) return 'proven';
  if (cuts.length > 1) return isAnywhere ? (cuts.length > 2 ? 'proven' : 'likely') : undefined;
  return unclean.length === 1 && ended === 1 && isNamed ? 'likely' : undefined;
}
