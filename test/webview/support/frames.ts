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
  /** What the details say of their event; empty where they are closed. */
  details: string;
  wire: string;
}

/** Notes what each frame shows from now on. Returns what reads that. */
export async function noteFrames(page: Page): Promise<() => Promise<Frame[]>> {
  await page.evaluate(note);
  return () => page.evaluate(() => (globalThis as unknown as { frames: Frame[] }).frames);
}

/** Runs in the page. */
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
  // What is observed is told behind all drawing of a frame, and before it is seen.
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
