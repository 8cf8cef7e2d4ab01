import { expect, test } from 'vitest';
import { ResumePoint } from '../../../src/extension/inspector/resumePoint';
import { form } from '../../support/inspector/forms';

test('the id of a stream that was left is in its form, but in none of another URL', () => {
  const point = new ResumePoint(form());
  const left = point.leave('http://a/', '7', form());
  expect(left).toEqual(form({ lastEventId: '7' }));
  expect(point.check(left)).toEqual(left);
  expect(point.check({ ...left, url: 'http://b/' })).toEqual(form({ url: 'http://b/' }));
});

test('an id that the user has typed stays, whatever the URL is', () => {
  const point = new ResumePoint(form());
  point.leave('http://a/', '7', form());
  const typed = form({ url: 'http://b/', lastEventId: '8' });
  expect(point.check(typed)).toEqual(typed);
});

test('the initial id of a form belongs to its URL', () => {
  const point = new ResumePoint(form({ lastEventId: '5' }));
  expect(point.check(form({ lastEventId: '5' })).lastEventId).toBe('5');
  expect(point.check(form({ url: 'http://b/', lastEventId: '5' })).lastEventId).toBe('');
});

test('a stream that is left while the form has another URL puts no id there', () => {
  const point = new ResumePoint(form());
  const other = form({ url: 'http://b/' });
  expect(point.leave('http://a/', '7', other)).toEqual(other);
  // The id isn't remembered either: an equal one was typed.
  expect(point.check(form({ url: 'http://c/', lastEventId: '7' })).lastEventId).toBe('7');
});

test.each([
  ['http://a/?token=•••1', 'http://a/?token=•••2'],
  ['http://a/?token=•••1', 'http://a/?token=secret'],
  [' http://a/', 'http://a/ '],
])('%s and %s are the same stream', (one, other) => {
  const point = new ResumePoint(form());
  const left = point.leave(one, '7', form({ url: other }));
  expect(left.lastEventId).toBe('7');
  expect(point.check({ ...left, url: one })).toMatchObject({ lastEventId: '7' });
});

test('an id is sent up to 8,000 characters, because no server accepts a longer one', () => {
  const longest = 'x'.repeat(8000);
  expect(new ResumePoint(form()).leave('http://a/', longest, form()).lastEventId).toBe(longest);
  expect(new ResumePoint(form()).leave('http://a/', `${longest}x`, form())).toEqual(form());
});
