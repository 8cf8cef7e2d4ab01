// Text pasted into the URL field: a URL is inserted, and a command fills in the form.
import type { IncomingMessage, RequestListener } from 'node:http';
import type { Page } from '@playwright/test';
import { expect, stream, test } from '../../support/fixtures';
import { SIZES } from '../../support/theme';

/** Starts a server of streams that records its requests. */
async function noting(listen: (response: RequestListener) => Promise<string>) {
  const asked: { url: string; headers: IncomingMessage['headers']; body: string }[] = [];
  const url = await listen(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    asked.push({ url: request.url ?? '', headers: request.headers, body });
    stream('data: a\n\n')(request, response);
  });
  return { url, asked };
}

/** Pastes the text into the URL field, replacing its content. */
async function paste(page: Page, text: string, isReplacing = true): Promise<void> {
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await page.locator('#url').focus();
  await page.keyboard.press(isReplacing ? 'Control+A' : 'End');
  await page.keyboard.press('Control+V');
}

async function disconnect(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Disconnect' }).click();
  await expect(page.locator('#state')).toHaveText('Not connected');
}

test('a command of several lines fills in the form, and is sent by Connect', async ({ editor, listen }, testInfo) => {
  const { url, asked } = await noting(listen);
  const view = await editor.inspect(url);
  const page = await view.open();
  await disconnect(page);
  await paste(
    page,
    `# asks\ncurl ${url}x -o out \\\n  -H 'Authorization: Bearer k-secret' # key\\\n  -d '{"a":\n1}'\n`.replace(
      ' # key',
      '',
    ),
  );
  await expect(page.locator('#url')).toHaveValue(`${url}x`);
  await expect(page.locator('#method')).toHaveValue('POST');
  await expect(page.locator('#body')).toHaveValue('{"a":\n1}');
  await expect(page.locator('#pastedNote')).toHaveText(
    /^The form was filled in from the pasted text\. Ignored here: -o/,
  );
  await expect(page.locator('#pastedNote')).toHaveAttribute('role', 'status');
  await expect(page.locator('#empty')).toBeEmpty();
  await page.screenshot({ path: testInfo.outputPath('pasted.png') });
  expect(await page.content()).not.toContain('k-secret');
  expect(asked).toHaveLength(1);
  await page.locator('#url').press('Enter');
  await expect.poll(() => asked.length).toBe(2);
  expect(asked[1]).toMatchObject({ url: '/x', body: '{"a":\n1}', headers: { authorization: 'Bearer k-secret' } });
  await expect(page.locator('#undoPaste')).toBeHidden();
  await expect(page.locator('#pastedNote')).toBeEmpty();
});

test('Undo Paste restores the whole form, including typed text, with the keyboard only', async ({ editor, listen }) => {
  const { url, asked } = await noting(listen);
  const view = await editor.inspect(`curl ${url} -H 'Authorization: Bearer old-secret' -d old`);
  const page = await view.open();
  await disconnect(page);
  await page.locator('summary', { hasText: 'Request' }).click();
  await page.locator('#headers').fill('Authorization: Bearer •••1\nX-Typed: 1');
  await paste(page, `curl ${url}new -X PUT`);
  await expect(page.locator('#url')).toHaveValue(`${url}new`);
  await expect(page.locator('#headers')).toHaveValue('');
  await expect(page.locator('#body')).toHaveValue('');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(page.locator('#undoPaste')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('#url')).toBeFocused();
  await expect(page.locator('#url')).toHaveValue(url);
  await expect(page.locator('#method')).toHaveValue('POST');
  await expect(page.locator('#headers')).toHaveValue('Authorization: Bearer •••1\nX-Typed: 1');
  await expect(page.locator('#undoPaste')).toBeHidden();
  await expect.poll(() => view.state).toMatchObject({ form: { url, body: 'old' } });
  await page.keyboard.press('Enter');
  await expect.poll(() => asked.length).toBe(2);
  expect(asked[1]).toMatchObject({ body: 'old', headers: { 'authorization': 'Bearer old-secret', 'x-typed': '1' } });
});

test('once the form is edited, the paste can’t be undone any more @long', async ({ inspect, listen }) => {
  const { url } = await noting(listen);
  const page = await inspect(url);
  await disconnect(page);
  await paste(page, `curl ${url}new`);
  await expect(page.locator('#undoPaste')).toBeVisible();
  await page.locator('#url').pressSequentially('x');
  await expect(page.locator('#undoPaste')).toBeHidden();
  await expect(page.locator('#url')).toHaveValue(`${url}newx`);
});

test('a URL, and a part of one, are pasted as usual @long', async ({ editor, listen }) => {
  const { url } = await noting(listen);
  const view = await editor.inspect(url);
  const page = await view.open();
  await disconnect(page);
  await paste(page, ' http://127.0.0.1:1/a?b=c ');
  await expect(page.locator('#url')).toHaveValue(' http://127.0.0.1:1/a?b=c ');
  await paste(page, '/some words', false);
  await expect(page.locator('#url')).toHaveValue(' http://127.0.0.1:1/a?b=c /some words');
  expect(view.said.filter(({ type }) => type === 'paste')).toEqual([]);
});

test('a command is accepted wherever in the field it is pasted, as is “Copy as fetch”', async ({ inspect, listen }) => {
  const { url } = await noting(listen);
  const page = await inspect(url);
  await disconnect(page);
  await paste(page, `C:\\bin\\curl.exe ${url}one`, false);
  await expect(page.locator('#url')).toHaveValue(`${url}one`);
  await paste(page, `await fetch("${url}two", {"method": "DELETE"});`, false);
  await expect(page.locator('#url')).toHaveValue(`${url}two`);
  await expect(page.locator('#method')).toHaveValue('DELETE');
});

test('the problem of an invalid text is shown at the form, which stays as it is; also for more than 1 MB', async ({
  inspect,
  listen,
}, testInfo) => {
  const { url } = await noting(listen);
  const page = await inspect(url);
  await disconnect(page);
  await paste(page, 'buy some milk');
  await expect(page.locator('#formProblem')).toHaveText(
    'The given text can’t be used: This is not a request. Enter a URL, a curl command, or a browser’s “Copy as fetch”.',
  );
  await page.screenshot({ path: testInfo.outputPath('problem.png') });
  await expect(page.locator('#url')).toHaveValue(url);
  await paste(page, `curl ${'x'.repeat(1024 * 1024)}`);
  await expect(page.locator('#formProblem')).toHaveText('The given text can’t be used: The text is longer than 1 MB.');
  await expect(page.locator('#undoPaste')).toBeHidden();
});

test('a request whose placeholder has no value shows a message next to the fields for it', async ({
  editor,
  listen,
}, testInfo) => {
  const { url, asked } = await noting(listen);
  const view = await editor.inspect(`curl ${url} -H "Authorization: Bearer $OPENAI_API_KEY"`);
  const page = await view.open();
  await expect(page.locator('#formProblem')).toHaveText(
    'Nothing was sent: $OPENAI_API_KEY has no value yet. Put it in its place, or Connect to send it as it is.',
  );
  await expect(page.locator('#formProblem')).toHaveAttribute('role', 'alert');
  await expect(page.locator('#headers')).toBeVisible();
  await expect(page.locator('#headers')).toHaveValue('Authorization: Bearer $OPENAI_API_KEY');
  await expect(page.locator('#empty')).toHaveText('Connect sends the request');
  await page.screenshot({ path: testInfo.outputPath('unsent.png') });
  await page.setViewportSize(SIZES.narrow);
  await page.screenshot({ path: testInfo.outputPath('unsent-narrow.png') });
  expect(asked).toEqual([]);
  await page.locator('#url').fill('');
  await expect(page.locator('#empty')).toHaveText('Enter a URL and select Connect');
});

test('a body from a file is named in place of its field, and can be removed', async ({ editor, listen }, testInfo) => {
  const { url, asked } = await noting(listen);
  const view = await editor.inspect(`curl ${url} -d @req.json`);
  const page = await view.open();
  await expect(page.locator('#formProblem')).toContainText('Nothing was sent');
  const note = page.locator('#bodyFile');
  await expect(note).toContainText('Body: the text of req.json, which is read at each Connect, and isn’t remembered.');
  await expect(note).toBeVisible();
  await expect(page.locator('#body')).toBeHidden();
  await page.screenshot({ path: testInfo.outputPath('file.png') });
  await expect.poll(() => view.state).toMatchObject({ form: { bodyFile: 'req.json', body: '' } });
  await page.locator('#removeFile').focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('#body')).toBeFocused();
  await expect(note).toBeHidden();
  await expect.poll(() => Object.keys((view.state as { form: object }).form)).not.toContain('bodyFile');
  await page.keyboard.type('typed');
  await page.locator('#url').press('Enter');
  await expect.poll(() => asked.length).toBe(1);
  expect(asked[0]?.body).toBe('typed');
});
