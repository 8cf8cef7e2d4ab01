import type { Page } from '@playwright/test';

/** Texts and attributes of the inspector's page in one frame. */
export interface Frame {
  state: string;
  word: string;
  facts: string;
  connect: string;
  isWaiting: boolean;
  countdown: string;
  /** Numbers of the events that have a row. */
  rows: number[];
  /** Summary in the details; empty if they are closed. */
  details: string;
  wire: string;
}

/** Records the content of each frame from now on. Returns a function that reads the frames. */
export async function noteFrames(page: Page): Promise<() => Promise<Frame[]>> {
  await page.evaluate(note);
  return () => page.evaluate(() => (globalThis as unknown as { frames: Frame[] }).frames);
}

/** Records the frames. Runs in the page. */
function note(): void {
  const frames: Frame[] = [];
  Object.assign(globalThis, { frames });
  const one = (id: string) => document.getElementById(id) as HTMLElement;
  const text = (id: string) => one(id).textContent ?? '';
  const look = () => {
    frames.push({
      state: one('connection').dataset['state'] ?? '',
      word: text('state'),
      facts: text('facts'),
      connect: text('connect'),
      isWaiting: !one('waiting').hidden,
      countdown: text('countdown'),
      rows: [...document.querySelectorAll('#rows .number')].flatMap(({ textContent }) =>
        textContent ? [Number(textContent)] : [],
      ),
      details: one('details').hidden ? '' : text('summary'),
      wire: one('wire').hidden ? '' : text('wireLines'),
    });
  };
  // An observer is called after all drawing of a frame, and before it is shown.
  const probe = document.createElement('div');
  Object.assign(probe.style, { position: 'fixed', visibility: 'hidden' });
  document.body.append(probe);
  new ResizeObserver(look).observe(probe);
  const grow = () => {
    probe.style.width = `${(probe.offsetWidth % 2) + 1}px`;
    requestAnimationFrame(grow);
  };
  grow();
}
