// Consistency of the inspector's page in each frame: all parts show the same moment, and nothing that was cleared is left.
import type { ServerResponse } from 'node:http';
import { setTimeout as after } from 'node:timers/promises';
import { expect, stream, test } from './support/fixtures';
import { type Frame, noteFrames } from './support/frames';
import type { PanelView } from './support/panelView';

/** Returns streams that send an event every few milliseconds, with ids from 1, and resume. */
function ticking() {
  let [number, last] = [0, undefined as ServerResponse | undefined];
  const timer = setInterval(() => {
    if (!last) return;
    number += 1;
    last.write(`event: tick\nid: ${number}\ndata: event ${number}\n\n`);
  }, 7);
  return {
    response: stream('retry: 60000\n\n'),
    on: (response: ServerResponse) => {
      last = response;
    },
    leave: () => {
      last?.destroy();
      last = undefined;
    },
    end: () => clearInterval(timer),
  };
}

/**
 * Delays each message to the page after the previous one, so that changes sent in several messages are shown in several
 * frames.
 */
function spread(view: PanelView): void {
  const { webview } = view.panel;
  const post = webview.postMessage;
  let before: Promise<unknown> = Promise.resolve();
  webview.postMessage = async (message) => {
    before = before.then(() => after(25));
    await before;
    return post(message);
  };
}

function contradictions({ state, word, facts, connect, isWaiting, countdown }: Frame): string[] {
  const words = { idle: 'Not connected', connecting: 'Connecting', open: 'Live', waiting: 'Reconnecting' };
  const isRunning = state !== 'idle';
  const [, count = ''] = /(\d+) events?/.exec(facts) ?? [];
  const [, id = '0'] = /Last-Event-ID (\d+)/.exec(facts) ?? [];
  const found: string[] = [];
  if (words[state as keyof typeof words] !== word) found.push(`${state} is called ${word}`);
  if (connect !== (isRunning ? 'Disconnect' : 'Connect')) found.push(`${state} has ${connect}`);
  if (isWaiting !== (state === 'waiting') || (countdown !== '') !== isWaiting) found.push(`${state}, ${countdown}`);
  if (count !== '' && count !== id) found.push(`${count} events, but the last id is ${id}`);
  if (/\d\/s/.test(facts) !== (state === 'open')) found.push(`${state} has ${facts}`);
  return found;
}

test('in each frame, count and Last-Event-ID are of the same moment, and so are the state and its facts', async ({
  editor,
  listen,
}) => {
  const ticks = ticking();
  const url = await listen((request, response) => {
    ticks.response(request, response);
    ticks.on(response);
  });
  const view = await editor.inspect(url);
  spread(view);
  const page = await view.open();
  await expect(page.locator('#facts')).toContainText(/\d\d events/);
  const frames = await noteFrames(page);
  await expect(page.locator('#facts')).toContainText(/\d\d\d events/);
  ticks.leave();
  await expect(page.locator('#countdown')).toHaveText(/Reconnecting in 5\d s/);
  await page.locator('#reconnectNow').click();
  await expect(page.locator('#state')).toHaveText('Live');
  ticks.leave();
  await expect(page.locator('#state')).toHaveText('Reconnecting');
  await page.locator('#connect').click();
  await expect(page.locator('#state')).toHaveText('Not connected');
  await page.locator('#connect').click();
  await expect(page.locator('#state')).toHaveText('Live');
  ticks.end();
  const seen = await frames();
  expect(new Set(seen.map(({ facts }) => facts)).size).toBeGreaterThan(5);
  expect(new Set(seen.flatMap(contradictions))).toEqual(new Set());
});

test('after Clear during a stream, no frame has a row, details or a line of a cleared event next to the new count', async ({
  inspect,
  listen,
}) => {
  const ticks = ticking();
  const page = await inspect(
    await listen((request, response) => {
      ticks.response(request, response);
      ticks.on(response);
    }),
  );
  const table = page.locator('#table');
  await expect(page.locator('#facts')).toContainText(/\d\d events .* first event|first event .* \d\d events/);
  await page.getByRole('tab', { name: 'Wire' }).click();
  await expect(page.locator('#wireLines')).toContainText(/event \d\d/);
  await page.locator('#wireScroller').press('Home');
  await expect(page.locator('#newLines')).toBeVisible();
  await page.getByRole('tab', { name: 'Events' }).click();
  await table.press('Home');
  await table.press('Enter');
  await expect(page.locator('#summary')).toContainText('#1 ·');
  await expect(page.locator('#newRows')).toBeVisible();
  const frames = await noteFrames(page);
  await page.getByRole('button', { name: 'Clear' }).click();
  await expect(page.locator('#details')).toBeHidden();
  await expect(page.locator('#facts')).not.toContainText('first event');
  await expect(page.locator('#rows [aria-selected=true]')).toHaveCount(0);
  await expect(table).not.toHaveAttribute('aria-activedescendant');
  await expect(page.locator('#newRows')).toBeHidden();
  await expect(page.locator('#summary')).toBeEmpty();
  // By keyboard: an explanation that comes just now moves the tabs away from the mouse.
  await page.getByRole('tab', { name: 'Wire' }).press('Enter');
  await expect(page.locator('#wireLines')).toContainText('event ');
  await expect(page.locator('#newLines')).toBeHidden();
  ticks.end();
  const seen = await frames();
  const countOf = ({ facts }: Frame) => Number(/([\d,]+) events?/.exec(facts)?.[1]?.replace(',', ''));
  const at = seen.findIndex((frame, index) => index > 0 && countOf(frame) < countOf(seen[index - 1] as Frame));
  const cleared = Math.max(...seen.slice(0, at).flatMap(({ rows }) => rows));
  expect(at).toBeGreaterThan(0);
  const left = seen.slice(at).filter(({ rows, details }) => details !== '' || rows.some((number) => number <= cleared));
  expect(left).toEqual([]);
  const lines = seen.flatMap(({ wire }) =>
    [...wire.matchAll(/data: event (\d+)/g)].map(([, number]) => Number(number)),
  );
  expect(Math.min(...lines)).toBeGreaterThan(cleared);
});

test('the request for another stream clears the previous one, and its details @long', async ({ inspect, listen }) => {
  const page = await inspect(await listen(stream('event: order\ndata: a\n\ndata: b\n\n')));
  await page.locator('#rows .row').first().click();
  await expect(page.locator('#dataText')).toHaveText('a');
  await page.locator('#url').fill(await listen(stream('data: c\n\n')));
  await page.locator('#url').press('Enter');
  await expect(page.locator('#rows .data')).toHaveText(['c']);
  await expect(page.locator('#details')).toBeHidden();
  await expect(page.locator('#facts')).toContainText('1 event · 9 B');
  await expect(page.locator('#eventName option')).toHaveText(['All events', 'message']);
  await page.locator('#rows .row').click();
  await expect(page.locator('#dataText')).toHaveText('c');
});

test('events and bytes count since Clear, over all connections: Connect doesn’t reset them @long', async ({
  inspect,
  listen,
}) => {
  const page = await inspect(await listen(stream('data: a\n\n')));
  await expect(page.locator('#facts')).toContainText('1 event · 9 B');
  for (const text of ['2 events · 18 B', '3 events · 27 B']) {
    await page.locator('#connect').click();
    await expect(page.locator('#connect')).toHaveText('Connect');
    await page.locator('#connect').click();
    await expect(page.locator('#facts')).toContainText(text);
  }
  await page.getByRole('button', { name: 'Clear' }).click();
  await expect(page.locator('#facts')).toContainText('0 events · 0 B');
  await expect(page.locator('#facts')).toHaveAttribute('title', /since Clear/);
});
