// The presenter's responses to the page's requests for rows, lines and events.
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { record } from '../../support/client/recorded';
import { pageOf } from '../../support/inspector/inspectorPages';

test('requested rows are sent as far as they exist, with the position of the first', async () => {
  const { page, history, last } = pageOf('data: a\n\nid: 7\nevent: e\ndata: b\ndata: c\n\ndata: d\n\n');
  await page.handle({ type: 'rows', generation: 0, from: 1, to: 10 });
  expect(last('rows')).toEqual({
    type: 'rows',
    generation: 0,
    from: 1,
    rows: [
      { number: 2, time: 2000, gap: 1000, burst: 2, event: 'e', id: '7', preview: 'b c', size: 32 },
      { number: 3, time: 3000, gap: 1000, burst: 3, event: 'message', id: undefined, preview: 'd', size: 9 },
    ],
  });
  history.clear();
  record(history, 'data: e\n\n');
  await page.handle({ type: 'rows', generation: 0, from: 0, to: 10 });
  expect(last('rows')).toMatchObject({ from: 3, rows: [{ number: 4, preview: 'e' }] });
  await page.handle({ type: 'rows', generation: 0, from: 7, to: 4 });
  expect(last('rows')).toMatchObject({ from: 7, rows: [] });
});

test('at most 500 rows, and 500 lines, are sent at once', async () => {
  const { page, last } = pageOf('data: a\n\n'.repeat(600));
  await page.handle({ type: 'rows', generation: 0, from: 10, to: 600 });
  expect(last('rows').rows.map(({ number }) => number)).toEqual(Array.from({ length: 500 }, (_, index) => index + 11));
  await page.handle({ type: 'wire', generation: 0, from: 10, to: 1200 });
  expect(last('wire').lines).toHaveLength(500);
});

test('the rows are those that pass the filter, with its generation', async () => {
  const { page, inspection, last } = pageOf('data: a\n\ndata: b\n\ndata: ab\n\n');
  inspection.view.filter({ event: '', text: 'b', isRegExp: false });
  // The search takes turns: on a busy machine, more than one.
  while (inspection.view.searching) await setImmediate();
  await page.handle({ type: 'rows', generation: 0, from: 0, to: 10 });
  expect(last('rows')).toMatchObject({ generation: 1, from: 0, rows: [{ number: 2 }, { number: 3 }] });
});

test('a row shows a thousand characters of a type and an id', async () => {
  const long = 'x'.repeat(1001);
  const { page, last } = pageOf(`event: ${long}\nid: ${long}\ndata: a\n\n`);
  await page.handle({ type: 'rows', generation: 0, from: 0, to: 1 });
  expect(last('rows').rows[0]).toMatchObject({ event: 'x'.repeat(1000), id: 'x'.repeat(1000) });
});

/** Lines of the wire view whose times aren't known. */
const textLines = (...texts: string[]) => texts.map((text) => ({ text }));

test('requested lines show each character', async () => {
  const { page, history, last } = pageOf('data: a\u0000\n\n: b\r\n');
  await page.handle({ type: 'wire', generation: 5, from: 0, to: 3 });
  expect(last('wire')).toEqual({ type: 'wire', generation: 0, from: 0, lines: textLines('data: a␀', '', ': b') });
  history.clear();
  record(history, ': c\n');
  await page.handle({ type: 'wire', generation: 0, from: 0, to: 100 });
  expect(last('wire')).toMatchObject({ from: history.bytes.firstLine, lines: textLines(': c', '') });
});

test('an event is shown in full, with its data and its block as it came', async () => {
  const { page, last } = pageOf('data: a\n\n: note\nid: 7\ndata: b\ndata: c\n\n');
  await page.handle({ type: 'select', number: 2 });
  expect(last('detail')).toEqual({
    type: 'detail',
    row: { number: 2, time: 2000, gap: 1000, burst: 2, event: 'message', id: '7', preview: 'b c', size: 30 },
    data: 'b\nc',
    raw: ': note␊\nid: 7␊\ndata: b␊\ndata: c␊\n␊\n',
    cut: false,
    omitted: 0,
  });
});

test('an event is shown up to 1 MB, with a note that it was cut', async () => {
  const block = (data: number) => `data: ${'x'.repeat(data)}\n\n`;
  const MEGABYTE = 1024 * 1024;
  const { page, last } = pageOf(block(MEGABYTE - 8) + block(MEGABYTE - 7));
  await page.handle({ type: 'select', number: 1 });
  expect(last('detail')).toMatchObject({ cut: false, data: 'x'.repeat(MEGABYTE - 8) });
  await page.handle({ type: 'select', number: 2 });
  const { cut, data, raw, row } = last('detail');
  expect([cut, raw.endsWith('x␊\n'), row.size]).toEqual([true, true, MEGABYTE + 1]);
  expect(data).toBe('x'.repeat(MEGABYTE - 7));
});

test('an event that is being read isn’t shown when a missing event is selected meanwhile', async () => {
  const { page, all } = pageOf(`data: ${'x'.repeat(200_000)}\n\n`);
  await Promise.all([page.handle({ type: 'select', number: 1 }), page.handle({ type: 'select', number: 2 })]);
  expect(all('detail')).toEqual([]);
  expect(all('noDetail')).toEqual([{ type: 'noDetail', number: 2 }]);
});

test('of two selected events the last one is shown, but none that is gone', async () => {
  const { page, history, all } = pageOf(`data: ${'x'.repeat(200_000)}\n\ndata: b\n\n`);
  await Promise.all([page.handle({ type: 'select', number: 1 }), page.handle({ type: 'select', number: 2 })]);
  expect(all('detail').map(({ row }) => row.number)).toEqual([2]);
  history.clear();
  await page.handle({ type: 'select', number: 1 });
  expect(all('detail')).toHaveLength(1);
  expect(all('noDetail')).toEqual([{ type: 'noDetail', number: 1 }]);
});
