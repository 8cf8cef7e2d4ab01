// A key that is held, or pressed twice, in the panels: it presses a control once.
import { get } from 'node:http';
import type { Page } from '@playwright/test';
import { drawn } from '../support/random/drawn';
import type { EditorWindow } from './support/editorWindow';
import { expect, stream, test } from './support/fixtures';
import type { PanelView } from './support/panelView';

const STREAM = 'data: a\n\n:@ wait 60s\ndata: b\n\n';

/**
 * Holds Enter on the focused element.
 * @param begun waits for the effect of the first press; all later ones are repetitions
 */
async function holdEnter(page: Page, begun: () => Promise<void>): Promise<void> {
  await page.keyboard.down('Enter');
  await begun();
  for (let time = 0; time < 8; time += 1) await page.keyboard.down('Enter');
  await page.keyboard.up('Enter');
}

async function openServed(view: PanelView): Promise<{ page: Page; url: string }> {
  const page = await view.open();
  await expect(page.locator('#state')).toHaveText('Serving');
  return { page, url: (await page.locator('#address').textContent()) ?? '' };
}

/** Returns the number of such messages of the page. The message of the last press comes last. */
async function saidOf(view: PanelView, wanted: object): Promise<number> {
  const count = (message: object) => view.said.filter((one) => isLike(one, message)).length;
  const before = count({ type: 'restart' });
  await view.page.locator('#restart').press('Enter');
  await expect.poll(() => count({ type: 'restart' })).toBe(before + 1);
  return count(wanted);
}

function isLike(one: object, wanted: object): boolean {
  return Object.entries(wanted).every(([name, value]) => Reflect.get(one, name) === value);
}

test('Enter held on a Drop drops one client, though the focus moves to the next one', async ({ editor }) => {
  const view = await editor.serve('o.sse', STREAM);
  const { page, url } = await openServed(view);
  for (let client = 0; client < 6; client += 1)
    get(url, { agent: false }, (response) => response.on('error', () => undefined).resume());
  await expect(page.locator('#rows tr')).toHaveCount(6);
  await page.locator('#rows vscode-button').first().focus();
  await holdEnter(page, () => expect(page.locator('#rows tr')).toHaveCount(5));
  expect(await saidOf(view, { type: 'drop' })).toBe(1);
  await expect(page.locator('#rows tr')).toHaveCount(5);
});

test('Enter held on Stop or Start, on Take Back, or in the number of refusals, acts once', async ({ editor }) => {
  const view = await editor.serve('o.sse', STREAM);
  const { page } = await openServed(view);
  await page.locator('#times').fill('9');
  await holdEnter(page, () => expect(page.locator('#takeBack')).toBeVisible());
  expect(await saidOf(view, { type: 'refuse', times: 9 })).toBe(1);
  await page.locator('#takeBack').focus();
  await holdEnter(page, () => expect(page.locator('#refuse')).toBeFocused());
  expect(await saidOf(view, { type: 'refuse', times: 0 })).toBe(1);
  expect(await saidOf(view, { type: 'refuse' })).toBe(2);
  await page.locator('#startStop').focus();
  await holdEnter(page, () => expect(page.locator('#state')).toHaveText('Stopped'));
  await expect(page.locator('#startStop')).toHaveText('Start');
  await holdEnter(page, () => expect(page.locator('#state')).toHaveText('Serving'));
  expect(await saidOf(view, { type: 'command', command: 'stop' })).toBe(1);
  expect(await saidOf(view, { type: 'command', command: 'start' })).toBe(1);
});

const PANELS: [string, (editor: EditorWindow) => Promise<PanelView>][] = [
  ['a served file', (editor) => editor.serve('o.sse', STREAM)],
  ['the counter', async (editor) => (await editor.startCounter()).view],
];

for (const [name, open] of drawn(PANELS, 1))
  test(`Enter held on a command of ${name} runs it once`, async ({ editor }) => {
    const view = await open(editor);
    const page = await view.open();
    for (const command of ['runCurl', 'openInBrowser', 'inspect', 'copyUrl', 'copyCurl']) {
      const said = () => view.said.filter((one) => isLike(one, { type: 'command', command })).length;
      // A button that is hidden until its server runs can't take the focus.
      await expect(page.locator(`[data-command=${command}]`)).toBeVisible();
      await page.locator(`[data-command=${command}]`).focus();
      await holdEnter(page, () => expect.poll(said).toBe(1));
      // After its release, the key works again; its message comes after those of all repetitions.
      await page.keyboard.press('Enter');
      await expect.poll(said).toBe(2);
    }
  });

for (const key of drawn(['Enter', 'Space'], 1))
  test(`${key} that is held on Remove removes a text that was too long, and types nothing into the field that has the focus then`, async ({
    editor,
    listen,
  }) => {
    const url = await listen(stream('data: a\n\n'));
    const page = await (await editor.inspect(`curl ${url} -d ${'x'.repeat(200_000)}`)).open();
    await page.locator('summary', { hasText: 'Request' }).click();
    const body = page.locator('#body');
    await page.getByRole('button', { name: 'Remove' }).focus();
    await page.keyboard.down(key);
    // The space bar only clicks when it is released.
    if (key === 'Enter') await expect(body).toBeFocused();
    for (let time = 0; time < 8; time += 1) await page.keyboard.down(key);
    await page.keyboard.up(key);
    await expect(body).toBeFocused();
    await expect(body).toHaveValue('');
    // After its release, the key works again.
    await page.keyboard.press(key);
    await expect(body).toHaveValue(key === 'Enter' ? '\n' : ' ');
  });
