import { expect, test } from 'vitest';
import type { FindingId } from '../../../src/analysis/findings/finding';
import { findingWords } from '../../../src/analysis/findings/findingWords';
import { inEnglish } from '../../../src/text/translate';

/** A text that turns the direction, and never ends. */
const HOSTILE = `\u202e${'אa'.repeat(5000)}`;
/** The values of all sentences: texts, and numbers, which rules count. */
const TEXTS = 'text type message charset url origin allowed method headers error first lastEventId before after';
const NUMBERS = 'events lines blocks all types places position time rounds wait from to pause status bytes';

const VARIANTS: Partial<Record<FindingId, string>> = {
  'no-blank-line': 'line ended open',
  'not-the-format': 'ndjson json html xml other',
  'named-events': 'one several blank',
  'encoding': 'charset utf16 bytes mark inner-mark nul',
  'escaped-newlines': 'never events crlf',
  'lost-lines': '-',
  'ignored-lines': 'json html error spelling field text',
  'without-data': '-',
  'odd-retry': 'ignored short long',
  'failed-inside': '-',
  'wrong-type': 'index html json ndjson other none',
  'wrong-status': 'forbidden 404 405 406 gateway later other',
  'sent-elsewhere': 'login downgrade elsewhere',
  'told-to-stop': 'first after',
  'needs-its-cookie': 'status redirect',
  'cors':
    'missing other two wildcard credentials errors vary preflight-status preflight-origin preflight-method preflight-headers',
  'not-for-EventSource': 'method body authorization headers',
  'one-of-six': 'plain tls',
  'forbidden-in-http2': '-',
  'round-and-round': 'again anew',
  'no-ids': '-',
  'resume-ignored': 'again inclusive restart',
  'ids-broken': 'own-count down repeat constant gap nul empty',
};

const cases = Object.entries(VARIANTS).flatMap(([id, variants]) =>
  variants.split(' ').map((variant): [FindingId, string] => [id as FindingId, variant]),
);

function valuesOf(id: FindingId): Record<string, string | number> {
  const texts = TEXTS.split(' ').map((name) => [name, HOSTILE]);
  const values = Object.fromEntries([...texts, ...NUMBERS.split(' ').map((name) => [name, 1234])]);
  // Here the bytes themselves are shown.
  return id === 'encoding' ? { ...values, bytes: 'e9636f6c65e9636f' } : values;
}

test.each(cases)(
  'the words of %s (%s) have all their values, and text from outside is isolated and short',
  (id, variant) => {
    const { text, fixes } = findingWords(inEnglish, { id, confidence: 'proven', variant, values: valuesOf(id) });
    for (const sentence of [text, ...fixes.map((fix) => fix.text)]) {
      expect(sentence).toMatch(/^[\p{Lu}\p{N}“].*[.?]$/u);
      expect(sentence).not.toMatch(/\{\d\}|undefined|NaN/);
    }
    const isolates = text.match(/\u2068/g)?.length ?? 0;
    expect([isolates, text.includes('\u202e')]).toEqual([text.match(/\u2069/g)?.length ?? 0, false]);
    expect(text.includes('א')).toBe(isolates > 0);
    expect(text.length).toBeLessThan(1000);
  },
);

test.each(cases)('the lines to be copied for %s (%s) have no text that deceives', (id, variant) => {
  const { fixes } = findingWords(inEnglish, { id, confidence: 'proven', variant, values: valuesOf(id) });
  expect(fixes.filter(({ code }) => code !== undefined && /^$|\u202e/.test(code))).toEqual([]);
  expect(Math.max(0, ...fixes.map(({ code = '' }) => code.length))).toBeLessThan(1000);
});
