import type { FindingId, WriteWords } from '../finding';

export const REFUSED_WORDS: Partial<Record<FindingId, WriteWords>> = {};
