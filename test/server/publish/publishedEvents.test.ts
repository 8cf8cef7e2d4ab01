import { expect, test } from 'vitest';
import { PublishedEvents } from '../../../src/server/publish/publishedEvents';
import type { PublishedId } from '../../../src/server/source';

/** Returns a publication of events with these ids, of ten bytes each. */
function publicationOf(...ids: string[]) {
  const all = ids.map((id, index): PublishedId => ({ id, end: 10 * (index + 1), events: index + 1 }));
  return { bytes: new Uint8Array(10 * ids.length), events: ids.length, ids: all };
}

const numbered = (count: number, from = 0) => Array.from({ length: count }, (_, n) => `${from + n}`);

test('a client resumes behind the last block that sets its id, with all that was published then', () => {
  const published = new PublishedEvents();
  published.add(publicationOf('a', 'b', 'a', 'c'), 1);
  published.add(publicationOf('d'), 2);
  published.add({ ...publicationOf(), bytes: new Uint8Array(5), events: 1 }, 3);
  const missed = published.after('a');
  expect(missed?.pieces.map(({ bytes, events }) => [bytes.length, events])).toEqual([
    [10, 1],
    [10, 1],
    [5, 1],
  ]);
  expect([missed?.time, missed?.lastId]).toEqual([1, 'd']);
  for (const unknown of ['', 'x']) expect(published.after(unknown)).toBeUndefined();
});

test('the last thousand ids are known, in however many publications', () => {
  const published = new PublishedEvents();
  published.add(publicationOf(...numbered(600)), 0);
  published.add(publicationOf(...numbered(600, 600)), 0);
  expect(numbered(1200).filter((id) => published.after(id))).toEqual(numbered(1000, 200));
});

test('what is published to a thousand streams is kept without a look at its ids', () => {
  let looks = 0;
  const { ids, ...blocks } = publicationOf(...numbered(1000));
  const looked = new Proxy(ids, {
    get: (target, name, receiver) => {
      if (name !== 'length') looks += 1;
      return Reflect.get(target, name, receiver);
    },
  });
  const published = new PublishedEvents();
  published.add({ ...blocks, ids: looked }, 0);
  expect(looks).toBe(0);
  expect(published.after('999')?.pieces).toEqual([]);
});
