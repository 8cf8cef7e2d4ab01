import { chromium } from '@playwright/test';
import { browserOptions } from '../../scripts/install/browser.mjs';
import { expect, FORWARD, test } from './support/fixtures';
import { Workbench } from './support/workbench';

test('if the browser blocks requests of public pages to this machine (Local Network Access), the extension host relays @everywhere', async ({
  codeServer,
}) => {
  const { host } = new URL(codeServer.url);
  const { args, ...options } = browserOptions();
  const isPublic = `--ip-address-space-overrides=${host}=public`;
  const browser = await chromium.launch({ ...options, args: [...args, FORWARD, isPublic] });
  const workbench = new Workbench(await browser.newPage());
  await workbench.open(codeServer.url);
  await workbench.run('Start SSE Counter');
  await expect(workbench.state).toHaveText('Live via the extension host');
  await workbench.run('View: Close All Editors');
  await expect(workbench.tab).toBeHidden();
  await browser.close();
});
