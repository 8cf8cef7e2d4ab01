// From the form to a stream with few keys, and on from a refusal.
import { violations } from '../../../support/page/axe';
import { expect, stream, streamByHand, test } from '../../support/fixtures';
import { SIZES } from '../../support/theme';

test('Ctrl+Enter and Cmd+Enter connect from every field, and leave what is typed as it is', async ({
  editor,
  listen,
}) => {
  const view = await editor.inspect(await listen(stream('data: a\n\n')));
  const page = await view.open();
  await page.locator('summary', { hasText: 'Request' }).click();
  const sent = () => view.said.filter(({ type }) => type === 'connect').length;
  for (const [index, id] of ['method', 'url', 'headers', 'body', 'lastEventId', 'reconnect'].entries()) {
    await page.locator(`#${id}`).press(index % 2 === 0 ? 'Control+Enter' : 'Meta+Enter');
    await expect.poll(sent).toBe(index + 1);
  }
  await expect(page.locator('#headers')).toHaveValue('');
  await expect(page.locator('#body')).toHaveValue('');
  await page.locator('#headers').press('Enter');
  expect(sent()).toBe(6);
});

test('beside Connect, it is said behind which event the stream resumes; a key removes that', async ({
  editor,
  listen,
}, testInfo) => {
  const { url } = await streamByHand(listen, 'id: 9\ndata: a\n\n');
  const view = await editor.inspect(url);
  const page = await view.open();
  const chip = page.locator('#resumes');
  await expect(page.locator('#rows .row')).toHaveCount(1);
  await expect(chip).toBeHidden();
  await page.getByRole('button', { name: 'Disconnect' }).click();
  await expect(page.locator('#resumesBehind')).toHaveText('resumes behind 9');
  await page.screenshot({ path: testInfo.outputPath('chip.png') });
  expect(await violations(page.locator('main'))).toEqual([]);
  await page.setViewportSize(SIZES.narrow);
  await page.screenshot({ path: testInfo.outputPath('narrow.png') });
  await page.getByRole('button', { name: 'Start Anew, without Last-Event-ID' }).press('Enter');
  await expect(chip).toBeHidden();
  await expect(page.locator('#connect')).toBeFocused();
  await page.locator('#url').press('Control+Enter');
  await expect
    .poll(() => view.said.find(({ type }) => type === 'connect')?.['form'])
    .toMatchObject({ lastEventId: '' });
});

test('a stream that asks for authorization leads to the header, which is begun, or whose value is selected', async ({
  editor,
  listen,
}) => {
  const url = await listen((request, response) => {
    const isIn = request.headers.authorization === 'Bearer ok';
    response.writeHead(isIn ? 200 : 401, { 'Content-Type': isIn ? 'text/event-stream' : 'application/json' });
    if (isIn) response.write('data: in\n\n');
    else response.end('{}');
  });
  const page = await (await editor.inspect(url)).open();
  const headers = page.locator('#headers');
  await page.getByRole('button', { name: 'Add Authorization…' }).press('Enter');
  await expect(headers).toBeFocused();
  await expect(headers).toHaveValue('Authorization: Bearer ');
  await page.keyboard.type('no');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('button', { name: 'Change Authorization…' }).click();
  await expect(headers).toBeFocused();
  await page.keyboard.type('Bearer ok');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('tab', { name: 'Events' }).click();
  await expect(page.locator('#rows')).toContainText('in');
});

test('after a reload of the window, it is said how many events went with it, and what keeps them @long', async ({
  editor,
  listen,
}, testInfo) => {
  const { url, send } = await streamByHand(listen, 'data: 1\n\ndata: 2\n\n');
  const view = await editor.inspect(url);
  await view.open();
  await expect.poll(() => view.state).toMatchObject({ events: 2 });
  send('data: 3\n\n');
  await expect.poll(() => view.state).toMatchObject({ events: 3 });
  const { state } = view;
  const restored = await editor.restore(state);
  const page = await restored.open((page) => page.addInitScript((kept) => Object.assign(globalThis, { kept }), state));
  await expect(page.locator('#empty')).toHaveText(/^The events that were here \(3\) went with the window’s reload/);
  await page.screenshot({ path: testInfo.outputPath('lost.png') });
  // Still so after another reload, until it connects.
  await expect.poll(() => restored.state).toMatchObject({ events: 3 });
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(page.locator('#rows .row')).toHaveCount(2);
  await expect.poll(() => restored.state).toMatchObject({ events: 2 });
});
