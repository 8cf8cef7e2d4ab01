// Nothing that a server sends takes the focus away from where the user works.
import type { RequestListener } from 'node:http';
import type { Page } from '@playwright/test';
import { drawn } from '../support/random/drawn';
import { expect, stream, test } from './support/fixtures';

/** Inspects a stream that ends on demand, and is followed by a response that is no stream. */
async function inspectTurning(
  inspect: (url: string) => Promise<Page>,
  listen: (response: RequestListener) => Promise<string>,
) {
  let end = () => {};
  let asked = 0;
  const url = await listen((_request, response) => {
    asked += 1;
    if (asked > 1) return void response.writeHead(503, { 'Content-Type': 'text/html' }).end('<h1>busy');
    response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write('retry: 50\ndata: a\n\n');
    end = () => void response.end();
  });
  const page = await inspect(url);
  await expect(page.locator('#rows .row')).toHaveCount(1);
  return { page, end: () => end() };
}

for (const place of drawn(['#filter', '#table', '#isRegExp'], 1))
  test(`a response that is no stream doesn’t take the focus out of ${place}; its tab shows it`, async ({
    inspect,
    listen,
  }) => {
    const { page, end } = await inspectTurning(inspect, listen);
    await page.locator(place).focus();
    end();
    await expect(page.locator('#state')).toHaveText('Not an event stream');
    await page.getByRole('tab', { name: 'Response' }).and(page.locator('[aria-selected=false]')).waitFor();
    await expect(page.locator(place)).toBeFocused();
    await page.getByRole('tab', { name: 'Response' }).click();
    await expect(page.locator('#statusLine')).toHaveText('503 Service Unavailable');
  });

test('a tab that the user has chosen since Connect stays, whatever the response; after Connect it is as before', async ({
  inspect,
  listen,
}) => {
  const { page, end } = await inspectTurning(inspect, listen);
  await page.getByRole('tab', { name: 'Wire' }).click();
  await page.locator('#clear').focus();
  end();
  await expect(page.locator('#state')).toHaveText('Not an event stream');
  await expect(page.locator('#wire')).toBeVisible();
  await page.locator('#connect').click();
  await expect(page.locator('#statusLine')).toHaveText('503 Service Unavailable');
  await expect(page.locator('#response')).toBeVisible();
});

test('a stream doesn’t take the focus out of the response that is being read', async ({ inspect, listen }) => {
  const page = await inspect(await listen((_request, response) => response.writeHead(404).end('none')));
  await expect(page.locator('#response')).toBeVisible();
  let begin = () => {};
  const stream: RequestListener = (_request, response) => {
    begin = () => void response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write('data: a\n\n');
  };
  await page.locator('#url').fill(await listen(stream));
  await page.locator('#url').press('Enter');
  await expect(page.locator('#state')).toHaveText('Connecting');
  await page.locator('#response').focus();
  begin();
  await expect(page.locator('#state')).toHaveText('Live');
  await expect(page.locator('#responseNote')).toContainText('see Events');
  await expect(page.locator('#response')).toBeFocused();
});

test('Show More that has the focus stays in sight as its panel gets less high, and not once the user scrolls', async ({
  inspect,
  listen,
}) => {
  const page = await inspect(await listen(stream(`data: ${'long '.repeat(60_000)}\n\n`)));
  await page.setViewportSize({ width: 900, height: 900 });
  await page.locator('#rows .row').click();
  const [data, more] = [page.locator('#dataText'), page.locator('#dataText .more')];
  await data.focus();
  await page.keyboard.press('Tab');
  await expect(more).toBeFocused();
  await page.setViewportSize({ width: 900, height: 700 });
  await expect(more).toBeInViewport();
  await data.hover();
  await page.mouse.wheel(0, -5000);
  await expect(more).not.toBeInViewport();
  const height = () => data.evaluate(({ clientHeight }) => clientHeight);
  const before = await height();
  await page.setViewportSize({ width: 900, height: 650 });
  await expect.poll(height).toBeLessThan(before);
  await expect(more).not.toBeInViewport();
});
