// Budget for reading nested texts, and the treatment of those that exceed it.
import { expect, test } from 'vitest';
import { SearchBudget } from '../../../../src/client/request/secrets/searchBudget';
import { bodySpans, headerSpans, type Span, urlSpans } from '../../../../src/client/request/secrets/secretSpans';
import { mask, unmask } from '../../../../src/client/request/secrets/secrets';
import { get } from '../../../support/client/requests';

const S = 'zq7Rw9XkP';
/** A deeply nested secret: neither the text nor one of its values has its name. */
const DEEP = `a=${encodeURIComponent(`/b?c=${encodeURIComponent(`/d?token=${S}&e=f`)}`)}`;

const shown = (text: string, spans: Span[]) =>
  spans.reduceRight((rest, { start, end }) => `${rest.slice(0, start)}•${rest.slice(end)}`, text);

test.each([
  ['an address', `http://h/?${DEEP}`, urlSpans, 'url'],
  ['a header', DEEP, (text: string, budget: SearchBudget) => headerSpans('X-A', text, budget), 'header x-a'],
  ['a body', JSON.stringify({ x: DEEP }), bodySpans, 'body'],
])('values of %s that exceed the budget are hidden as a whole', (_, text, spansOf, place) => {
  const read = spansOf(text, new SearchBudget());
  expect(shown(text, read)).toContain(`token%3D•`.replace('%', '%25'));
  const unread = spansOf(text, new SearchBudget(0));
  expect(shown(text, unread)).not.toContain(S);
  expect(unread.map((span) => span.place)).toEqual([place]);
});

test('a value directly in the text is read in any case', () => {
  const body = JSON.stringify(['token=a', 'b=c']);
  expect(shown(body, bodySpans(body, new SearchBudget(0)))).toBe('["token=•","b=c"]');
});

test.each(['%25=v:', '%5B=v:', '%7B=id:', 'x-:%5Btype=', '&quot;=a', '\\"a=', '=%5B'])(
  'each text nested in a repetition of %j is read once, so that a few times its length suffice',
  (unit) => {
    const text = unit.repeat(400 / unit.length);
    expect(headerSpans('X-A', text, new SearchBudget(100 * text.length))).toEqual([]);
  },
);

test('all texts of a request share the budget: after hundreds of headers, deeply nested secrets are hidden, and restored', () => {
  const headers = Array.from({ length: 500 }, (_, i): [string, string] => [`a${i}`, 'x-:%5Btype='.repeat(60) + i]);
  const request = { ...get('http://h/', ...headers), body: JSON.stringify({ x: DEEP }) };
  const { request: masked, secrets } = mask(request);
  expect(masked.body).toMatch(/^\{"x":"•••\d+"\}$/);
  expect(unmask(masked, secrets)).toEqual(request);
  expect(mask({ ...request, headers: [] }).request.body).toContain('token');
});

test('a text that is read in any case is charged, and a text that isn’t read is not', () => {
  const budget = new SearchBudget(100);
  expect(budget.spend(500, false)).toBe(false);
  expect(budget.spend(60, false)).toBe(true);
  expect(budget.spend(50, true)).toBe(true);
  expect(budget.spend(1, false)).toBe(false);
});
