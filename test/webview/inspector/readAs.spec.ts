// The menu of ways to read a response: as an event stream, as JSON lines, as text.
import { violations } from '../../support/page/axe';
import { expect, test } from '../support/fixtures';
import { resultOf } from '../support/results';
import { SIZES } from '../support/theme';

const LINES = [1, 2, 3].map((n) => `{"name":"m","text":"token ${n}"}\n`).join('');

test('JSON lines are rows like events, with their lines in Wire, and a filter', async ({ inspect, listen }) => {
  const url = await listen((_request, response) =>
    response.writeHead(200, { 'Content-Type': 'application/x-ndjson' }).write(LINES),
  );
  const page = await inspect(url);
  await expect(page.locator('#state')).toHaveText('Live');
  await expect(page.locator('#reason')).toHaveText('Read as JSON lines: each line is an event. There is no reconnect.');
  await expect(page.locator('#rows [role=row]')).toHaveCount(3);
  await expect(page.locator('#rows [role=row]').nth(1)).toContainText('message… text: "token 2"');
  await page.locator('#filter').fill('token 2');
  await expect(page.locator('#table')).toHaveAttribute('aria-rowcount', '2');
  await page.locator('#rows [role=row]').first().click();
  await page.getByRole('tab', { name: 'JSON' }).click();
  await expect(page.locator('#jsonTree')).toContainText('token 2');
  await page.getByRole('tab', { name: 'Wire' }).click();
  await expect(page.locator('#wireLines')).toContainText('token 3');
});

test('lines of Ollama are an answer in Result, with the speed that the server says; a last line that breaks off is flagged', async ({
  inspect,
  listen,
}) => {
  const line = (fields: object) => `\u001e${JSON.stringify({ model: 'o', done: false, ...fields })}\n`;
  const said = ['Ebb', ' at', ' four'].map((content) => line({ message: { role: 'assistant', content } })).join('');
  const last = {
    message: {},
    done: true,
    done_reason: 'stop',
    prompt_eval_count: 7,
    eval_count: 10,
    eval_duration: 5e8,
  };
  const type = { 'Content-Type': 'application/json-seq' };
  const page = await inspect(await listen((_, response) => response.writeHead(200, type).end(said + line(last))));
  const { items, figures, end } = resultOf(page);
  await expect(items.locator('.reading')).toHaveText('Ebb at four');
  await expect(figures).toContainText('Ollama · model o · stop reason stop · 7 tokens in · 10 tokens out');
  await expect(figures).toContainText('20 tokens/s (the server says)');
  await expect(end).toHaveText('Complete');
  const broken = await inspect(
    await listen((_, response) => {
      response.writeHead(200, { 'Content-Type': 'application/stream+json' });
      response.write(said.slice(0, -1).replaceAll('\u001e', ''), () => response.destroy());
    }),
  );
  await expect(resultOf(broken).items.locator('.reading')).toHaveText('Ebb at four');
  await expect(resultOf(broken).chips).toHaveText([
    'The last event has no end: clients drop it',
    'Cut off: ended without "done":true',
  ]);
});

test('a response is read in another way by the menu, using the keyboard, and the focus stays', async ({
  inspect,
  listen,
}) => {
  const asked: string[] = [];
  const url = await listen((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(200, { 'Content-Type': 'text/plain' }).write('{"n":1}\n{"n":2}\n');
  });
  const page = await inspect(url);
  const menu = page.getByRole('button', { name: 'Read as: ' });
  await expect(menu).toHaveText('Read as: Text');
  await expect(page.locator('#responseBody')).toContainText('{"n":2}');
  await page.setViewportSize(SIZES.narrowest);
  await expect(menu).toBeInViewport({ ratio: 1 });
  await page.setViewportSize(SIZES.wide);
  await menu.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Text', exact: true })).toHaveAttribute('aria-current', 'true');
  expect(await violations(page.locator('main'))).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(page.locator('#readings')).toBeHidden();
  await expect(menu).toBeFocused();
  await page.keyboard.press('Enter');
  for (const item of ['Event stream', 'JSON lines']) {
    await page.keyboard.press('Tab');
    await expect(page.getByRole('button', { name: item, exact: true })).toBeFocused();
  }
  await page.keyboard.press('Enter');
  await expect(menu).toHaveText('Read as: JSON lines');
  await expect(page.locator('#rows')).toContainText('{"n":2}');
  await expect(menu).toBeFocused();
  await page.keyboard.press('Enter');
  for (let times = 0; times < 3; times += 1) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(menu).toHaveText('Read as: Text');
  await expect(page.getByRole('tab', { name: 'Response' })).toHaveAttribute('aria-selected', 'true');
  expect(asked).toHaveLength(3);
});

test('an error has no such menu', async ({ inspect, listen }) => {
  const page = await inspect(await listen((_request, response) => response.writeHead(500).end('{}')));
  await expect(page.locator('#statusLine')).toHaveText('500 Internal Server Error');
  await expect(page.locator('#readAs')).toBeHidden();
});
