import { expect, test } from 'vitest';
import { BadPlaceError, type Place, readPlace } from '../../../src/script/fill/place';

/** Returns the place that the error names, and the wrong part of the text. */
function complaint(text: string): [place: string, about: string] {
  try {
    readPlace(text);
  } catch (error) {
    if (error instanceof BadPlaceError) return [error.place, text.slice(error.start, error.end)];
    throw error;
  }
  throw new Error(`${JSON.stringify(text)} is taken.`);
}

test.each<[text: string, place: Place]>([
  ['n', { by: 'n' }],
  [' n ', { by: 'n' }],
  ['now', { by: 'now' }],
  ['now  ms', { by: 'now ms' }],
  ['uuid', { by: 'uuid' }],
  ['random 1 100', { by: 'random', minimum: 1, maximum: 100 }],
  ['random -5\t-5', { by: 'random', minimum: -5, maximum: -5 }],
  ['random 0 9007199254740991', { by: 'random', minimum: 0, maximum: Number.MAX_SAFE_INTEGER }],
  ['query channel', { by: 'query', name: 'channel' }],
  ['query two words', { by: 'query', name: 'two words' }],
  ['body', { by: 'body', pointer: [] }],
  ['body /messages/-1/content', { by: 'body', pointer: ['messages', '-1', 'content'] }],
])('{{%s}}', (text, place) => {
  expect(readPlace(text)).toEqual(place);
});

test.each<[text: string, place: string, about: string]>([
  ['', 'unknown', ''],
  ['N', 'unknown', 'N'],
  [' time ', 'unknown', 'time'],
  ['constructor', 'unknown', 'constructor'],
  ['n+1', 'unknown', 'n+1'],
  ['n 1', 'n', '1'],
  ['now s', 'now', 's'],
  ['uuid 4', 'uuid', '4'],
  ['random', 'random', 'random'],
  [' random 1 ', 'random', '1'],
  ['random 2 1', 'random', '2 1'],
  ['random 1 2 3', 'random', '1 2 3'],
  ['random 1.5 2', 'random', '1.5 2'],
  ['random 0x1 5', 'random', '0x1 5'],
  ['random 0 9007199254740992', 'random', '0 9007199254740992'],
  ['random -1 9007199254740991', 'random', '-1 9007199254740991'],
  ['query', 'query', 'query'],
  ['body messages', 'body', 'messages'],
  ['body /a~2', 'body', '/a~2'],
])('{{%s}} is refused', (text, place, about) => {
  expect(complaint(text)).toEqual([place, about]);
});

test('names and pointers are limited in length', () => {
  expect(readPlace(`query ${'a'.repeat(200)}`)).toBeDefined();
  expect(complaint(`query ${'a'.repeat(201)}`)[0]).toBe('query');
  expect(readPlace(`body /${'a'.repeat(499)}`)).toBeDefined();
  expect(complaint(`body /${'a'.repeat(500)}`)[0]).toBe('body');
});
