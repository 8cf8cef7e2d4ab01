import type { FrameLocator, Page } from '@playwright/test';

/** What none of our tasks may take, in milliseconds of the processor. */
export const LONGEST = 1000;

/**
 * Watches the page for long tasks. Returns what resolves with the most milliseconds that one may have taken of the processor
 * since the last time: no task has taken more than it lasted, nor more than all of them together. By the clock alone, the page
 * would hang for what other processes do.
 * @param frame one of the page's, that is watched too
 */
export async function watchTasks(page: Page, frame?: FrameLocator): Promise<() => Promise<number>> {
  const bodies = [page, ...(frame ? [frame] : [])].map((one) => one.locator('body').first());
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const taken = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN);
  };
  const install = () => {
    const lasted: number[] = [];
    new PerformanceObserver((list) => lasted.push(...list.getEntries().map(({ duration }) => duration))).observe({
      type: 'longtask',
    });
    Object.assign(globalThis, { lasted });
  };
  const read = () => Math.max(0, ...(globalThis as unknown as { lasted: number[] }).lasted.splice(0));
  for (const body of bodies) await body.evaluate(install);
  let before = await taken();
  return async () => {
    // What a message or a key has begun is over when the next frames have been drawn.
    const last = bodies.at(-1) ?? page.locator('body');
    for (const _ of [1, 2, 3])
      await last.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
    const lasted = Math.max(...(await Promise.all(bodies.map((body) => body.evaluate(read)))));
    const now = await taken();
    const longest = Math.min(lasted, now - before);
    before = now;
    return longest;
  };
}

/** Keeps a page's only task busy for so long, by the clock. */
export function keepBusy(page: Page | FrameLocator, milliseconds: number): Promise<void> {
  return page.locator('body').evaluate(
    (_, milliseconds) =>
      new Promise<void>((done) =>
        setTimeout(() => {
          for (const until = performance.now() + milliseconds; performance.now() < until; );
          done();
        }),
      ),
    milliseconds,
  );
}
