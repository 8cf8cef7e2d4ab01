// Strings of digits, which V8 finds by a hash that anyone can compute. Node's own build has a secret in it, Electron's hasn't:
// so it is looked at what JSON.parse is given, rather than at the time.
import { afterEach, expect, test, vi } from 'vitest';
import { parseJson } from '../../src/analysis/protocols/json/parseJson';
import { columnValues } from '../../src/client/rows/columnValues';
import { jsonOf } from '../../src/server/publish/bodies';
import { LinesSign } from '../../src/stream/lines/linesSign';
import { mapKey, withoutNumeric } from '../../src/text/numericStrings';

afterEach(() => {
  vi.restoreAllMocks();
});

const TEXTS = [
  '["1","12","123456789","1234567890","1a","-1",""]',
  '{"1":"1","a":{"007":["007"," 7","7 "]}}',
  '["a\\"1","\\"12\\"","\\\\","3\\\\"]',
  '["1" , "2"]',
];

test.each(TEXTS)('%s has the same value with escapes', (text) => {
  expect(JSON.parse(withoutNumeric(text))).toEqual(JSON.parse(text));
  expect(parseJson(text)).toEqual(JSON.parse(text));
});

test.each(['["1"2"]', '["a"1"]', '"1', '[1"]', '[\\"1"]'])('%s is no JSON, with escapes neither', (text) => {
  expect(() => JSON.parse(withoutNumeric(text))).toThrow();
  expect(parseJson(text)).toBeUndefined();
});

test('no string of digits is looked up by V8: of an event, of a row, of a body, of what may be JSON lines', () => {
  const parse = vi.spyOn(JSON, 'parse');
  parseJson('["12","3"]');
  expect(columnValues('{"12":1,"a":"34"}', [['b'], ['a']])).toEqual(['', '34']);
  expect(jsonOf(new TextEncoder().encode('{"a":"12"}'))).toEqual({ json: { a: '12' } });
  expect(new LinesSign().feed(new TextEncoder().encode('["12"]\n["3"]\n'))).toBe(true);
  expect(parse).toHaveBeenCalled();
  for (const [text] of parse.mock.calls) expect(text).not.toMatch(/"\d{1,9}"/);
});

test('a text with many strings of digits is read, however many', () => {
  const digits = Array.from({ length: 40_000 }, (_, index) => String(index * 4096));
  expect(parseJson(JSON.stringify(digits))).toEqual(digits);
});

test('a key of a map is a text of digits for no text', () => {
  expect(mapKey('12')).not.toBe(mapKey('1'));
  expect(mapKey('12')).not.toMatch(/^\d/);
});
