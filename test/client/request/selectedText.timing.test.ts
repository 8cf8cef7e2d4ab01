// Selected texts: whether it is a request is asked at each change of the selection, and it is read by a click.
import { expect, test } from 'vitest';
import { looksLikeRequest, MAX_EXAMINED } from '../../../src/client/request/arguments/looksLikeRequest';
import { parseRequest } from '../../../src/client/request/curl';
import { MAX_TEXT } from '../../../src/client/request/requestLimits';
import { leastOf } from '../../support/time/leastOf';
import { ownTime } from '../../support/time/ownTime';

test.each(['a=b ', ' ', '\t', 'curl ', '"', 'x\n', 'https://', 'fetch(', 'a=', '$ '])(
  'a text of nothing but %j is looked at in less than 50 ms',
  async (part) => {
    const text = part.repeat(MAX_EXAMINED);
    expect(await leastOf(50, () => ownTime(() => looksLikeRequest(text)))).toBeLessThan(50);
  },
);

test('a megabyte of lines that are no headers is read in a second, and 20 of them are named', () => {
  const text = `GET https://a.test/\n${'x\n'.repeat((MAX_TEXT - 30) / 2)}`;
  expect(ownTime(() => expect(parseRequest(text).notes).toHaveLength(20))).toBeLessThan(1000);
});
