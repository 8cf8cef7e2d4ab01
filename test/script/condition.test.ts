import { expect, test } from 'vitest';
import { type AskedRequest, type Condition, fitsAll, readCondition } from '../../src/script/condition';

function asked(request: Partial<AskedRequest>): AskedRequest {
  return { number: 1, query: '', headers: {}, body: undefined, ...request };
}

/** Whether a request fits a condition, given as text. */
function fits(text: string, request: Partial<AskedRequest>): boolean {
  const condition = readCondition(text);
  if (!condition) throw new Error(`${text} is no condition.`);
  return fitsAll([condition], asked(request));
}

test.each<[text: string, condition: Condition]>([
  ['request 2', { by: 'request', number: 2 }],
  ['request  999999999', { by: 'request', number: 999_999_999 }],
  ['query channel = 7', { by: 'query', name: 'channel', value: '7' }],
  ['query channel=7', { by: 'query', name: 'channel', value: '7' }],
  ['query a b = c = d', { by: 'query', name: 'a b', value: 'c = d' }],
  ['query empty =', { by: 'query', name: 'empty', value: '' }],
  ['header X-Tenant = a', { by: 'header', name: 'x-tenant', value: 'a' }],
  ['body /stream = true', { by: 'body', pointer: ['stream'], value: true }],
  ['body /n = 7', { by: 'body', pointer: ['n'], value: 7 }],
  ['body /n = "7"', { by: 'body', pointer: ['n'], value: '7' }],
  ['body /n = null', { by: 'body', pointer: ['n'], value: null }],
  ['body /model = gpt-4o', { by: 'body', pointer: ['model'], value: 'gpt-4o' }],
  ['body /messages/-1/content = two words', { by: 'body', pointer: ['messages', '-1', 'content'], value: 'two words' }],
  ['body /text = [DONE]', { by: 'body', pointer: ['text'], value: '[DONE]' }],
])('%s', (text, condition) => {
  expect(readCondition(text)).toEqual(condition);
});

test.each([
  '',
  'request',
  'request 0',
  'request -1',
  'request 1.5',
  'request 1 2',
  'request 1000000000',
  'request = 1',
  'query',
  'query channel',
  'query = 7',
  'header X Tenant = a',
  'header X-Tenant: a',
  'header Ä = a',
  'body /a',
  'body = 7',
  'body a = 7',
  'body /a~2 = 7',
  'body /a =',
  'body /a = "open',
  'body /a = [1]',
  'body /a = {"b": 1}',
  'Query a = b',
  'cookie a = b',
  '__proto__ a = b',
])('%j is no condition', (text) => {
  expect(readCondition(text)).toBeUndefined();
});

test('names, values and pointers are limited in length', () => {
  const text = (by: string, name: number, value: number, begin = '') =>
    readCondition(`${by} ${begin}${'a'.repeat(name)} = ${'b'.repeat(value)}`);
  for (const by of ['query', 'header']) {
    expect(text(by, 200, 1000)).toBeDefined();
    expect(text(by, 201, 1)).toBeUndefined();
    expect(text(by, 1, 1001)).toBeUndefined();
  }
  expect(text('body', 499, 1000, '/')).toBeDefined();
  expect(text('body', 500, 1, '/')).toBeUndefined();
  expect(text('body', 1, 1001, '/')).toBeUndefined();
});

test('requests are counted by whoever asks', () => {
  expect([1, 2, 3].map((number) => fits('request 2', { number }))).toEqual([false, true, false]);
});

test.each<[text: string, query: string, does: boolean]>([
  ['query channel = 7', 'channel=7', true],
  ['query channel = 7', 'a=1&channel=7&b', true],
  ['query channel = 7', 'channel=1&channel=7', true],
  ['query channel = 7', 'channel=77', false],
  ['query channel = 7', 'Channel=7', false],
  ['query channel = 7', '', false],
  ['query a b = c&d', 'a+b=c%26d', true],
  ['query city = 北京', 'city=%E5%8C%97%E4%BA%AC', true],
  ['query a = %', 'a=%', true],
  ['query a =', 'a', true],
  ['query a =', 'b', false],
  ['query __proto__ = x', '', false],
])('%s of “%s”: %s', (text, query, does) => {
  expect(fits(text, { query })).toBe(does);
});

test('a header is found by its name in any case; its value is compared as it is', () => {
  const headers = { 'x-tenant': 'a', 'set-cookie': ['b', 'c'] };
  expect(fits('header X-Tenant = a', { headers })).toBe(true);
  expect(fits('header x-tenant = A', { headers })).toBe(false);
  expect(fits('header Set-Cookie = c', { headers })).toBe(true);
  expect(fits('header X-Other = a', { headers })).toBe(false);
  expect(fits('header constructor = a', { headers })).toBe(false);
});

test.each<[text: string, body: unknown, does: boolean]>([
  ['body /stream = true', { stream: true }, true],
  ['body /stream = true', { stream: 'true' }, false],
  ['body /stream = "true"', { stream: 'true' }, true],
  ['body /n = 7', { n: 7 }, true],
  ['body /n = 7.0', { n: 7 }, true],
  ['body /n = 7', { n: '7' }, false],
  ['body /n = null', { n: null }, true],
  ['body /n = null', {}, false],
  ['body /model = gpt-4o', { model: 'gpt-4o' }, true],
  ['body /messages/-1/role = user', { messages: [{ role: 'system' }, { role: 'user' }] }, true],
  ['body /messages/-1/role = user', { messages: [] }, false],
  ['body /a = b', undefined, false],
  ['body /length = 3', 'abc', false],
])('%s of %j: %s', (text, body, does) => {
  expect(fits(text, { body })).toBe(does);
});

test('all conditions must hold; without any, every request fits', () => {
  const conditions = ['query a = 1', 'body /b = 2'].flatMap((text) => readCondition(text) ?? []);
  expect(fitsAll(conditions, asked({ query: 'a=1', body: { b: 2 } }))).toBe(true);
  expect(fitsAll(conditions, asked({ query: 'a=1' }))).toBe(false);
  expect(fitsAll(conditions, asked({ body: { b: 2 } }))).toBe(false);
  expect(fitsAll([], asked({}))).toBe(true);
});
