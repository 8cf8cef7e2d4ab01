// A tree of which all folds are open. However far away its lines are, a browser lays out all of them if all is selected.
import { LONGEST, watchTasks } from '../../../support/page/longTasks';
import { expect, stream, test } from '../../support/fixtures';

test('a tree with a hundred open folds is selected, scrolled, resized and copied without a hang @long', async ({
  inspect,
  listen,
}) => {
  const lists = Array.from({ length: 100 }, (_, at) => Array.from({ length: 100 }, (_, index) => `${at}/${index}`));
  const page = await inspect(await listen(stream(`data: ${JSON.stringify(lists)}\n\n`)));
  await page.locator('#rows .row').click();
  const tree = page.locator('#jsonTree');
  await expect(tree.locator('summary')).toHaveCount(101);
  const longest = await watchTasks(page);
  // Upwards, as those that are open move the ones below.
  for (const fold of (await tree.locator('details:not([open]) > summary').all()).reverse())
    await fold.evaluate((summary: HTMLElement) => summary.click());
  const leaves = tree.locator('.leaf');
  await expect(leaves).toHaveCount(10_000);
  await expect.poll(() => leaves.filter({ visible: true }).count()).toBeLessThan(1000);
  await tree.press('ControlOrMeta+a');
  for (const part of [0.5, 1, 0]) await tree.evaluate((one, part) => one.scrollTo(0, one.scrollHeight * part), part);
  await page.setViewportSize({ width: 700, height: 700 });
  expect(await longest()).toBeLessThan(LONGEST);
  await page.keyboard.press('ControlOrMeta+c');
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(copied).toContain('99/99');
  expect(await longest()).toBeLessThan(LONGEST);
  expect(JSON.parse(await copied())).toEqual(lists);
});
