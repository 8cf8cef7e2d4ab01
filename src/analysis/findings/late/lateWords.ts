import type { FindingId, WriteWords } from '../finding';

export const LATE_WORDS: Partial<Record<FindingId, WriteWords>> = {};
