import type { FindingId, WriteWords } from '../finding';

export const AGAIN_WORDS: Partial<Record<FindingId, WriteWords>> = {};
