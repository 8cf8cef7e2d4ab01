// The strip that explains what a stream does, in the real page with the real session.
import { createGzip } from 'node:zlib';
import { violations } from '../../support/page/axe';
import { expect, stream, streamByHand, test } from '../support/fixtures';
import { SIZES } from '../support/theme';

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
  await page.screenshot({ path: '/tmp/f1.png' });
  await page.getByRole('button', { name: 'Show in Wire' }).click();
  await expect(page.locator('#wireLines .marked')).toHaveText('{"error":{"code":-32603,"message":"filter failed"}}');
  await page.getByRole('tab', { name: 'Events' }).click();
  await page.getByRole('button', { name: 'Not This' }).click();
  await expect(page.locator('#worst')).toBeEmpty();
  await page.getByRole('button', { name: 'Show 1 Dismissed Again' }).click();
  await expect(page.locator('#worst')).toContainText('{"error"');
});
