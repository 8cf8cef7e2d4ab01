import type { FrameLocator, Page } from '@playwright/test';

/** Maximum CPU time of a task, in milliseconds. */
export const LONGEST = 1000;

/**
 * Watches the page for long tasks. Returns a function that resolves with an upper bound of the longest task's CPU time since
 * its last call, in milliseconds: a task takes no more than its duration, and no more than all tasks together. By the wall
 * clock alone, the page would seem to hang because of other processes.
 * @param frame a frame of the page, which is watched, too
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
    // Work started by a message or a key has finished when the next frames have been drawn.
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

/** Keeps a page's main thread busy for the given time on the wall clock. */
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
