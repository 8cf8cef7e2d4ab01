import type { Rule } from '../finding';

export const LATE_RULES: readonly Rule[] = [];
