import { expect, test } from 'vitest';
import { AGAIN_RULES } from '../../../../src/analysis/findings/again/againRules';
import { FORMAT_RULES } from '../../../../src/analysis/findings/format/formatRules';
import { REFUSED_RULES } from '../../../../src/analysis/findings/refused/refusedRules';
import { foundBy } from '../../../support/evidence/foundBy';
import { HEALTHY } from '../../../support/evidence/healthy';

/** Comes again and again, which is neither late nor cut: yet nobody wants it so. */
const ROUND = 'the same answer again and again';

test.each(Object.entries(HEALTHY).filter(([name]) => name !== ROUND))('nothing is found in %s', (_, evidence) => {
  expect(foundBy([...FORMAT_RULES, ...REFUSED_RULES, ...AGAIN_RULES], evidence)).toEqual([]);
});
