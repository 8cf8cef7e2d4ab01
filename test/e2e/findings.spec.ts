// Why is my stream late? A buffer of a real nginx is seen, explained, and healed as the explanation says.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { violations } from '../support/page/axe';
import { type Nginx, startNginx } from '../support/servers/nginx';
import { test as base, expect } from './support/fixtures';
import type { Workbench } from './support/workbench';

interface Buffered {
  url: string;
  /** Makes the app send the header that the explanation names. */
  heal(): void;
}

/** An app that sends 130 bytes every 20 ms, behind an nginx as it is installed. */
const test = base.extend<{ buffered: Buffered }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright asks for an object pattern.
  buffered: async ({}, use) => {
    let isHealed = false;
    const app = createServer((_request, response) => {
      const cure = isHealed ? { 'X-Accel-Buffering': 'no' } : {};
      response.writeHead(200, { 'Content-Type': 'text/event-stream', ...cure }).flushHeaders();
      let n = 0;
      const timer = setInterval(() => {
        n += 1;
        response.write(`id: ${n}\ndata: ${JSON.stringify({ n, text: 'x'.repeat(100) })}\n\n`);
      }, 20);
      response.on('close', () => clearInterval(timer));
    }).listen(0, '127.0.0.1');
    await once(app, 'listening');
    const { port } = app.address() as AddressInfo;
    const nginx: Nginx = await startNginx(`location / { proxy_pass http://127.0.0.1:${port}; }`);
    await use({
      url: nginx.url,
      heal: () => {
        isHealed = true;
      },
    });
    await nginx.stop();
    app.close().closeAllConnections();
  },
});

test('a buffered stream is seen, explained with its fix, and healed', async ({ workbench, buffered }, testInfo) => {
  const { page, panel } = workbench;
  await workbench.inspect(buffered.url);
  await expect(panel.locator('#worst')).toContainText('blocks of exactly 4096', { timeout: 30_000 });
  await page.screenshot({ path: testInfo.outputPath('seen.png') });
  await panel.locator('#openFindings').click();
  const explanation = panel.locator('#explanations > li').first();
  await expect(explanation).toContainText('X-Accel-Buffering: no');
  await explanation.locator('summary', { hasText: 'Evidence' }).click();
  await page.screenshot({ path: testInfo.outputPath('explained.png') });
  await page.mouse.move(0, 0);
  expect(await violations(panel.locator('main'))).toEqual([]);
  buffered.heal();
  await panel.locator('#connect').click();
  await expect(panel.locator('#state')).toHaveText('Not connected');
  await panel.locator('#connect').click();
  await expect(panel.locator('#state')).toHaveText('Live');
  // Longer than it took to see the buffer.
  await expect(panel.locator('#facts')).toContainText(/[2-9]\d\d events/, { timeout: 30_000 });
  await expect(panel.locator('#worst')).toBeEmpty();
  await page.screenshot({ path: testInfo.outputPath('healed.png') });
});

test('Diagnose Event Stream asks for a stream, and then what it may do; Cancel ends it', async ({
  workbench,
  buffered,
}) => {
  const { panel } = await diagnose(workbench, buffered.url);
  await panel.getByRole('button', { name: 'Cancel' }).click();
  await expect(panel.locator('#diagnosisRunning')).toBeHidden();
  await expect(panel.locator('#state')).toHaveText('Live');
});

test('a diagnosis that goes on to its end says what was checked @long', async ({ workbench, buffered }, testInfo) => {
  const { page, panel } = await diagnose(workbench, buffered.url);
  await expect(panel.locator('#checked')).toBeVisible({ timeout: 45_000 });
  await page.screenshot({ path: testInfo.outputPath('diagnosed.png') });
});

/** Starts a diagnosis by the command. */
async function diagnose(workbench: Workbench, url: string): Promise<Workbench> {
  const { page, panel } = workbench;
  await workbench.run('SSE: Diagnose Event Stream…');
  const box = page.locator('.quick-input-widget input').first();
  await box.fill(url);
  await box.press('Enter');
  await panel.locator('#startDiagnosis').click();
  await expect(panel.locator('#diagnosisProgress')).toContainText('Asking');
  return workbench;
}
