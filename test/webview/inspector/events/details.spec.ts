// Details of an event, below the table.

import { drawn } from '../../../support/random/drawn';
import { expect, stream, test } from '../../support/fixtures';

test('for an event that is no longer kept, its row’s preview is shown, not the event selected before', async ({
  editor,
  listen,
}) => {
  const view = await editor.inspect(await listen(stream('data: {"a":1}\n\ndata: b\n\n')));
  const page = await view.open();
  const rows = page.locator('#rows .row');
  await expect(rows).toHaveCount(2);
  await rows.first().click();
  await expect(page.locator('#jsonTree')).toContainText('"a"');
  // As if the oldest events had been evicted while the page still shows them.
  const told = view.panel.posted.findLast(({ type }) => type === 'rows');
  const row = { number: 99, time: 0, event: 'message', preview: 'dropped', size: 7 };
  await page.evaluate((message) => window.postMessage(message, '*'), { ...told, from: 1, rows: [row] });
  await rows.filter({ hasText: 'dropped' }).click();
  await expect(page.locator('#summary')).toContainText('#99');
  await expect(page.locator('#dataText')).toHaveText('dropped');
  await expect(page.locator('#omitted')).toHaveText('The event is no longer kept.');
  await rows.first().click();
  await expect(page.locator('#jsonTree')).toContainText('"a"');
  await expect(page.locator('#omitted')).toBeEmpty();
});

for (const size of drawn([13, 30], 1))
  test(`an event’s long type and id leave room for some lines of its data beside the table, at a font size of ${size}`, async ({
    inspect,
    listen,
  }) => {
    const name = '長'.repeat(500);
    const page = await inspect(await listen(stream(`event: ${name}\nid: ${name}\ndata: {"a":1}\n\n`)));
    await page.setViewportSize({ width: 1000, height: 500 });
    await page.evaluate((size) => {
      for (const name of ['--vscode-font-size', '--vscode-editor-font-size'])
        document.documentElement.style.setProperty(name, `${size}px`);
    }, size);
    await page.locator('#rows .row').click();
    const tree = page.locator('#jsonTree');
    await tree.scrollIntoViewIfNeeded();
    await expect.poll(() => tree.evaluate((element) => element.clientHeight)).toBeGreaterThan(3 * size);
    await tree.locator('summary').click();
    await expect(tree.locator('details')).toHaveJSProperty('open', false);
  });
