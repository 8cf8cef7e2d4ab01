import { expect, test } from 'vitest';
import { TimeSelection } from '../../../../src/webview/inspector/timeline/timeSelection';

test('a cursor that moves selects nothing', () => {
  const selection = new TimeSelection();
  selection.move(10);
  expect([selection.cursor, selection.between]).toEqual([10, undefined]);
});

test('extending selects from where the cursor was first, in either direction', () => {
  const selection = new TimeSelection();
  selection.move(10);
  selection.extend(20, 0);
  selection.extend(30, 0);
  expect(selection.between).toEqual({ from: 10, to: 30 });
  selection.extend(5, 0);
  expect([selection.cursor, selection.between]).toEqual([5, { from: 5, to: 10 }]);
});

test('without a cursor, extending begins at the given time', () => {
  const selection = new TimeSelection();
  selection.extend(20, 50);
  expect(selection.between).toEqual({ from: 20, to: 50 });
});

test('the selection stays while the cursor moves on, and the next one begins there', () => {
  const selection = new TimeSelection();
  selection.move(10);
  selection.extend(20, 0);
  selection.move(40);
  expect(selection.between).toEqual({ from: 10, to: 20 });
  selection.extend(50, 0);
  expect(selection.between).toEqual({ from: 40, to: 50 });
});

test('clearing removes cursor and selection', () => {
  const selection = new TimeSelection();
  selection.move(10);
  selection.extend(20, 0);
  selection.clear();
  expect([selection.cursor, selection.between]).toEqual([undefined, undefined]);
});
