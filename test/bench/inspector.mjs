// Speed of the inspector in a real VS Code: a burst of events, compared with curl, and thousands a second for a while.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { get } from 'node:http';
import { freePort } from '../../scripts/codeServer.mjs';
import { runCommand } from '../../scripts/palette.mjs';
import { extensionHost } from './extensionHost.mjs';
import { EVENTS as MILLION, startMillion } from './million.mjs';
import { quantile } from './quantile.mjs';
import { usage } from './usage.mjs';

const EVENTS = 10_000;
const RATE = 5000;
/** Time after which the history is full, in seconds; at the rate, it takes 20 s. */
const FULL_AFTER = 25;
/** Time between two compared values of the memory, in seconds. */
const STEP = 5;
/** Interval of the counter in the same extension host, which shows how long its event loop was blocked, in milliseconds. */
const PULSE = 10;

/** @typedef {(name: string, figures: Record<string, number>) => void} Add */

/**
 * @param {import('@playwright/test').Page} page a window of VS Code, settled
 * @param {import('../../scripts/codeServer.mjs').CodeServer} server @param {{ rounds: number, seconds: number }} size @param {Add} add
 */
export async function measureInspector(page, server, { rounds, seconds }, add) {
  const port = await freePort();
  const burst = spawn(process.execPath, ['test/bench/burst.mjs', String(port)], { stdio: 'inherit' });
  const url = `http://127.0.0.1:${port}/`;
  try {
    const counted = await startCounter(page);
    await runCommand(page, 'SSE: Inspect Event Stream (URL or curl)…');
    await page.locator('.quick-input-widget input').first().fill(`${url}?events=0`);
    await page.keyboard.press('Enter');
    const panel = page.frameLocator('iframe.webview.ready >> nth=-1').frameLocator('#active-frame');
    // Not by the state: until this page is loaded, the last page is the counter's, which is live.
    await panel.locator('#connect').filter({ hasText: 'Disconnect' }).waitFor();
    for (let round = 1; round <= rounds; round += 1) {
      add('curl -N', { [`${EVENTS} events at once (ms)`]: await timeCurl(`${url}?events=${EVENTS}&end`) });
      add('ours', {
        [`${EVENTS} events at once (ms)`]: await timePanel(panel, `${url}?events=${EVENTS}&round=${round}`),
      });
    }
    await measureMillion(panel, rounds, add);
    await sustain(panel, `${url}?rate=${RATE}`, server, seconds, counted, add);
  } finally {
    burst.kill();
    await once(burst, 'exit');
  }
}

/** @param {import('@playwright/test').Page} page @returns {Promise<string>} the address of its stream */
async function startCounter(page) {
  await runCommand(page, 'Start SSE Counter');
  const panel = page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  await panel.locator('#count').filter({ hasText: '1' }).waitFor();
  return (await panel.locator('#address').textContent()) ?? '';
}

/** @param {string} url @returns {Promise<number>} milliseconds */
async function timeCurl(url) {
  const start = performance.now();
  await once(spawn('curl', ['-sN', url], { stdio: 'ignore' }), 'exit');
  return performance.now() - start;
}

/** Measures from the click on Connect until all are counted and the last is shown. @param {import('@playwright/test').FrameLocator} panel @param {string} url @returns {Promise<number>} milliseconds */
async function timePanel(panel, url) {
  await disconnect(panel);
  await panel.locator('#url').fill(url);
  return panel.locator('body').evaluate(
    (_, events) =>
      new Promise((resolve) => {
        const start = performance.now();
        const look = () => {
          const all = document.querySelector('#facts')?.textContent?.includes(`${events.toLocaleString('en')} events`);
          const last = document.querySelector('#rows')?.textContent?.includes(`"number":${events}`);
          if (all && last) resolve(performance.now() - start);
          else setTimeout(look, 2);
        };
        /** @type {HTMLElement | null} */ (document.querySelector('#connect'))?.click();
        look();
      }),
    EVENTS,
  );
}

/**
 * Measures a million events, from the click on Connect until the last row is shown, and the frames meanwhile.
 * @param {import('@playwright/test').FrameLocator} panel @param {number} rounds @param {Add} add
 */
async function measureMillion(panel, rounds, add) {
  const { url, server } = await startMillion();
  try {
    for (let round = 1; round <= rounds; round += 1) {
      await disconnect(panel);
      await panel.locator('#clear').click();
      await panel.locator('#url').fill(`${url}?round=${round}`);
      const { time, frames } = await panel.locator('body').evaluate(showLast, String(2 * MILLION));
      const facts = (await panel.locator('#facts').textContent()) ?? '';
      if (!facts.includes(`${MILLION.toLocaleString('en')} events`)) throw new Error(`Events are lost: ${facts}`);
      add('ours', {
        [`${MILLION} events at once (ms)`]: time,
        [`${MILLION} events at once: frames a second`]: (frames * 1000) / time,
      });
    }
  } finally {
    server.kill();
  }
}

/** Waits until no row has the text, connects, and waits until one has. Runs in the page. @param {Element} _ @param {string} text @returns {Promise<{ time: number, frames: number }>} */
function showLast(_, text) {
  return new Promise((resolve) => {
    let [frames, start] = [0, 0];
    const look = () => {
      const isShown = document.querySelector('#rows')?.textContent?.includes(text);
      if (start === 0 && !isShown) {
        start = performance.now();
        /** @type {HTMLElement | null} */ (document.querySelector('#connect'))?.click();
      } else frames += 1;
      if (start === 0 || !isShown) requestAnimationFrame(look);
      else resolve({ time: performance.now() - start, frames });
    };
    look();
  });
}

/** @param {import('@playwright/test').FrameLocator} panel */
async function disconnect(panel) {
  const button = panel.locator('#connect');
  if ((await button.textContent())?.trim() === 'Disconnect') await button.click();
  await button.filter({ hasText: 'Connect' }).filter({ hasNotText: 'Disconnect' }).waitFor();
}

/**
 * @param {import('@playwright/test').FrameLocator} panel @param {string} url
 * @param {import('../../scripts/codeServer.mjs').CodeServer} server @param {number} seconds @param {string} counter @param {Add} add
 */
async function sustain(panel, url, server, seconds, counter, add) {
  await disconnect(panel);
  await panel.locator('#url').fill(url);
  await panel.locator('#connect').click();
  const host = extensionHost(server);
  const pulse = watchPulse(counter, host);
  await wait(FULL_AFTER);
  const memory = watchMemory(host);
  const frames = await panel.locator('body').evaluate(
    (_, length) =>
      new Promise((/** @type {(frames: number) => void} */ resolve) => {
        let frames = 0;
        const end = performance.now() + length * 1000;
        const frame = () => {
          frames += 1;
          if (performance.now() < end) requestAnimationFrame(frame);
          else resolve(frames);
        };
        requestAnimationFrame(frame);
      }),
    seconds - FULL_AFTER,
  );
  const { more, moreAMinute } = memory.stop();
  const { longest, longestWithWaits } = pulse.stop();
  const facts = (await panel.locator('#facts').textContent()) ?? '';
  add('ours', {
    [`${RATE} events/s: frames a second`]: frames / (seconds - FULL_AFTER),
    [`${RATE} events/s: events a second recorded`]:
      Number(/([\d,]+) events/.exec(facts)?.[1]?.replaceAll(',', '')) / seconds,
    [`${RATE} events/s: MB more once the history is full`]: more / 1024 / 1024,
    [`${RATE} events/s: MB more a minute once the history is full`]: moreAMinute / 1024 / 1024,
    [`${RATE} events/s: longest block of the event loop (ms)`]: longest,
    [`${RATE} events/s: the longest with its waits for a processor (ms)`]: longestWithWaits,
  });
}

/**
 * Reads the counter's stream at a short interval: a tick that the extension host is too late for is skipped, as its number
 * shows. Reading late here doesn't count.
 * @param {string} counter @param {number} host
 */
function watchPulse(counter, host) {
  let number = 0;
  let [last, longest, longestWithWaits] = [{ time: 0, number: 0, waited: 0 }, 0, 0];
  const look = () => {
    const now = { time: performance.now(), number, waited: waited(host) };
    const block = now.time - last.time - (now.number - last.number) * PULSE;
    // The process may have waited for a CPU before the tick was due, too.
    const wait = Math.max(0, now.waited - last.waited - PULSE);
    if (last.number > 0) {
      longest = Math.max(longest, block - wait);
      longestWithWaits = Math.max(longestWithWaits, block);
    }
    last = now;
  };
  const request = get(`${counter}?interval=${PULSE}`, (stream) =>
    stream.setEncoding('utf8').on('data', (text) => {
      number = Number(/data: (\d+)\n\n$/.exec(text)?.[1] ?? number);
      // Once for all ticks received by now.
      if (number > last.number) setImmediate(look);
    }),
  );
  const stop = () => {
    request.destroy();
    return { longest, longestWithWaits };
  };
  return { stop };
}

/**
 * Samples the process's memory each second. The growth per minute is a median, because V8 doubles the space for new objects
 * once, at an unpredictable time, which adds 64 MB within seconds.
 * @param {number} pid
 */
function watchMemory(pid) {
  const sizes = [usage(pid).memory];
  const timer = setInterval(() => sizes.push(usage(pid).memory), 1000);
  const stop = () => {
    clearInterval(timer);
    const steps = sizes.slice(STEP).map((size, index) => size - (sizes[index] ?? 0));
    return { more: (sizes.at(-1) ?? 0) - (sizes[0] ?? 0), moreAMinute: quantile(steps, 0.5) * (60 / STEP) };
  };
  return { stop };
}

/** Returns the time that the process's main thread has waited for a CPU, in ms; only on Linux. @param {number} pid */
function waited(pid) {
  if (process.platform !== 'linux') return 0;
  return Number(readFileSync(`/proc/${pid}/task/${pid}/schedstat`, 'utf8').split(' ')[1]) / 1_000_000;
}

/** @param {number} seconds */
function wait(seconds) {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}
