import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { InspectorStrings } from '../../../src/messages/inspector';
import { NextStepButton } from '../../../src/webview/inspector/nextStep';
import { showRedirects } from '../../../src/webview/inspector/redirects';
import { debounce, format, moveFocus, oncePerFrame, setText } from '../../../src/webview/shared/dom';
import { showGone } from '../../../src/webview/shared/hostWatch';
import { type FakeElement, FakePage } from '../../support/page/fakePage';

let page: FakePage;
let one: FakeElement;
let other: FakeElement;
const html = (element: FakeElement) => element as unknown as HTMLElement;

beforeEach(() => {
  page = new FakePage();
  [one, other] = [page.getElementById('one'), page.getElementById('other')];
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test('a text has its placeholders filled in, each wherever it occurs', () => {
  expect(format('{0} of {1}, {0}', 'a', 5)).toBe('a of 5, a');
});

test('a text is set only if it differs, or else a screen reader would repeat it', () => {
  let sets = 0;
  let text = 'a';
  Object.defineProperty(one, 'textContent', {
    get: () => text,
    set: (value: string) => {
      sets += 1;
      text = value;
    },
  });
  setText(html(one), 'a');
  expect(sets).toBe(0);
  setText(html(one), 'b');
  expect([sets, text]).toEqual([1, 'b']);
});

test('an element that is to be hidden passes its focus to another, also if it only contains the focus', () => {
  const inner = page.createElement();
  one.children = [inner];
  inner.focus();
  moveFocus(html(one), html(other));
  expect(page.activeElement).toBe(other);
});

test('the focus isn’t taken from elsewhere, inside or outside of the page', () => {
  other.focus();
  moveFocus(html(one), html(page.getElementById('third')));
  expect(page.activeElement).toBe(other);
  one.focus();
  page.focused = false;
  moveFocus(html(one), html(other));
  expect(page.activeElement).toBe(one);
});

test('several calls are coalesced into one drawing in the next frame; later ones draw again', () => {
  let drawn = 0;
  const draw = oncePerFrame(() => {
    drawn += 1;
  });
  draw();
  draw();
  expect(drawn).toBe(0);
  page.frame();
  expect(drawn).toBe(1);
  expect(page.frame()).toBe(0);
  draw();
  page.frame();
  expect(drawn).toBe(2);
});

test('each call restarts the delay, after which the action runs once', () => {
  vi.useFakeTimers();
  let done = 0;
  const ask = debounce(150, () => {
    done += 1;
  });
  ask();
  vi.advanceTimersByTime(149);
  ask();
  vi.advanceTimersByTime(149);
  expect(done).toBe(0);
  vi.advanceTimersByTime(1);
  expect(done).toBe(1);
  vi.advanceTimersByTime(1000);
  expect(done).toBe(1);
});

test('once the extension host is gone, only the link to continue is usable, and gets the focus', () => {
  one.focus();
  const link = page.getElementById('goOn');
  showGone([html(one), html(other)], { panel: 'sseCounter', states: [{ x: '"' }], note: 'A remark.' });
  expect([one.inert, other.inert, page.getElementById('gone').hidden]).toEqual([true, true, false]);
  expect(page.activeElement).toBe(link);
  const [command, query = ''] = link.href.split('?');
  expect(command).toBe('command:sseCounter.goOn');
  const [argument] = JSON.parse(decodeURIComponent(query)) as [string];
  expect(JSON.parse(argument)).toEqual({ panel: 'sseCounter', state: { x: '"' } });
  expect([link.hidden, page.getElementById('goneNote').textContent]).toEqual([false, 'A remark.']);
  showGone([html(one), html(other)]);
  expect([one.inert, other.inert, page.getElementById('gone').hidden]).toEqual([false, false, true]);
});

test.each([
  ['letters', 'x'],
  ['quotes', '"'],
  ['emoji', '\u{1f600}'],
  ['controls', '\0'],
])('the link is bounded, whatever is in it: of too many %s it says as much as it can, or there is none', (_, sign) => {
  const link = page.getElementById('goOn');
  const stateFor = (length: number) => ({ x: sign.repeat(length) });
  const carried = () => {
    const [argument] = JSON.parse(decodeURIComponent(link.href.split('?')[1] ?? '')) as [string];
    return (JSON.parse(argument) as { state: unknown }).state;
  };
  showGone([], { panel: 'sseCounter', states: [stateFor(10_000), { short: true }] });
  expect(carried()).toEqual(stateFor(10_000));
  for (const length of [250_000, 1_000_000]) {
    showGone([], { panel: 'sseCounter', states: [stateFor(length * 2), { short: true }] });
    expect([carried(), link.hidden]).toEqual([{ short: true }, false]);
    showGone([], { panel: 'sseCounter', states: [stateFor(length * 2)] });
    expect(link.hidden).toBe(true);
  }
  // At the limit, an address of any length up to that is possible.
  for (let length = 1000; length < 300_000; length *= 2) {
    showGone([], { panel: 'sseCounter', states: [stateFor(length), { short: true }] });
    expect(link.href.length).toBeLessThanOrEqual(256 * 1024);
  }
});

test('redirects are listed with the removed headers; without redirects, the list is hidden', () => {
  const list = page.getElementById('redirects');
  showRedirects([
    { status: 301, url: 'http://a/', notes: [] },
    { status: 302, url: 'http://b/', notes: ['a note', 'another'] },
  ]);
  expect(list.children.map(({ textContent }) => textContent)).toEqual([
    '301\u00a0→\u00a0http://a/',
    '302\u00a0→\u00a0http://b/ · a note · another',
  ]);
  expect(list.hidden).toBe(false);
  showRedirects([]);
  expect([list.children, list.hidden]).toEqual([[], true]);
});

test('the next step’s button shows and takes the step; when it is hidden, the focus goes where no key ends the stream', () => {
  const strings = { nextSteps: { sendTo: 'Send to {0}', tryHttp: 'Try http://' } } as InspectorStrings;
  const clicked: string[] = [];
  const nextStep = new NextStepButton(strings, (step) => clicked.push(step), {
    hasAuthorization: false,
    editAuthorization: () => undefined,
  });
  const button = page.getElementById('nextStep');
  nextStep.show({ nextStep: { step: 'sendTo', host: 'b:81' } });
  expect([button.textContent, button.hidden]).toEqual(['Send to b:81', false]);
  button.dispatchEvent(new Event('click'));
  nextStep.show({ nextStep: { step: 'tryHttp', host: '' } });
  button.dispatchEvent(new Event('click'));
  expect([button.textContent, clicked]).toEqual(['Try http://', ['sendTo', 'tryHttp']]);
  button.focus();
  nextStep.show({});
  expect([button.hidden, page.activeElement]).toEqual([true, page.getElementById('connection')]);
});
