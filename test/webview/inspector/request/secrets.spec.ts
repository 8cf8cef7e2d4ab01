// Secrets behind masks, which are shown and copied one by one; and the announcement of each copy.
import type { Page } from '@playwright/test';
import { expect, test } from '../../support/fixtures';

async function openForm(page: Page): Promise<void> {
  await expect(page.locator('#state')).toHaveText('Live');
  await page.locator('summary', { hasText: 'Request' }).click();
}

const response = (headers: Record<string, string | string[]> = {}) =>
  ((request, response) => {
    request.resume();
    response.writeHead(200, { 'Content-Type': 'text/event-stream', ...headers }).write('data: a\n\n');
  }) satisfies import('node:http').RequestListener;

test('a secret of the request is shown and hidden by the same key, and is in no state', async ({ editor, listen }) => {
  const url = await listen(response());
  const view = await editor.inspect(`curl ${url}?token=u-secret -H 'Authorization: Bearer h-secret'`);
  const page = await view.open();
  await openForm(page);
  const list = page.getByRole('list', { name: 'Secrets' });
  await expect(list.getByRole('listitem')).toHaveText([/^•••1 the header authorization/, /^•••2 the parameter token/]);
  expect(await page.content()).not.toContain('-secret');
  const button = page.getByRole('button', { name: 'Show the secret of the header authorization' });
  await button.press('Enter');
  await expect(list.getByRole('listitem').first()).toContainText('h-secret');
  const hide = page.getByRole('button', { name: 'Hide the secret of the header authorization' });
  await expect(hide).toBeFocused();
  expect(await page.content()).not.toContain('u-secret');
  expect(JSON.stringify(view.state)).not.toContain('-secret');
  await hide.press('Space');
  await expect(button).toBeFocused();
  expect(await page.content()).not.toContain('-secret');
  expect(editor.questions).toEqual(['Show the secret of the header authorization?']);
});

test('a shown secret is hidden when the form is edited, and when the page is hidden', async ({ inspect, listen }) => {
  const page = await inspect(`curl ${await listen(response())} -H 'Authorization: Bearer h-secret'`);
  await openForm(page);
  const row = page.getByRole('list', { name: 'Secrets' }).getByRole('listitem');
  const show = page.getByRole('button', { name: /^Show the secret/ });
  for (const hide of [
    () => page.locator('#body').fill('x'),
    () =>
      page.evaluate(() => {
        Object.defineProperty(document, 'hidden', { value: true, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
        Reflect.deleteProperty(document, 'hidden');
      }),
  ]) {
    await show.click();
    await expect(row).toContainText('h-secret');
    await hide();
    await expect(row).not.toContainText('h-secret');
  }
  expect(await page.content()).not.toContain('h-secret');
});

test('a secret that has left the form leaves the list, and the focus stays in the form', async ({
  inspect,
  listen,
}) => {
  const page = await inspect(`curl ${await listen(response())} -H 'Authorization: Bearer h-secret'`);
  await openForm(page);
  await page.getByRole('button', { name: /^Show the secret/ }).click();
  await expect(page.locator('#masks')).toContainText('h-secret');
  await page.locator('#headers').fill('X-A: 1');
  await page.locator('#body').focus();
  await expect(page.locator('#masks')).toBeHidden();
  await expect(page.locator('#masksLabel')).toBeHidden();
  await expect(page.locator('#body')).toBeFocused();
  expect(await page.content()).not.toContain('h-secret');
});

test('a secret is copied without being shown, with a note next to the button, for a while', async ({
  editor,
  listen,
}) => {
  const view = await editor.inspect(`curl ${await listen(response())} -H 'Authorization: Bearer h-secret'`);
  const page = await view.open(({ clock }) => clock.install());
  await openForm(page);
  await page.getByRole('button', { name: /^Copy the secret/ }).press('Enter');
  const row = page.getByRole('list', { name: 'Secrets' }).getByRole('listitem');
  await expect(row.getByRole('status')).toHaveText('Copied');
  expect(await page.content()).not.toContain('h-secret');
  await page.clock.runFor(3100);
  await expect(row.getByRole('status')).toBeEmpty();
});

test('masked headers of a response are shown and copied; MCP’s session and limits are shown as they came', async ({
  editor,
  listen,
}) => {
  const url = await listen(
    response({
      'Set-Cookie': ['a=c1-secret', 'b=c2-secret'],
      'Mcp-Session-Id': '1f3c-77',
      'x-ratelimit-remaining-tokens': '149984',
    }),
  );
  const view = await editor.inspect(url);
  const page = await view.open();
  await page.getByRole('tab', { name: 'Response' }).click();
  const rows = page.locator('#responseHeaders tr');
  const row = (name: string) => rows.filter({ hasText: name });
  await expect(row('Mcp-Session-Id').locator('td')).toHaveText('1f3c-77');
  await expect(row('x-ratelimit-remaining-tokens').locator('td')).toHaveText('149984');
  const cookies = row('Set-Cookie');
  await expect(cookies).toHaveCount(2);
  await cookies.nth(1).getByRole('button', { name: 'Show the secret of the header Set-Cookie' }).press('Enter');
  await expect(cookies.nth(1)).toContainText('b=c2-secret');
  expect(await page.content()).not.toContain('c1-secret');
  await cookies
    .nth(0)
    .getByRole('button', { name: /^Copy the secret/ })
    .click();
  await expect(cookies.nth(0).getByRole('status')).toHaveText('Copied');
  expect(editor.done).toContainEqual(['copy', 'a=c1-secret']);
  expect(JSON.stringify(view.state)).not.toContain('secret');
});

test('of many secrets the first are listed, and the rest on request @long', async ({ inspect, listen }) => {
  const url = await listen(response());
  const body = JSON.stringify(Array.from({ length: 120 }, (_, index) => ({ password: `p${index}x` })));
  const page = await inspect(`curl ${url} -d '${body}'`);
  await openForm(page);
  const items = page.getByRole('list', { name: 'Secrets' }).getByRole('listitem');
  await expect(items).toHaveCount(50);
  await page.getByRole('button', { name: 'Show More (70 secrets left)' }).press('Enter');
  await expect(items).toHaveCount(100);
  await page.getByRole('button', { name: 'Show More (20 secrets left)' }).press('Enter');
  await expect(items).toHaveCount(120);
});

test('each copy of a command or an event is announced next to its button, even a repeated one', async ({
  inspect,
  listen,
}) => {
  const page = await inspect(`curl ${await listen(response())} -H 'Authorization: Bearer h-secret'`);
  await page.locator('#rows .row').first().click();
  for (const [button, status, text] of [
    ['#copyCurl', '#curlCopied', 'Copied. To be filled in: AUTHORIZATION'],
    ['#copyEvent', '#eventCopied', 'Copied'],
  ] as const)
    for (let time = 0; time < 2; time += 1) {
      await page.locator(status).evaluate((target) => {
        const said: string[] = [];
        Object.assign(window, { said });
        new MutationObserver(() => target.textContent && said.push(target.textContent)).observe(target, {
          childList: true,
          characterData: true,
          subtree: true,
        });
      });
      await page.locator(button).press('Enter');
      await expect.poll(() => page.evaluate(() => (window as unknown as { said: string[] }).said)).toEqual([text]);
      await expect(page.locator(status)).toHaveRole('status');
    }
});
