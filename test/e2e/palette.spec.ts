// The Command Palette finds our commands by the words that people look for.
import { titlesFor } from '../support/package/paletteTitles';
import { expect, test } from './support/fixtures';
import { Workbench } from './support/workbench';

const WORDS = ['sse', 'event', 'stream', 'mock', 'replay', 'record', 'curl', 'server-sent', 'diagnose'];

test('each word finds the commands that it is about', async ({ workbench }) => {
  for (const word of WORDS) {
    const titles = titlesFor(word, 'en');
    expect((await workbench.found(word, titles)).sort(), word).toEqual(titles);
  }
});

test('each word finds them for a Japanese reader, too @long', async ({ browser, codeServer }, testInfo) => {
  const workbench = new Workbench(await browser.newPage());
  await workbench.openIn('ja', codeServer.url);
  for (const word of [...WORDS, 'モック', '記録']) {
    const titles = titlesFor(word, 'ja');
    expect((await workbench.found(word, titles)).sort(), word).toEqual(titles);
  }
  await workbench.page.screenshot({ path: testInfo.outputPath('japanese.png') });
  await workbench.page.close();
});

test('a walkthrough’s button inspects a stream of our own', async ({ workbench }, testInfo) => {
  const { page } = workbench;
  await workbench.choose('Welcome: Open Walkthrough...');
  const rows = page.locator('.quick-input-list .monaco-list-row');
  for (const title of ['Count:', 'Inspect:', 'Mock:', 'Test:']) {
    await page.locator('.quick-input-widget input').first().fill(title);
    await expect(rows.filter({ hasText: title })).toHaveCount(1);
  }
  // By keyboard: a hover of VS Code's may cover the row.
  const choose = async (title: string) => {
    await page.locator('.quick-input-widget input').first().fill(title);
    await expect(rows).toContainText([title]);
    await page.keyboard.press('Enter');
  };
  await page.screenshot({ path: testInfo.outputPath('walkthroughs.png') });
  await choose('Test:');
  await page.locator('.getting-started-step', { hasText: 'Run it in CI' }).click();
  await page.screenshot({ path: testInfo.outputPath('test.png') });
  await workbench.run('View: Close All Editors');
  await workbench.choose('Welcome: Open Walkthrough...');
  await choose('Inspect:');
  await page.locator('.getting-started-step').getByRole('button', { name: 'Inspect Counter' }).click();
  const inspector = page.frameLocator('iframe.webview.ready >> nth=-1').frameLocator('#active-frame');
  await expect(inspector.locator('#rows')).toContainText('2');
  await page.screenshot({ path: testInfo.outputPath('inspected.png') });
});

test('a walkthrough’s buttons diagnose the counter and serve an example, without input @long', async ({
  workbench,
}, testInfo) => {
  const { page } = workbench;
  const press = async (title: string, step: string, button: string) => {
    await workbench.choose('Welcome: Open Walkthrough...');
    await page.locator('.quick-input-widget input').first().fill(title);
    await expect(page.locator('.quick-input-list .monaco-list-row')).toContainText([title]);
    // By keyboard: a hover of VS Code's may cover the row.
    await page.keyboard.press('Enter');
    const steps = page.locator('.getting-started-step');
    await steps.filter({ hasText: step }).first().click();
    await steps.getByRole('button', { name: button }).click();
  };
  const panel = page.frameLocator('iframe.webview.ready >> nth=-1').frameLocator('#active-frame');
  await press('Inspect:', 'Ask why it is late', 'Diagnose Counter');
  await expect(panel.locator('#diagnosisForm')).toBeVisible();
  await page.screenshot({ path: testInfo.outputPath('diagnosed.png') });
  await workbench.run('View: Close All Editors');
  await press('Mock:', 'Serve it', 'Serve Example');
  await expect(panel.getByText('/event', { exact: false }).first()).toBeVisible();
  await page.screenshot({ path: testInfo.outputPath('served.png') });
  await workbench.run('View: Close All Editors');
  await press('Test:', 'Serve a folder', 'Serve Example Folder');
  await expect(panel.getByText('/api/orders', { exact: false }).first()).toBeVisible();
});
