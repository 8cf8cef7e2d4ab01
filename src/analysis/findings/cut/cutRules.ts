import type { Rule } from '../finding';
import { ageLimit } from './ageLimit';
import { countedOrClosed } from './countedOrClosed';
import { cutInAnEvent } from './cutInAnEvent';
import { deaf } from './deaf';
import { heartbeatUnseen } from './heartbeatUnseen';
import { idleLimit } from './idleLimit';
import { noHeartbeat } from './noHeartbeat';

/** Rules why a stream is cut off, in the order of how often that is met and how sure it can be said. */
export const CUT_RULES: readonly Rule[] = [
  idleLimit,
  ageLimit,
  deaf,
  cutInAnEvent,
  noHeartbeat,
  heartbeatUnseen,
  countedOrClosed,
];
