// Layouts of the table, remembered by URL.
import { expect, test, vi } from 'vitest';
import { TableLayouts } from '../../../../src/extension/inspector/table/tableLayouts';
import type { ToTable } from '../../../../src/messages/table';
import { FakeMemory } from '../../../support/vscode/memory';

function layoutsOf(memory: FakeMemory) {
  const posted: ToTable[] = [];
  const layouts = new TableLayouts(memory as never, (message) => posted.push(message));
  return { layouts, last: () => posted.at(-1), posted };
}

const NONE = { columns: [], widths: [] };

test('a layout comes back for its URL, whatever its query, and the split and the wrap for every URL', async () => {
  const memory = new FakeMemory();
  const { layouts, last } = layoutsOf(memory);
  layouts.show('http://a/b?key=1');
  expect(last()).toEqual({ type: 'layout', layout: NONE });
  await layouts.keep({ columns: ['user.id'], widths: [['time', 100]], split: 70, wrap: true });
  const later = layoutsOf(memory);
  later.layouts.show('http://a/c');
  expect(later.last()).toEqual({ type: 'layout', layout: { ...NONE, split: 70, wrap: true } });
  later.layouts.show('http://a/b?key=2');
  expect(later.last()).toEqual({
    type: 'layout',
    layout: { columns: ['user.id'], widths: [['time', 100]], split: 70, wrap: true },
  });
});

test('a layout is sent again only for another URL, or another page', () => {
  const { layouts, posted } = layoutsOf(new FakeMemory());
  for (const url of ['http://a/', 'http://a/?x', 'http://b/']) layouts.show(url);
  expect(posted).toHaveLength(2);
  layouts.forgetShown();
  layouts.show('http://b/');
  expect(posted).toHaveLength(3);
});

test('a hundred URLs are remembered, the latest; of one without columns and widths, nothing', async () => {
  const memory = new FakeMemory();
  const { layouts, last } = layoutsOf(memory);
  for (let number = 0; number <= 100; number += 1) {
    layouts.show(`http://a/${number}`);
    await layouts.keep({ columns: ['a'], widths: [] });
  }
  layouts.show('http://a/0');
  expect(last()).toEqual({ type: 'layout', layout: NONE });
  layouts.show('http://a/1');
  expect(last()).toMatchObject({ layout: { columns: ['a'] } });
  await layouts.keep(NONE);
  layouts.forgetShown();
  layouts.show('http://a/1');
  expect(last()).toEqual({ type: 'layout', layout: NONE });
});

test('what is remembered is checked: a layout that breaks a limit counts as none', async () => {
  for (const layout of [
    { columns: Array.from({ length: 7 }, (_, at) => `a${at}`), widths: [] },
    { columns: ['x'.repeat(201)], widths: [] },
    { columns: [], widths: [['time', 1e9]] },
    'none',
  ]) {
    const memory = new FakeMemory();
    await memory.update('sseCounter.tableLayouts', [['http://a/', layout]]);
    const { layouts, last } = layoutsOf(memory);
    layouts.show('http://a/');
    expect(last()).toEqual({ type: 'layout', layout: NONE });
  }
});

test('of layouts that come while one is written, the latest is remembered, however many come', async () => {
  const memory = new FakeMemory();
  const { layouts, last } = layoutsOf(memory);
  const update = vi.spyOn(memory, 'update');
  layouts.show('http://a/');
  await Promise.all(
    Array.from({ length: 1000 }, (_, index) =>
      layouts.keep({ columns: [`k${index}`], widths: [], split: index % 100 }),
    ),
  );
  expect(update.mock.calls.length).toBeLessThanOrEqual(6);
  layouts.forgetShown();
  layouts.show('http://a/');
  expect(last()).toEqual({ type: 'layout', layout: { columns: ['k999'], widths: [], split: 99 } });
});
