import { expect, test } from 'vitest';
import { closedJson } from '../../../../src/analysis/protocols/json/closedJson';
import type { Json } from '../../../../src/analysis/protocols/json/json';

test.each([
  ['{', {}],
  ['{"po', {}],
  ['{"port"', {}],
  ['{"port":', {}],
  ['{"port":"Em', { port: 'Em' }],
  ['{"port":"Emden",', { port: 'Emden' }],
  ['{"days":[1,2', { days: [1] }],
  ['{"days":[1,2,', { days: [1, 2] }],
  ['{"a":tru', {}],
  ['{"a":true ', { a: true }],
  ['{"a":{"b":[{"c":"', { a: { b: [{ c: '' }] } }],
  ['["a\\', ['a']],
  ['["a\\\\', ['a\\']],
  ['["a\\u00e', ['a']],
  ['["a\\\\u00e', ['a\\u00e']],
  ['["a\\"', ['a"']],
] as [string, Json][])('%s is closed', (text, value) => {
  expect(closedJson(text)).toEqual(value);
});

test.each(['', '  ', 'hello', '12', '{a:1', '}{', '{"a":1}}', `${'['.repeat(600)}`])(
  '%j isn’t JSON, or too deep',
  (text) => {
    expect(closedJson(text)).toBeUndefined();
  },
);

test('at each cut of a text it has a value, which has no more than the whole', () => {
  const whole = '{"port": "Emd\\"en \\u00e9\\\\", "days": [1, -2.5e3, {"x": null, "y": [[], {}]}], "z": {"w": true}}';
  for (let size = 1; size <= whole.length; size += 1) {
    const value = closedJson(whole.slice(0, size));
    expect([size, value]).not.toEqual([size, undefined]);
    expect(Object.keys(JSON.parse(whole))).toEqual(expect.arrayContaining(Object.keys(Object(value))));
  }
  expect(closedJson(whole)).toEqual(JSON.parse(whole));
});

test('strings of 200 KB are read to their end, and so are those of backslashes', () => {
  expect(closedJson(`["${'x'.repeat(200_000)}`)).toEqual(['x'.repeat(200_000)]);
  expect(closedJson(`["${'\\\\'.repeat(100_000)}`)).toEqual(['\\'.repeat(100_000)]);
  expect(closedJson(`["${'\\\\'.repeat(100_000)}\\`)).toEqual(['\\'.repeat(100_000)]);
});
