import { expect, test } from 'vitest';
import { gapBehind } from '../../../src/server/redis/history';

const kept = { length: 2, added: 3, first: '9-0', last: '10-0' };

test.each([
  ['10-0', kept, undefined],
  ['9-5', kept, undefined],
  ['8-0', kept, 'trimmed'],
  ['10-1', kept, 'unknown'],
  ['10-0', { ...kept, length: 0, first: undefined }, undefined],
  ['9-0', { ...kept, length: 0, first: undefined }, 'trimmed'],
  ['0-0', { ...kept, added: 2 }, undefined],
  ['0-0', kept, 'trimmed'],
  ['0-0', { ...kept, added: undefined }, 'trimmed'],
  ['0-0', { length: 0, added: 0, first: undefined, last: '0-0' }, undefined],
])('behind %s, a history %j has the gap %s', (id, history, gap) => {
  expect(gapBehind(id, history)).toBe(gap);
});
