import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseScript } from '../../src/script/parseScript';
import { newScript, sentBy } from '../support/mock/newScript';
import { fuzz } from '../support/random/fuzz';
import { mutate, pick } from '../support/random/random';
import { randomNonsense } from '../support/random/randomScript';
import { longTest } from '../support/time/longRun';

const TEMPLATES = readdirSync('media/templates').map((file) => readFileSync(join('media/templates', file), 'latin1'));

function randomBytes(random: () => number): Buffer {
  // Mostly bytes with a meaning.
  const bytes = Array.from({ length: Math.floor(random() * 300) }, () =>
    random() < 0.3
      ? Math.floor(random() * 256)
      : pick([...Buffer.from('\n\r\r\n: :@@:@wait1s\0id\xef\xbb\xbf', 'latin1')], random),
  );
  return Buffer.from(bytes);
}

function fuzzed(random: () => number): Buffer {
  const ways = [
    () => randomBytes(random),
    () => Buffer.from(mutate(pick(TEMPLATES, random), random), 'latin1'),
    () => Buffer.from(randomNonsense(random)),
    () => Buffer.from(mutate(randomNonsense(random), random)),
  ];
  return pick(ways, random)();
}

test('fuzzed files are parsed, and their problems are within their lines', async () => {
  let errors = 0;
  const { runs, areMany } = await fuzz(1000, (random) => {
    const file = fuzzed(random);
    const { steps, problems, events, duration } = parseScript(file);
    const lines = file.toString().split(/\r\n|\r|\n/);
    for (const { line, column, endColumn, text } of problems) {
      // An editor doesn't show the file's byte order mark.
      const shown = line === 0 ? lines[0]?.replace(/^\ufeff/, '') : lines[line];
      expect(shown?.slice(column, endColumn)).toBe(text);
    }
    const size = steps.reduce((sum, step) => sum + (step.kind === 'send' ? step.bytes.length : 0), 0);
    expect(size).toBeLessThanOrEqual(file.length);
    expect(events).toBeLessThanOrEqual(lines.length);
    expect(duration).toBeGreaterThanOrEqual(0);
    errors += problems.some(({ severity }) => severity === 'error') ? 1 : 0;
  });
  // Many of the files have errors, and some have none.
  if (areMany) expect([errors > 0.3 * runs, errors < 0.9 * runs]).toEqual([true, true]);
});

test('a file of many pieces is a single step if it has no pauses', () => {
  const script = newScript(':@@ a\n'.repeat(100_000));
  expect(script.steps).toHaveLength(1);
  expect(sentBy(script).length).toBe(500_000);
});

longTest('more lines than 5 million are an error', () => {
  const lines = new Uint8Array(5_000_001).fill(0x0a);
  expect(parseScript(lines.subarray(1)).problems).toEqual([]);
  expect(parseScript(lines).problems).toMatchObject([{ severity: 'error', code: 'tooLong', line: 5_000_000 }]);
});

longTest('more steps than a million are an error', () => {
  const drops = ':@drop\n'.repeat(1_000_001);
  expect(newScript(drops.slice(7)).problems).toEqual([]);
  expect(newScript(drops).problems).toMatchObject([{ severity: 'error', code: 'tooLong', line: 1_000_000 }]);
});
