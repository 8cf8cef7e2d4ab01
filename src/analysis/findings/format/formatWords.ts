import type { FindingId, WriteWords } from '../finding';

export const FORMAT_WORDS: Partial<Record<FindingId, WriteWords>> = {};
