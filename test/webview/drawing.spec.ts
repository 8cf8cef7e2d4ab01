// Lines that take a moment to lay out, but long to draw: that isn't done in tasks of the page, yet no frame is shown
// meanwhile.

import { DRAWN } from '../support/page/hostileServer';
import { expect } from './support/fixtures';
import { test } from './support/hangTest';

test('a wire view of thousands of different characters takes only a few times as long to draw as one of a single character @long', async ({
  inspect,
  hostile,
}) => {
  const drawing: number[] = [];
  for (const name of Object.keys(DRAWN)) {
    const page = await inspect(`${hostile}/lines/${name}`);
    const devTools = await page.context().newCDPSession(page);
    await devTools.send('Performance.enable');
    const processTime = async () => {
      const { metrics } = await devTools.send('Performance.getMetrics');
      return metrics.find((metric) => metric.name === 'ProcessTime')?.value ?? Number.NaN;
    };
    await expect(page.locator('#facts')).toContainText('200 events');
    await page.getByRole('tab', { name: 'Wire' }).click();
    await expect(page.locator('#wireLines')).toContainText('data: ');
    const before = await processTime();
    for (const key of ['End', 'PageUp', 'PageUp', 'End']) {
      await page.locator('#wireScroller').press(key);
      await page.evaluate(async () => {
        for (let frame = 0; frame < 30; frame += 1) await new Promise(requestAnimationFrame);
      });
    }
    drawing.push((await processTime()) - before);
  }
  const [one = 0, many] = drawing;
  console.log(`drawing took ${one.toFixed(2)} and ${many?.toFixed(2)} s`);
  expect(many).toBeLessThan(4 * one);
});
