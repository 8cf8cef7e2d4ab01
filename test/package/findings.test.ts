// The list of findings in docs/findings.md: it has all of them, and no other.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const source = readFileSync('src/analysis/findings/finding.ts', 'utf8');
const page = readFileSync('docs/findings.md', 'utf8');

/** Ids of all findings, as their type has them. */
const ids = [...(source.split('export type FindingId')[1]?.split(';')[0] ?? '').matchAll(/'([\w-]+)'/g)].map(
  ([, id = '']) => id,
);
const sections = page.split(/^#{2,3} /m).filter((section) => section.startsWith('`'));

test('docs/findings.md has a section for each finding, and no other', () => {
  expect(ids.length).toBeGreaterThan(30);
  expect(sections.map((section) => section.split('`')[1]).sort()).toEqual([...ids].sort());
});

test('each section says what is seen and how sure it is', () => {
  const incomplete = sections.filter(
    (section) => !/^- \*\*Seen:\*\*/m.test(section) || !/^- \*\*Sure:\*\*/m.test(section),
  );
  expect(incomplete.map((section) => section.split('\n')[0])).toEqual([]);
});

test('it ends with a list of what can’t be seen from outside', () => {
  const [last = ''] = page.split(/^## /m).slice(-1);
  expect(last).toMatch(/^Not to be seen from outside\n/);
  expect(last.match(/^- \[ \] /gm)?.length).toBeGreaterThan(5);
});
