import type { Rule } from '../finding';

export const AGAIN_RULES: readonly Rule[] = [];
