import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { MockStrings } from '../../../src/messages/mock';
import { RefusalForm } from '../../../src/webview/mock/refusalForm';
import { type FakeElement, FakePage } from '../../support/page/fakePage';

const strings = { oneRefusal: '{0} is refused', refusals: '{0} are refused', noRefusals: 'None is' } as MockStrings;
let page: FakePage;
let times: FakeElement;
let form: RefusalForm;
const asked: number[] = [];

beforeEach(() => {
  page = new FakePage();
  asked.length = 0;
  times = page.getElementById('times');
  Object.assign(times, { value: '3', max: '100' });
  form = new RefusalForm(strings, (count) => asked.push(count));
});

afterEach(() => {
  vi.unstubAllGlobals();
});

test('the field’s number of requests is refused, by the button or by Enter; and none by the other button', () => {
  page.getElementById('refuse').happens('click');
  times.happens('keydown', { key: 'x' });
  times.value = '5';
  times.happens('keydown', { key: 'Enter' });
  page.getElementById('takeBack').happens('click');
  expect(asked).toEqual([3, 5, 0]);
});

test.each([
  ['0', '1'],
  ['-4', '1'],
  ['', '1'],
  ['2.6', '3'],
  ['100', '100'],
  ['101', '100'],
])('%j in the field is corrected to %s', (typed, corrected) => {
  times.value = typed;
  times.happens('change');
  expect(times.value).toBe(corrected);
  times.value = typed;
  page.getElementById('refuse').happens('click');
  expect(asked).toEqual([Number(corrected)]);
});

test('the number of refusals left is shown; its decrease isn’t announced', () => {
  const texts = () => [page.text('refusals'), page.text('said')];
  form.show(2, true);
  expect(texts()).toEqual(['2 are refused', '2 are refused']);
  form.show(1, true);
  expect(texts()).toEqual(['1 is refused', '2 are refused']);
  form.show(3, true);
  expect(texts()).toEqual(['3 are refused', '3 are refused']);
  form.show(0, true);
  expect(texts()).toEqual(['', 'None is']);
});

test('if none were left before, zero isn’t announced', () => {
  form.show(0, true);
  expect(page.text('said')).toBe('');
});

test('without a server, zero isn’t announced', () => {
  form.show(2, true);
  form.show(0, false);
  expect([page.text('refusals'), page.text('said')]).toEqual(['', '2 are refused']);
});

test('the button that takes refusals back is shown while there are any, and then moves the focus to the other', () => {
  const takeBack = page.getElementById('takeBack');
  form.show(1, true);
  expect(takeBack.hidden).toBe(false);
  takeBack.focus();
  form.show(0, true);
  expect([takeBack.hidden, page.activeElement]).toEqual([true, page.getElementById('refuse')]);
});
