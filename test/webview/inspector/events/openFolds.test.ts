// Objects and arrays of the JSON tree that the user has opened or closed.
import { expect, test } from 'vitest';
import { OpenFolds } from '../../../../src/webview/inspector/events/openFolds';

const TEXT = '{"a":{"b":{"c":1}},"list":[{"d":1},{"d":2}]}';
const at = (part: string) => TEXT.indexOf(part);

test('without a choice, those stay open that are so at first', () => {
  const first = new Set([0, at('{"b"')]);
  expect(new OpenFolds().openIn(TEXT, 0, first)).toBe(first);
});

test('a path that was opened is open, one that was closed is not; inside of a closed one nothing is', () => {
  const folds = new OpenFolds();
  folds.note('list', true);
  folds.note('list[1]', true);
  folds.note('a', false);
  expect([...folds.openIn(TEXT, 0, new Set([0, at('{"b"'), at('{"c"')]))]).toEqual([0, at('[{'), at('{"d":2')]);
});

test('500 paths are remembered, the latest', () => {
  const folds = new OpenFolds();
  folds.note('a', true);
  for (let index = 0; index < 499; index += 1) folds.note(`x${index}`, true);
  expect(folds.openIn(TEXT, 0, new Set([0])).has(at('{"b"'))).toBe(true);
  folds.note('x499', true);
  expect(folds.openIn(TEXT, 0, new Set([0])).has(at('{"b"'))).toBe(false);
});

test('lists of more than 100 members, and more than 300 members in all, are not opened for having been so', () => {
  const opened = (text: string, paths: string[]) => {
    const folds = new OpenFolds();
    for (const path of paths) folds.note(path, true);
    return folds.openIn(text, 0, new Set([0])).size;
  };
  const list = (length: number) => JSON.stringify(Array.from({ length }, () => 0));
  expect(opened(`{"a":${list(100)}}`, ['a'])).toBe(2);
  expect(opened(`{"a":${list(101)}}`, ['a'])).toBe(1);
  const four = `{"a":${list(90)},"b":${list(90)},"c":${list(90)},"d":${list(90)}}`;
  expect(opened(four, ['a', 'b', 'c', 'd'])).toBe(4);
});
