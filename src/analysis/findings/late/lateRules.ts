import type { Rule } from '../finding';
import { acceptSensitive } from './acceptSensitive';
import { blocksOfABuffer } from './blocksOfABuffer';
import { cached } from './cached';
import { compressedAndFlushed } from './compressedAndFlushed';
import { compressedAndNotFlushed } from './compressedAndNotFlushed';
import { headHeldBack } from './headHeldBack';
import { heldToTheEnd } from './heldToTheEnd';
import { oneAtATime } from './oneAtATime';
import { terminatorLate } from './terminatorLate';
import { theWay } from './theWay';

/** Rules why events come late, in the order of how often that is met and how sure it can be said. */
export const LATE_RULES: readonly Rule[] = [
  compressedAndNotFlushed,
  heldToTheEnd,
  blocksOfABuffer,
  headHeldBack,
  oneAtATime,
  compressedAndFlushed,
  terminatorLate,
  acceptSensitive,
  cached,
  theWay,
];
