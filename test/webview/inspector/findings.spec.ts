// The strip that explains what a stream does, in the real page with the real session.
import { createGzip } from 'node:zlib';
import type { Page, TestInfo } from '@playwright/test';
import { violations } from '../../support/page/axe';
import { expect, stream, streamByHand, test } from '../support/fixtures';
import { SIZES } from '../support/theme';

/** Expects what a diagnosis with another address and a page's origin says, wide and narrow. */
async function expectDiagnosed(page: Page, testInfo: TestInfo): Promise<void> {
  await expect(page.locator('#verdict')).toContainText('would refuse it');
  await expect(page.locator('#checked')).toContainText('other address', { useInnerText: false });
  await page.locator('summary', { hasText: 'Evidence' }).first().click();
  await page.locator('summary', { hasText: 'Checked' }).click();
  await page.screenshot({ path: testInfo.outputPath('diagnosed.png') });
  expect(await violations(page.locator('main'))).toEqual([]);
  await page.setViewportSize(SIZES.narrow);
  await page.screenshot({ path: testInfo.outputPath('narrow.png') });
  expect(await violations(page.locator('main'))).toEqual([]);
}

test('what shows nothing says why, with the bytes a click away, and it can be dismissed for this URL', async ({
  inspect,
  listen,
}, testInfo) => {
  const { url, send } = await streamByHand(listen, 'data: 1\n\n');
  const page = await inspect(url);
  await expect(page.locator('#rows')).toContainText('1');
  await expect(page.locator('#findings')).toBeHidden();
  send('{"error":{"code":-32603,"message":"filter failed"}}\n\n');
  await expect(page.locator('#worst')).toContainText('{"error"');
  await page.locator('#openFindings').click();
  await expect(page.locator('#explanations > li')).toHaveCount(1);
  await page.screenshot({ path: testInfo.outputPath('ignored.png') });
  await page.getByRole('button', { name: 'Show in Wire' }).click();
  await expect(page.locator('#wireLines .marked')).toHaveText('{"error":{"code":-32603,"message":"filter failed"}}');
  await page.getByRole('tab', { name: 'Events' }).click();
  await page.getByRole('button', { name: 'Not This' }).click();
  await expect(page.locator('#worst')).toBeEmpty();
  await page.getByRole('button', { name: 'Show 1 Dismissed Again' }).click();
  await expect(page.locator('#worst')).toContainText('{"error"');
});

test('a diagnosis asks only for what can be asked for, asks in other ways, and says what it found', async ({
  inspect,
  listen,
}, testInfo) => {
  let asked = 0;
  // Short answers make a short diagnosis.
  const url = await listen((request, response) => {
    asked += 1;
    stream('data: 1\n\n')(request, response);
    if (asked > 1) response.end();
  });
  const page = await inspect(url);
  await expect(page.locator('#rows')).toContainText('1');
  await page.getByRole('button', { name: 'Diagnose…' }).click();
  await page.locator('#pageOrigin').fill('localhost');
  await page.keyboard.press('Enter');
  await expect(page.locator('#originProblem')).toContainText('no origin');
  await page.locator('#pageOrigin').fill('');
  await page.locator('#compareUrl').fill('elsewhere');
  await page.keyboard.press('Enter');
  await expect(page.locator('#compareProblem')).toContainText('no address');
  await page.locator('#compareUrl').fill(`${url}other`);
  await page.locator('#pageOrigin').fill('http://localhost:5173');
  await page.screenshot({ path: testInfo.outputPath('form.png') });
  expect(await violations(page.locator('main'))).toEqual([]);
  expect(asked).toBe(1);
  await page.locator('#startDiagnosis').click();
  await expect(page.locator('#diagnosisProgress')).toContainText('Asking');
  await expect(page.locator('#diagnosisProgress')).toBeEmpty({ timeout: 30_000 });
  expect(asked).toBeGreaterThan(3);
  await expect(page.locator('#explanations')).toContainText('http://localhost:5173');
  await expectDiagnosed(page, testInfo);
});

test('a diagnosis explains a compressor that holds events back @long', async ({ inspect, listen }, testInfo) => {
  test.setTimeout(90_000);
  const url = await listen((request, response) => {
    const isCoded = /gzip/.test(request.headers['accept-encoding'] ?? '');
    const head = { 'Content-Type': 'text/event-stream', ...(isCoded && { 'Content-Encoding': 'gzip' }) };
    response.writeHead(request.method === 'OPTIONS' ? 204 : 200, head);
    if (request.method !== 'GET') return void response.end();
    response.flushHeaders();
    const gzip = createGzip();
    if (isCoded) gzip.pipe(response);
    let n = 0;
    const timer = setInterval(() => {
      n += 1;
      (isCoded ? gzip : response).write(`id: ${n}\ndata: ${n}\n\n`);
    }, 200);
    response.on('close', () => clearInterval(timer));
  });
  const page = await inspect(url);
  await expect(page.locator('#rows')).toContainText('3');
  await page.getByRole('button', { name: 'Diagnose…' }).click();
  await page.locator('#compareUrl').fill(`${url}other`);
  await page.locator('#pageOrigin').fill('http://localhost:5173');
  await page.locator('#startDiagnosis').click();
  await expect(page.locator('#diagnosisProgress')).toContainText('Asking');
  await expect(page.locator('#diagnosisProgress')).toBeEmpty({ timeout: 60_000 });
  const explanations = page.locator('#explanations');
  await expect(explanations).toContainText('in its compressor');
  await expect(explanations).toContainText('http://localhost:5173');
  await expectDiagnosed(page, testInfo);
});

test('a diagnosis is cancelled by a button, and leaves the stream as it is', async ({ inspect, listen }) => {
  const { url } = await streamByHand(listen, 'data: 1\n\n');
  const page = await inspect(url);
  await expect(page.locator('#rows')).toContainText('1');
  await page.getByRole('button', { name: 'Diagnose…' }).click();
  await page.locator('#startDiagnosis').click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.locator('#diagnosisRunning')).toBeHidden();
  await expect(page.locator('#state')).toHaveText('Live');
  await expect(page.getByRole('button', { name: 'Diagnose…' })).toBeEnabled();
});

test('the outcome of a diagnosis that is over before the page is told that it runs is shown, too @long', async ({
  editor,
  listen,
}) => {
  const view = await editor.inspect(`curl -X POST ${await listen(stream('data: 1\n\n'))} -d '{}'`);
  const page = await view.open();
  await expect(page.locator('#rows')).toContainText('1');
  await page.getByRole('button', { name: 'Diagnose…' }).click();
  const { webview } = view.panel;
  const post = webview.postMessage;
  webview.postMessage = (message) =>
    /"state":"running"/.test(JSON.stringify(message)) ? post({ type: 'pong' }) : post(message);
  await page.locator('#startDiagnosis').click();
  await expect(page.locator('summary', { hasText: 'Checked' })).toBeVisible();
});

test('a request that may change something is not made again', async ({ inspect, listen }) => {
  let asked = 0;
  const url = await listen((request, response) => {
    asked += 1;
    stream('data: 1\n\n')(request, response);
  });
  const page = await inspect(`curl -X POST ${url} -d '{}'`);
  await expect(page.locator('#rows')).toContainText('1');
  await page.getByRole('button', { name: 'Diagnose…' }).click();
  await page.locator('#startDiagnosis').click();
  await page.locator('summary', { hasText: 'Checked' }).click();
  await expect(page.locator('#checked')).toContainText('POST');
  expect(asked).toBe(1);
});

test('a screen reader hears an explanation once, not each time that its numbers change @long', async ({
  inspect,
  listen,
}) => {
  const { url, send } = await streamByHand(listen, 'data: 1\n\n');
  const page = await inspect(url);
  await expect(page.locator('#rows')).toContainText('1');
  send('Internal Server Error\n\n');
  const said = page.getByRole('status').filter({ hasText: 'Internal Server Error' });
  await expect(said).toHaveCount(1);
  const first = await said.textContent();
  for (let line = 2; line < 4; line += 1) {
    send('Internal Server Error\n\n');
    await expect(page.locator('#worst')).toContainText(`${line}`, { timeout: 15_000 });
  }
  expect(await said.textContent()).toBe(first);
  await page.locator('#openFindings').click();
  await page.getByRole('button', { name: 'Not This' }).click();
  await expect(page.locator('#worstSaid')).toBeEmpty();
});

test('where there are remarks alone, a click shows them @long', async ({ inspect, listen }) => {
  const page = await inspect(await listen(stream('event: order\ndata: 1\n\n')));
  await page.locator('#openFindings').click();
  await expect(page.locator('#remarks li').first()).toBeVisible();
  expect(await violations(page.locator('main'))).toEqual([]);
});
