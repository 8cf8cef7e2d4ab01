import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Tabs } from '../../../src/webview/shared/tabs';
import { type FakeElement, FakePage } from '../../support/page/fakePage';

let page: FakePage;
let list: FakeElement;
let buttons: Record<'a' | 'b' | 'c', FakeElement>;
let tabs: Tabs<string>;
const shown: [name: string, byUser: boolean][] = [];

beforeEach(() => {
  page = new FakePage();
  list = page.getElementById('list');
  shown.length = 0;
  const tab = (name: string) => {
    const made = page.createElement();
    made.dataset['name'] = name;
    made.setAttribute('aria-controls', `${name}Panel`);
    return made;
  };
  buttons = { a: tab('a'), b: tab('b'), c: tab('c') };
  list.children = Object.values(buttons);
  tabs = new Tabs(list as unknown as HTMLElement, (name, byUser) => shown.push([name, byUser]));
  tabs.show('a');
});

afterEach(() => {
  vi.unstubAllGlobals();
});

/** Presses a key while the tab has the focus. Returns whether the browser's default is prevented. */
function press(target: FakeElement, key: string): boolean {
  let isTaken = false;
  const preventDefault = () => {
    isTaken = true;
  };
  const event = new Event('keydown');
  Object.defineProperties(event, { target: { value: target }, key: { value: key } });
  list.dispatchEvent(Object.assign(event, { preventDefault }));
  return isTaken;
}

test('the shown tab is marked as selected, is the one that Tab leads to, and has its panel shown', () => {
  tabs.show('b');
  expect(tabs.shown).toBe('b');
  expect(Object.values(buttons).map((tab) => tab.getAttribute('aria-selected'))).toEqual(['false', 'true', 'false']);
  expect(Object.values(buttons).map(({ tabIndex }) => tabIndex)).toEqual([-1, 0, -1]);
  const panels = ['aPanel', 'bPanel', 'cPanel'].map((id) => page.getElementById(id).hidden);
  expect(panels).toEqual([true, false, true]);
  expect(shown).toEqual([
    ['a', false],
    ['b', false],
  ]);
  expect(page.activeElement).toBeUndefined();
});

test('a click on a tab, or on an element in it, shows it; a click beside the tabs has no effect', () => {
  const icon = page.createElement();
  buttons.c.children = [icon];
  const click = (target: unknown) => {
    const event = new Event('click');
    Object.defineProperty(event, 'target', { value: target });
    list.dispatchEvent(event);
  };
  click(icon);
  expect([tabs.shown, shown.at(-1)]).toEqual(['c', ['c', true]]);
  click(list);
  click(null);
  expect(shown).toHaveLength(2);
});

test.each([
  ['a', 'ArrowRight', 'b'],
  ['c', 'ArrowRight', 'a'],
  ['b', 'ArrowLeft', 'a'],
  ['a', 'ArrowLeft', 'c'],
  ['b', 'Home', 'a'],
  ['a', 'End', 'c'],
] as const)('on %s, %s leads to %s, which is shown and gets the focus', (from, key, to) => {
  expect(press(buttons[from], key)).toBe(true);
  expect([tabs.shown, shown.at(-1), page.activeElement]).toEqual([to, [to, true], buttons[to]]);
});

test('other keys, and keys outside of the tabs, are left to the browser', () => {
  expect([press(buttons.a, 'ArrowDown'), press(buttons.a, 'x'), press(list, 'End')]).toEqual([false, false, false]);
  expect(shown).toHaveLength(1);
});

test('a tab that isn’t allowed is hidden, until it is', () => {
  tabs.allow('b', false);
  expect(Object.values(buttons).map(({ hidden }) => hidden)).toEqual([false, true, false]);
  press(buttons.a, 'ArrowRight');
  expect(tabs.shown).toBe('c');
  tabs.allow('b', true);
  press(buttons.c, 'ArrowLeft');
  expect(tabs.shown).toBe('b');
});
