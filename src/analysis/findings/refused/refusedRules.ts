import type { Rule } from '../finding';

export const REFUSED_RULES: readonly Rule[] = [];
