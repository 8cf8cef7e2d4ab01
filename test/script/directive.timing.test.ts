// A directive is read at one go, as far as 16 KB of it go.
import { expect, test } from 'vitest';
import { DIRECTIVE_NAMES } from '../../src/script/directive';
import { parseScript } from '../../src/script/parseScript';
import { drawn } from '../support/random/drawn';
import { leastOf } from '../support/time/leastOf';
import { ownTime } from '../support/time/ownTime';

const LENGTH = 16_000;
/** Milliseconds of a line. */
const BOUND = 20;
const BEGINNINGS = [
  '',
  ' ',
  ' 1',
  ' 1s',
  ' 503 retry-after',
  ' GET',
  ' /a',
  ' a:',
  ' query a',
  ' query a = b',
  ' body /a',
];
const PIECES = [
  ' ',
  '\t',
  'a',
  'a ',
  '1',
  '.',
  '..',
  '=',
  ':',
  ',',
  '/',
  '%41',
  '~1',
  '"',
  '\\',
  '\\u0061',
  '{',
  '[',
  '{{n}}',
];

test.each(drawn(DIRECTIVE_NAMES, 5))(
  'a long directive %s takes no long time to read, whatever it repeats',
  async (name) => {
    for (const beginning of BEGINNINGS)
      for (const piece of PIECES) {
        const line = `:@ ${name}${beginning}${piece.repeat(LENGTH / piece.length)}`;
        const file = new TextEncoder().encode(`${line}\u0001\n`);
        const time = await leastOf(BOUND, () => ownTime(() => parseScript(file)));
        expect(time, `“${beginning}”, “${piece}”`).toBeLessThan(BOUND);
      }
  },
);
