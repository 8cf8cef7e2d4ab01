// Values of JSON keys, for columns of the table.
import { expect, test } from 'vitest';
import { readJsonPath } from '../../../src/analysis/protocols/json/jsonPath';
import { columnValues } from '../../../src/client/rows/columnValues';
import { OwnClock } from '../../support/time/ownTime';

const valueAt = (data: string, path: string) => columnValues(data, [readJsonPath(path) ?? []])[0];

test('a value is found by names and indexes, and shown as it was sent, a string without its quotes', () => {
  const data = '{"user":{"id":12345678901234567890,"name":"A\\nda"},"list":[1,{"a":null}],"a.b":true}';
  expect(valueAt(data, 'user.id')).toBe('12345678901234567890');
  expect(valueAt(data, 'user.name')).toBe('A da');
  expect(valueAt(data, 'list[1].a')).toBe('null');
  expect(valueAt(data, 'list[-1]')).toBe('{"a":null}');
  expect(valueAt(data, '["a.b"]')).toBe('true');
});

test('a path that leads nowhere, and data that is no JSON, have an empty value', () => {
  for (const path of ['b', 'a.b', 'a[0]', 'toString', '__proto__']) expect(valueAt('{"a":1}', path)).toBe('');
  for (const data of ['', 'a', '"a"', '{"a":', '[DONE]']) expect(valueAt(data, 'a')).toBe('');
});

test('of several members with the same key, the last counts; keys are compared as they are meant', () => {
  expect(valueAt('{"a":1,"a":2}', 'a')).toBe('2');
  expect(valueAt('{"\\u0061":1}', 'a')).toBe('1');
});

test('values are bounded to 200 characters; data above 64 KB is not read', () => {
  expect(valueAt(JSON.stringify({ a: 'x'.repeat(200) }), 'a')).toBe('x'.repeat(200));
  expect(valueAt(JSON.stringify({ a: 'x'.repeat(201) }), 'a')).toBe(`${'x'.repeat(200)}…`);
  const sized = (size: number) => `{"b":1,"a":"${'x'.repeat(size - 14)}"}`;
  expect(valueAt(sized(65_536), 'b')).toBe('1');
  expect(valueAt(sized(65_537), 'b')).toBe('…');
});

test('deep paths into deep data take no more than a few milliseconds: then values are left out', () => {
  const path = readJsonPath(`a${'.a'.repeat(99)}`) ?? [];
  const data = `${'{"a":'.repeat(99)}[${'1,'.repeat(30_000)}1]${'}'.repeat(99)}`;
  const shallow = readJsonPath('a') ?? [];
  const clock = new OwnClock();
  for (let count = 0; count < 5; count += 1)
    expect(columnValues(data, [shallow, path, path, path, path, path]).map((value) => value.slice(0, 5))).toEqual([
      '{"a":',
      '…',
      '…',
      '…',
      '…',
      '…',
    ]);
  // Without a limit, 1.5 s.
  expect(clock.lap()).toBeLessThan(400);
});
