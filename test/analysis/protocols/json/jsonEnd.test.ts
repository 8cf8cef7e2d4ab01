// JSON that comes in pieces: whether it may be whole.
import { expect, test } from 'vitest';
import { JsonEnd } from '../../../../src/analysis/protocols/json/jsonEnd';

function isReached(...pieces: string[]): boolean {
  const end = new JsonEnd();
  for (const piece of pieces) end.feed(piece);
  return end.isReached;
}

test.each(['{}', ' [1] ', '{"a":"}"}', '["\\"]"]', '[[],{"a":[]}]\n'])(
  '%j may be whole, in whatever pieces',
  (text) => {
    expect(isReached(text)).toBe(true);
    expect(isReached(...text)).toBe(true);
    const end = text.trimEnd().length;
    for (let size = 0; size < end; size += 1) expect(isReached(text.slice(0, size))).toBe(false);
  },
);

test.each(['', '12', '"[]"', 'a{}', '{}{}', '[] 1', '[]]', '{}"', ']['])('%j is no object or array', (text) => {
  expect(isReached(text)).toBe(false);
  expect(isReached(...text)).toBe(false);
});
