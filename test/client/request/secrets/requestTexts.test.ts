import { expect, test } from 'vitest';
import { placeOf } from '../../../../src/client/request/secrets/requestTexts';

test('a place is of the span that an index is in: from its start on, and not at its end', () => {
  const spans = [
    { start: 2, end: 4, place: 'first' },
    { start: 4, end: 5, place: 'second' },
    { start: 8, end: 9, place: 'third' },
  ];
  const places = Array.from({ length: 10 }, (_, index) => placeOf(index, spans));
  const [first, second, third] = ['first', 'second', 'third'];
  expect(places).toEqual([
    undefined,
    undefined,
    first,
    first,
    second,
    undefined,
    undefined,
    undefined,
    third,
    undefined,
  ]);
});
