import type { Page } from '@playwright/test';

/** Frames that a page has drawn: their number, the time that they took and the longest of them, in milliseconds. */
export interface Frames {
  count: number;
  time: number;
  longest: number;
}

/** When to stop counting: an element has a text or, if `least` is given, a number of at least that. */
export interface LastFrame {
  selector: string;
  least?: number;
}

/** Counts the frames that the page draws until the last one, or for 30 s. */
export function framesUntil(page: Page, last: LastFrame): Promise<Frames> {
  return page.evaluate(
    ({ selector, least }) =>
      new Promise<{ count: number; time: number; longest: number }>((done) => {
        const begin = performance.now();
        let [count, last, longest] = [0, begin, 0];
        const next = () => {
          const now = performance.now();
          [count, longest, last] = [count + 1, Math.max(longest, now - last), now];
          const text = document.querySelector(selector)?.textContent;
          const isOver = least === undefined ? text !== '' : Number(text) >= least;
          if (isOver || now - begin > 30_000) done({ count, time: now - begin, longest });
          else requestAnimationFrame(next);
        };
        next();
      }),
    last,
  );
}
