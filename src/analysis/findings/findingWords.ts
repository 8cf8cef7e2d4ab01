import type { Translate } from '../../text/translate';
import { AGAIN_WORDS } from './again/againWords';
import { CUT_WORDS } from './cut/cutWords';
import type { Finding, FindingId, FindingWords, WriteWords } from './finding';
import { FORMAT_WORDS } from './format/formatWords';
import { LATE_WORDS } from './late/lateWords';
import { REFUSED_WORDS } from './refused/refusedWords';

/** Sentences and fixes of all findings. */
const WORDS: Partial<Record<FindingId, WriteWords>> = {
  ...REFUSED_WORDS,
  ...LATE_WORDS,
  ...CUT_WORDS,
  ...FORMAT_WORDS,
  ...AGAIN_WORDS,
};

/** Returns a finding's sentence and fixes, in the user's language. */
export function findingWords(t: Translate, finding: Finding): FindingWords {
  return WORDS[finding.id]?.(t, finding) ?? { text: finding.id, fixes: [] };
}
