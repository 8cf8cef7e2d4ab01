import type { Rule } from '../finding';
import { idsBroken } from './idsBroken';
import { missedEvents } from './missedEvents';
import { noIds } from './noIds';
import { resumeIgnored } from './resumeIgnored';
import { roundAndRound } from './roundAndRound';
import { unusableIds } from './unusableIds';

/** Rules on clients that come back, those first that people meet most. */
export const AGAIN_RULES: readonly Rule[] = [roundAndRound, noIds, resumeIgnored, idsBroken, missedEvents, unusableIds];
