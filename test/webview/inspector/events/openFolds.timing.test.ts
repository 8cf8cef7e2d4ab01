// Large JSON of which much was opened: most of it is closed, so that it is shown at once.
import { expect, test } from 'vitest';
import { OpenFolds } from '../../../../src/webview/inspector/events/openFolds';
import { ownTime } from '../../../support/time/ownTime';

test('in a list of hundreds of thousands, those stay open that are so at first, and the others take no time', () => {
  const text = `[${'{},'.repeat(300_000)}{}]`;
  const folds = new OpenFolds();
  for (const index of [299, 300]) folds.note(`[${index}]`, true);
  const place = (index: number) => 1 + 3 * index;
  expect([...folds.openIn(text, 0, new Set([0, place(500)]))]).toEqual([0, place(500)]);
  // To look for all of them took 0.5 s.
  expect(ownTime(() => void folds.openIn(text, 0, new Set([0])))).toBeLessThan(250);
});

test('in a megabyte that is nested deeply, a few levels are opened for having been so, in a short text all', () => {
  const nested = (levels: number) => `${'{"a":'.repeat(levels)}0${'}'.repeat(levels)}`;
  const folds = new OpenFolds();
  for (let level = 1; level <= 100; level += 1) folds.note(Array(level).fill('a').join('.'), true);
  expect(folds.openIn(nested(200), 0, new Set([0])).size).toBe(101);
  const text = nested(160_000);
  // To read all of a hundred levels took 0.45 s, and as much three times again to draw them.
  expect(ownTime(() => expect(folds.openIn(text, 0, new Set([0])).size).toBe(9))).toBeLessThan(250);
});
