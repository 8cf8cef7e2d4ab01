import { expect, test } from 'vitest';
import type { ResultItem } from '../../../../src/analysis/protocols/model/result';
import { copiedPieces, isPartial, valueText } from '../../../../src/extension/inspector/result/itemTexts';

const item = (fields: Partial<ResultItem>): ResultItem => ({ kind: 'tool', events: [1, 1], ...fields });

test('arguments that are a text may go on, any other value is whole', () => {
  expect(isPartial(item({ arguments: '{"po' }))).toBe(true);
  expect(isPartial(item({ arguments: { port: 'Emden' } }))).toBe(false);
  expect(isPartial(item({ kind: 'document', arguments: 'a text' }))).toBe(false);
});

test('a value is pretty, a part of one as it is, and none is empty', () => {
  expect(valueText(item({ arguments: { a: [1] } }))).toBe('{\n  "a": [\n    1\n  ]\n}');
  expect(valueText(item({ arguments: '{"po' }))).toBe('{"po');
  expect(valueText(item({}))).toBe('');
  // While it goes on, it is shown as what it becomes.
  expect(valueText(item({ arguments: '{"port":"Em' }), true)).toBe('{\n  "port": "Em"\n}');
  expect(valueText(item({ arguments: 'hello' }), true)).toBe('hello');
});

test('a value of more than 256 KB isn’t written for the page', () => {
  const value = (length: number) => valueText(item({ kind: 'document', arguments: ['x'.repeat(length)] }));
  expect(value(200 * 1024)).toContain('xxx');
  expect(value(257 * 1024)).toBeUndefined();
});

test.each([
  ['a text', { kind: 'text', text: 'Ebb', name: 'n' }, 'Ebb'],
  ['an error', { kind: 'error', text: 'Overloaded', name: '529' }, 'Overloaded'],
  ['reasoning without text', { kind: 'reasoning' }, ''],
  ['a document', { kind: 'document', arguments: [1], name: 'n' }, '[\n  1\n]'],
  ['a document that is text', { kind: 'document', text: 'Ebb' }, '"Ebb"'],
  ['a call that isn’t whole', { name: 'tide', arguments: '{"po' }, '{\n  "name": "tide",\n  "arguments": "{\\"po"\n}'],
  [
    'a call with its output',
    { name: 'f', id: 'i', arguments: {}, text: 'out' },
    '{\n  "name": "f",\n  "id": "i",\n  "arguments": {},\n  "text": "out"\n}',
  ],
] as [string, Partial<ResultItem>, string][])('%s is copied as what a person would want of it', (_, fields, copied) => {
  expect([...copiedPieces(item(fields))].join('')).toBe(copied);
});
