import type { Rule } from '../finding';

export const CUT_RULES: readonly Rule[] = [];
