import { expect, test } from 'vitest';
import { readPointer, valueAt } from '../../../src/script/request/jsonPointer';

/** The document of RFC 6901 §5, and more. */
const DOCUMENT = {
  'foo': ['bar', 'baz'],
  '': 0,
  'a/b': 1,
  'c%d': 2,
  'm~n': 8,
  ' ': 7,
  'deep': { list: [[1], { x: null }] },
};

/** Returns the value that a pointer leads to, in the document or in another one. */
const at = (text: string, document: unknown = DOCUMENT) => valueAt(document, readPointer(text) ?? ['malformed']);

test.each<[pointer: string, value: unknown]>([
  ['', DOCUMENT],
  ['/foo', ['bar', 'baz']],
  ['/foo/0', 'bar'],
  ['/', 0],
  ['/a~1b', 1],
  ['/c%d', 2],
  ['/m~0n', 8],
  ['/ ', 7],
  ['/deep/list/1/x', null],
  ['/foo/-1', 'baz'],
  ['/foo/-2', 'bar'],
  ['/deep/list/-2/-1', 1],
])('%j leads to %j', (pointer, value) => {
  expect(at(pointer)).toEqual(value);
});

test.each([
  '/foo/2',
  '/foo/-3',
  '/foo/-',
  '/foo/-0',
  '/foo/00',
  '/foo/1e0',
  '/foo/ 0',
  '/foo/length',
  '/x',
  '/x/y',
  '/foo/0/0',
])('%j leads nowhere', (pointer) => {
  expect(at(pointer)).toBeUndefined();
});

test.each(['/__proto__', '/constructor', '/toString', '/foo/constructor', '/foo/at', '/deep/__proto__/toString'])(
  '%j leads to nothing that is inherited',
  (pointer) => {
    expect(at(pointer)).toBeUndefined();
  },
);

test('a property of the document itself is found, whatever its name', () => {
  expect(at('/__proto__/constructor', JSON.parse('{"__proto__": {"constructor": 5}}'))).toBe(5);
});

test('there is nothing in a document that is no object, or missing', () => {
  for (const document of [undefined, null, 5, 'text', true]) expect(valueAt(document, ['0'])).toBeUndefined();
  expect(valueAt(undefined, [])).toBeUndefined();
});

test.each(['x', 'foo/0', '/a~', '/a~2b', '#/foo', ' /foo'])('%j is no pointer', (text) => {
  expect(readPointer(text)).toBeUndefined();
});

test('a pointer may have 500 characters', () => {
  expect(readPointer(`/${'a'.repeat(499)}`)).toHaveLength(1);
  expect(readPointer(`/${'a'.repeat(500)}`)).toBeUndefined();
});
