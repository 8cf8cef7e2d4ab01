// Messages for what is chosen in VS Code's menus of the table.
import { expect, test } from 'vitest';
import { menuMessage } from '../../../../src/extension/inspector/table/menuMessage';

test('an action on a row, or on a JSON key, is passed on with the place that was clicked', () => {
  expect(menuMessage('row.copyData', { webview: 'sseCounter.inspector', webviewSection: 'row', number: 3 })).toEqual({
    type: 'rowAction',
    action: 'copyData',
    number: 3,
  });
  expect(menuMessage('key.showColumn', { path: 'user.id' })).toEqual({
    type: 'keyAction',
    action: 'showColumn',
    path: 'user.id',
  });
});

test('a place that is none, as from a keybinding, is ignored', () => {
  for (const place of [undefined, null, 'x', {}, { number: 0 }, { number: '1' }, { number: 1.5 }])
    expect(menuMessage('row.copyData', place)).toBeUndefined();
  expect(menuMessage('key.showColumn', { path: 'x'.repeat(201) })).toBeUndefined();
  expect(menuMessage('row.showColumn', { number: 1 })).toBeUndefined();
});
