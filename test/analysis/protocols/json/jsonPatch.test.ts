// JSON Patch (RFC 6902): operations that fail leave the document as it was before them.
import { afterEach, expect, test, vi } from 'vitest';
import type { Json } from '../../../../src/analysis/protocols/json/json';
import { patched } from '../../../../src/analysis/protocols/json/jsonPatch';

afterEach(() => {
  vi.restoreAllMocks();
});

function patch(document: Json, ...operations: Json[]) {
  return patched(document, operations, () => true);
}

test('operations are made one behind the other', () => {
  const made = patch(
    { a: 1, list: [1, 2] },
    { op: 'add', path: '/list/1', value: 9 },
    { op: 'remove', path: '/a' },
    { op: 'replace', path: '/list/0', value: 'x' },
    { op: 'copy', from: '/list', path: '/copy' },
    { op: 'move', from: '/list/2', path: '/moved' },
    { op: 'test', path: '/moved', value: 2 },
  );
  expect(made).toEqual({ document: { list: ['x', 9], copy: ['x', 9, 2], moved: 2 }, isWhole: true });
});

test('a value that can’t be taken out of a long list is not moved, so that no value is in two places, or in itself', () => {
  const list = [{}, ...new Array<number>(100_000).fill(0)];
  const made = patch(
    { list },
    { op: 'move', from: '/list/0', path: '/x' },
    { op: 'move', from: '/x', path: '/list/0/y' },
  );
  expect(made.isWhole).toBe(false);
  expect(Object.keys(made.document ?? {})).toEqual(['list']);
  expect(list[0]).toEqual({});
});

test.each(['/missing/b', '/list/9'])('a value that can’t be put at %s stays where it was', (path) => {
  const document = { a: { b: 1 }, list: [1, 2] };
  for (const from of ['/a', '/list/0']) {
    const made = patch(structuredClone(document), { op: 'move', from, path });
    expect(made).toEqual({ document, isWhole: false });
  }
});

test('a copy is made of the value itself, not of its text, and shares nothing with it', () => {
  const parse = vi.spyOn(JSON, 'parse');
  const copied = JSON.parse('{"12":["12",{"x":null}],"__proto__":{"b":1.5}}');
  parse.mockClear();
  const made = patch({ a: copied }, { op: 'copy', from: '/a', path: '/b' }, { op: 'add', path: '/b/12/1/x', value: 1 });
  expect(JSON.stringify(made.document)).toBe(
    '{"a":{"12":["12",{"x":null}],"__proto__":{"b":1.5}},"b":{"12":["12",{"x":1}],"__proto__":{"b":1.5}}}',
  );
  expect(parse).not.toHaveBeenCalled();
});
