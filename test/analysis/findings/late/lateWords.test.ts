import { expect, test } from 'vitest';
import type { FindingId } from '../../../../src/analysis/findings/finding';
import { findingWords } from '../../../../src/analysis/findings/findingWords';
import { LATE_WORDS } from '../../../../src/analysis/findings/late/lateWords';
import { inEnglish } from '../../../../src/text/translate';

const words = (id: string, variant?: string, values = {}) =>
  findingWords(inEnglish, { id: id as FindingId, confidence: 'likely', variant, values });
const servers = (id: string, variant?: string, values = {}) =>
  words(id, variant, values).fixes.map((fix) => fix.for ?? 'all');

test('each fault that makes events late has a fix', () => {
  const without = Object.keys(LATE_WORDS).filter((id) => words(id).fixes.length === 0);
  expect(without).toEqual(['compressed-and-flushed', 'the-way']);
});

test('the fixes name the servers that they are for, the ones for all first', () => {
  expect(servers('compressed-and-not-flushed')).toEqual([
    'all',
    'Express',
    'Express',
    'Next.js',
    'nginx',
    'webpack-dev-server',
    'Angular',
  ]);
  expect(servers('blocks-of-a-buffer')).toEqual(['all', 'Express', 'nginx', 'nginx', 'Apache', 'Apache mod_fcgid']);
  expect(servers('head-held-back')).toEqual(['Node.js', 'Express', 'Go']);
  expect(servers('head-held-back', 'proxy')).toContain('nginx');
  expect(servers('one-at-a-time')).toEqual(['Gunicorn', 'Gunicorn', 'Flask', 'PHP', 'PHP-FPM', 'Puma']);
  expect(servers('terminator-late')).toEqual(['Node.js', 'IIS', 'ASP.NET Core']);
});

test('events that were held are mended where they are compressed, if they are', () => {
  expect(servers('held-to-the-end', undefined, { encoding: 'gzip' })).toContain('Next.js');
  expect(servers('held-to-the-end', undefined, { encoding: '' })).not.toContain('Next.js');
});

test('lines to paste into nginx are a section of its configuration', () => {
  const [, , nginx] = words('blocks-of-a-buffer').fixes;
  expect(nginx?.code).toBe('location /events {\n    proxy_buffering off;\n}');
});
