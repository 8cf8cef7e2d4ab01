import { expect, test } from 'vitest';
import { readQuery } from '../../../src/script/request/queryValues';
import { fuzz } from '../../support/random/fuzz';
import { mutate, pick } from '../../support/random/random';

/** Returns the values as Node's own implementation has them. */
function byNode(query: string): Map<string, string[]> {
  const all = new URLSearchParams(query);
  return new Map([...all.keys()].map((name) => [name, all.getAll(name)]));
}

test.each<[query: string, values: Record<string, string[]>]>([
  ['', {}],
  ['a=1', { a: ['1'] }],
  ['a=1&b=2&a=3', { a: ['1', '3'], b: ['2'] }],
  ['a', { a: [''] }],
  ['&&a=1&', { a: ['1'] }],
  ['=x', { '': ['x'] }],
  ['a=b=c', { a: ['b=c'] }],
  ['a+b=c+d', { 'a b': ['c d'] }],
  ['a%3Db=%26', { 'a=b': ['&'] }],
  ['a=%E5%8C%97%E4%BA%AC', { a: ['北京'] }],
  ['a=%', { a: ['%'] }],
  ['a=%4', { a: ['%4'] }],
  ['a=%zz%41', { a: ['%zzA'] }],
  ['a=%ff', { a: ['\ufffd'] }],
  ['a=%ED%A0%80', { a: ['\ufffd\ufffd\ufffd'] }],
  ['a=%EF%BB%BFb', { a: ['\ufeffb'] }],
  ['a=%00%0D%0A', { a: ['\0\r\n'] }],
])('%j', (query, values) => {
  expect(readQuery(query)).toEqual(new Map(Object.entries(values)));
  expect(readQuery(query)).toEqual(byNode(query));
});

test('bytes that aren’t encoded, as curl sends them, are UTF-8', () => {
  expect(readQuery(Buffer.from('city=北%E4京').toString('latin1'))).toEqual(new Map([['city', ['北\ufffd京']]]));
});

test('names of what every object has are names as any other', () => {
  expect(readQuery('__proto__=1&constructor=2').get('__proto__')).toEqual(['1']);
  expect(readQuery('').get('constructor')).toBeUndefined();
});

test('any query is read as Node reads it, and none throws', async () => {
  const pieces = ['a', 'b', '=', '&', '+', '%41', '%', '%4', '%C3%A9', '%C3', '%A9', '%f0%9f%98%80', '%0a', ' '];
  await fuzz(500, (random) => {
    const query = Array.from({ length: Math.floor(random() * 20) }, () => pick(pieces, random)).join('');
    // URLSearchParams leaves off a question mark at the beginning, and takes other characters than ASCII in two ways.
    const text = (random() < 0.5 ? query : mutate(query, random)).replace(/[?\x80-\xff]/g, '');
    expect(readQuery(text)).toEqual(byNode(text));
  });
});
