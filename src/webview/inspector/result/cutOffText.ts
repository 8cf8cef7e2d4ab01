import type { ResultFacts, ResultStrings } from '../../../messages/results';
import { format } from '../../shared/dom';

/** Returns that an answer is cut off, and which end mark it lacks. */
export function cutOffText({ endMark }: ResultFacts, { cutOff, cutOffWithout }: ResultStrings): string {
  return endMark === undefined ? cutOff : format(cutOffWithout, endMark);
}
