import type { FindingId, WriteWords } from '../finding';

export const CUT_WORDS: Partial<Record<FindingId, WriteWords>> = {};
