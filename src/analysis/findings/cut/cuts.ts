import type { ConnectionEvidence, Evidence } from '../../evidence/evidence';
import { gapsOf, lengthOf, longestOf, silenceOf } from '../../evidence/gaps';
import { isStalled } from '../../evidence/stalls';
import { streamsOf } from '../../evidence/streams';

/** A stream that ended, with its age and its silence before the end in milliseconds. */
export interface Cut {
  connection: ConnectionEvidence;
  isClean: boolean;
  age: number;
  silence: number;
  /** Longest time without a byte that it survived; the head counts as one. */
  survived: number;
}

/** Returns the streams that ended, but for those that we closed and those whose end was seen late. */
export function cutsOf(evidence: Evidence): Cut[] {
  return streamsOf(evidence).flatMap((connection) => {
    const { head, end, chunks } = connection;
    if (!head || (end?.cause !== 'cut' && end?.cause !== 'end')) return [];
    const silence = silenceOf(connection, evidence.now) ?? { from: end.at, to: end.at };
    const isSeen = !isStalled(evidence, connection, silence.from, silence.to, Math.max(1000, lengthOf(silence)));
    const longest = longestOf(gapsOf([{ number: 0, at: head.at }, ...chunks]));
    const times = { age: end.at - head.at, silence: lengthOf(silence), survived: longest ? lengthOf(longest) : 0 };
    return isSeen ? [{ connection, isClean: end.cause === 'end', ...times }] : [];
  });
}

/** Returns the largest group of cuts whose numbers are within a distance of that of one of them; of two, the first. */
export function agreeing(cuts: readonly Cut[], numberOf: (cut: Cut) => number, distance: number): Cut[] {
  const groups = cuts.map((cut) => cuts.filter((other) => Math.abs(numberOf(other) - numberOf(cut)) <= distance));
  return groups.reduce((largest, group) => (group.length > largest.length ? group : largest), []);
}

/** Returns the difference of the largest and the smallest number. */
export function rangeOf(numbers: readonly number[]): number {
  return Math.max(...numbers) - Math.min(...numbers);
}
