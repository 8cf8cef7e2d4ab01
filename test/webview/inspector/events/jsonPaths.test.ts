// Paths of JSON keys, as columns have them.
import { expect, test } from 'vitest';
import { readJsonPath } from '../../../../src/analysis/protocols/json/jsonPath';
import { childPath, leafPaths } from '../../../../src/webview/inspector/events/columns/jsonPaths';

test('names that need it are quoted, so that each path is read as it was meant', () => {
  for (const name of ['id', 'a b', 'a.b', '"', "'", '\\', '$', '*', '日本', '0', '[0]', ' ']) {
    expect(readJsonPath(childPath('', name) ?? '')).toEqual([name]);
    expect(readJsonPath(childPath(childPath('x', 3), name) ?? '')).toEqual(['x', 3, name]);
  }
});

test('a path of more than 200 characters, and a name with control characters, have none', () => {
  expect(childPath('', 'x'.repeat(200))).toHaveLength(200);
  expect(childPath('', 'x'.repeat(201))).toBeUndefined();
  expect(childPath('a', 'b\nc')).toBeUndefined();
  expect(childPath(undefined, 'a')).toBeUndefined();
});

test('paths of values are offered in order, each once, at most 50, and to the fourth level', () => {
  expect(
    leafPaths(['{"a":1,"b":{"c":[{"d":1}],"e":{"f":{"g":{"h":1}}}}}', '{"a":2,"z":3}', 'no JSON', '{"a":']),
  ).toEqual(['a', 'b.c[0].d', 'z']);
  const many = JSON.stringify(Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`k${at}`, at])));
  expect(leafPaths([many])).toHaveLength(50);
});
