import type { Rule } from '../finding';

export const FORMAT_RULES: readonly Rule[] = [];
