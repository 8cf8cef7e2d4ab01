// A head of 256 KB is read whole, and may come with each reconnect.
import { expect, test } from 'vitest';
import { charsetOf, mimeTypeOf } from '../../../src/client/http/mimeType';
import { leastOf } from '../../support/time/leastOf';
import { ownTime } from '../../support/time/ownTime';

test.each(['a/b,', '"",', 'a,', ' ;,'])('a list of thousands of media types is read in no time: %j', async (type) => {
  const values = [`${type.repeat(250_000 / type.length)},text/event-stream`];
  const read = () => ownTime(() => void [mimeTypeOf(values), charsetOf(values)]);
  // It took up to 100.
  expect(await leastOf(10, read)).toBeLessThan(10);
  expect([mimeTypeOf(values), charsetOf(values)]).toEqual(['', undefined]);
});
