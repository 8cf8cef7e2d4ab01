import { expect, test } from 'vitest';
import { FindingList } from '../../../../src/extension/inspector/findings/findingList';
import { connection, eventsAt, evidenceOf, head, textEvidence } from '../../../support/evidence/evidence';
import { noted } from '../../../support/evidence/noted';

test('a finding that the user has dismissed isn’t shown, and is counted', () => {
  const list = new FindingList();
  const refused = connection({ head: head({ status: 401 }) });
  // A busy machine takes more than one turn.
  while (!list.update(() => evidenceOf([refused]))) expect(list.isLooking).toBe(true);
  const keys = list.rows([], true).map(({ key }) => key);
  expect(keys.length).toBeGreaterThan(0);
  expect(list.dismissedCount([])).toBe(0);
  const [first = ''] = keys;
  expect(list.rows([first], true).map(({ key }) => key)).toEqual(keys.slice(1));
  expect(list.dismissedCount([first, 'another'])).toBe(1);
});

test('findings are looked for anew after a second, or once they expire', () => {
  const list = new FindingList();
  let looks = 0;
  const take = () => {
    looks += 1;
    return undefined;
  };
  expect([list.update(take), list.update(take), looks]).toEqual([true, false, 1]);
  list.expire();
  expect([list.update(take), looks]).toEqual([true, 2]);
});

test('without a diagnosis, only the first three findings are explained', () => {
  const list = new FindingList();
  const once = noted('x');
  const text = textEvidence({ notUtf8: once, badRetry: once, nulIds: once, ignored: once });
  const refused = connection({ number: 2, head: head({ status: 500 }) });
  while (!list.update(() => evidenceOf([connection({ text, events: eventsAt(0, 10) }), refused])))
    expect(list.isLooking).toBe(true);
  const keys = list.rows([], true).map(({ key }) => key);
  expect(keys.length).toBeGreaterThan(3);
  expect(list.rows([], false).map(({ key }) => key)).toEqual(keys.slice(0, 3));
});
