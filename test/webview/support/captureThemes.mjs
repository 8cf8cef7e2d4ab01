// `node test/webview/support/captureThemes.mjs`: writes the look of a webview in VS Code 1.139 into
// test/webview/support/themes/, for each theme that the tests use. To be run again for a newer version of VS Code.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { startCodeServer, UNCOVERED } from '../../../scripts/codeServer.mjs';
import { browserOptions, ensureBrowser } from '../../../scripts/install/browser.mjs';
import { packageExtension } from '../../../scripts/package.mjs';
import { runCommand } from '../../../scripts/palette.mjs';

const FOLDER = fileURLToPath(new URL('themes', import.meta.url));
/** Names as in VS Code's list of themes, with the class that it gives a webview's body. */
const THEMES = {
  'Light Modern': 'vscode-light',
  'Dark Modern': 'vscode-dark',
  'Light 2026': 'vscode-light',
  'Dark 2026': 'vscode-dark',
  'Dark High Contrast': 'vscode-high-contrast',
  'Light High Contrast': 'vscode-high-contrast-light',
};
/** Sizes of the window, with the explorer next to the panel. */
const WINDOWS = {
  wide: { width: 1200, height: 760 },
  medium: { width: 900, height: 760 },
  narrow: { width: 700, height: 900 },
  narrowest: { width: 560, height: 760 },
};

await ensureBrowser();
const browser = await chromium.launch(browserOptions());
const server = await startCodeServer({ version: '1.139', extensions: [await packageExtension()], settings: UNCOVERED });
try {
  await capture();
} finally {
  await server.close();
  await browser.close();
}

async function capture() {
  const folder = join(server.home, 'folder');
  await mkdir(folder);
  const page = await browser.newPage({ viewport: WINDOWS.wide });
  await page.goto(`${server.url}/?folder=${folder}`);
  await page.locator('.monaco-workbench').waitFor();
  await runCommand(page, 'Start SSE Counter');
  const panel = page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  await panel.locator('#count').waitFor();
  for (const [name, kind] of Object.entries(THEMES)) {
    await useTheme(page, name);
    await panel.locator(`body[data-vscode-theme-kind="${kind}"]`).waitFor();
    const theme = await panel.locator('body').evaluate(readTheme);
    if (!theme.data['vscodeThemeName']?.includes(name)) throw new Error(`VS Code shows another theme than ${name}.`);
    await write(name, theme);
  }
  /** @type {Record<string, { width: number, height: number }>} */
  const sizes = {};
  for (const [name, size] of Object.entries(WINDOWS)) {
    await page.setViewportSize(size);
    // VS Code arranges its parts in the next frames.
    await page.waitForTimeout(1000);
    sizes[name] = await panel.locator('body').evaluate(() => ({ width: innerWidth, height: innerHeight }));
  }
  const defaultStyles = await panel.locator('#_defaultStyles').evaluate((style) => style.textContent);
  await write('all', { sizes, defaultStyles });
}

/** @param {import('@playwright/test').Page} page a window of VS Code @param {string} name */
async function useTheme(page, name) {
  await runCommand(page, 'Preferences: Color Theme');
  await page.locator('.quick-input-widget input').first().fill(name);
  await page.locator(`.quick-input-list .monaco-list-row[aria-label^="${name}"]`).first().click();
  await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
}

/** Returns what VS Code sets on a webview's document. @param {HTMLElement | SVGElement} body */
function readTheme(body) {
  const { style } = document.documentElement;
  const variables = [...style].sort().map((name) => [name, style.getPropertyValue(name)]);
  return {
    classes: body.className,
    data: Object.fromEntries(Object.entries(body.dataset).filter(([name]) => name.startsWith('vscode'))),
    variables: Object.fromEntries(variables),
  };
}

/** @param {string} name @param {object} what */
async function write(name, what) {
  await writeFile(join(FOLDER, `${name}.json`), `${JSON.stringify(what, null, 2)}\n`);
}
