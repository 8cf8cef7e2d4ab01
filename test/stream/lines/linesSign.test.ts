import { expect, test } from 'vitest';
import { LinesSign } from '../../../src/stream/lines/linesSign';

const bytes = (text: string) => new TextEncoder().encode(text);

test('two whole lines of JSON are the sign, however they are cut', () => {
  const sign = new LinesSign();
  const answers = Array.from('{"a":1}\n{"b":2}\n', (one) => sign.feed(bytes(one)));
  expect([answers.slice(0, -1).every((one) => one === undefined), answers.at(-1)]).toEqual([true, true]);
});

test.each([
  ['a line that is no JSON', '{}\nno\n', false],
  ['a JSON text over several lines', '[\n1\n]\n', false],
  ['numbers, of which each is JSON', '1\n2\n', false],
  ['an event stream', 'data: {}\n\ndata: {}\n\n', false],
  ['a JSON text sequence', '\u001e{}\n\u001e{}\n', true],
])('%s', (_, text, expected) => {
  expect(new LinesSign().feed(bytes(text))).toBe(expected);
});

test('a text that is over needs no end of its second line, but two lines', () => {
  const ended = (text: string) => {
    const sign = new LinesSign();
    sign.feed(bytes(text));
    return sign.end();
  };
  expect([ended('{}\n{}'), ended('{}\n'), ended('')]).toEqual([true, false, false]);
});

test('no more than the first 64 KB are looked at', () => {
  const lines = (size: number) => bytes(`["${'a'.repeat(size - 8)}"]\n{}\n`);
  expect(lines(64 * 1024)).toHaveLength(64 * 1024);
  expect(new LinesSign().feed(lines(64 * 1024))).toBe(true);
  expect(new LinesSign().feed(lines(64 * 1024 + 1))).toBe(false);
});
