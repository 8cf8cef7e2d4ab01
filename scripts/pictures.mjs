// `npm run pictures`: makes the pictures in media/ with the packaged extension in a real VS Code.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { animation } from './animation.mjs';
import { startCodeServer, UNCOVERED } from './codeServer.mjs';
import { browserOptions, ensureBrowser } from './install/browser.mjs';
import { packageExtension } from './package.mjs';
import { runCommand } from './palette.mjs';

/** The file served in the picture. */
const ORDERS = `retry: 500

id: 1
event: order
data: {"number": 1, "status": "packed"}

:@ wait 1.5s
id: 2
event: order
data: {"number": 1, "status": "sent"}

:@ wait 1.5s
id: 3
event: order
:@ drop
data: {"number": 2, "status": "packed"}

:@ wait 1.5s
id: 4
event: order
data: {"number": 2, "status": "sent"}

:@ end
`;

/** Text that an answer in a picture has. */
const ANSWER =
  'A tide comes in twice a day, since the Earth turns below two hills of water. One stands below the moon, which pulls at the sea; the other stands on the far side, where that pull is weakest. Between them the water is low. A port passes both in a little less than twenty-five hours, as the moon goes on in the meantime. Twice a month sun and moon pull along one line, and the water rises higher: a spring tide. In between they pull at right angles, and the difference is small: a neap tide. The shape of the coast does the rest. In the Bay of Fundy the sea rises by sixteen metres, since the bay is as long as the tide needs to swing back and forth in it; in the Mediterranean it hardly rises by a hand.';
/** Size of a buffer as nginx has it, in bytes. */
const BLOCK = 4096;
/** Number of pictures in the one that moves, and the time that each is shown, in milliseconds. */
const FRAMES = 24;
const FRAME_TIME = 300;
/** Quality of the pictures, from 0 to 1: text stays sharp. */
const WEBP_QUALITY = 0.4;

await ensureBrowser();
const browser = await chromium.launch(browserOptions());
await icon();
await counter();
await browser.close();

async function icon() {
  const page = await browser.newPage({ viewport: { width: 128, height: 128 } });
  await page.setContent(
    `<style>body { margin: 0 } svg { display: block }</style>${await readFile('scripts/icon.svg', 'utf8')}`,
  );
  await page.screenshot({ path: 'media/icon.png', omitBackground: true });
  await page.close();
}

/**
 * Writes a picture of the page as WebP, which takes a third of PNG: they ship with the extension.
 * @param {import('@playwright/test').Page} page @param {string} file
 */
async function picture(page, file) {
  await writeFile(file, await webpOf(await page.screenshot()));
}

/** Returns a picture as WebP. @param {Buffer} png */
async function webpOf(png) {
  const canvas = await browser.newPage();
  const webp = await canvas.evaluate(
    async ([source, quality]) => {
      const image = new Image();
      image.src = source;
      await image.decode();
      const { width, height } = image;
      const canvas = Object.assign(document.createElement('canvas'), { width, height });
      canvas.getContext('2d')?.drawImage(image, 0, 0);
      return canvas.toDataURL('image/webp', quality);
    },
    /** @type {const} */ ([`data:image/png;base64,${png.toString('base64')}`, WEBP_QUALITY]),
  );
  await canvas.close();
  return Buffer.from(webp.replace(/^.*,/, ''), 'base64');
}

/**
 * Writes pictures as one WebP that moves, and begins anew.
 * @param {Buffer[]} pngs @param {string} file
 */
async function movingPicture(pngs, file) {
  const webps = [];
  for (const png of pngs) webps.push(await webpOf(png));
  await writeFile(file, animation(webps, FRAME_TIME));
}

/** Pictures the panel, and curl in the terminal below it. */
async function counter() {
  const settings = {
    ...UNCOVERED,
    'workbench.colorTheme': 'Default Dark Modern',
    'git.enabled': false,
    'terminal.integrated.fontSize': 12,
    'terminal.integrated.stickyScroll.enabled': false,
    // A prompt that shows nothing about the machine.
    'terminal.integrated.profiles.linux': { plain: { path: 'bash', args: ['--norc'], env: { PS1: '$ ' } } },
    'terminal.integrated.defaultProfile.linux': 'plain',
  };
  const server = await startCodeServer({ version: '1.139', extensions: [await packageExtension()], settings });
  const folder = join(server.home, 'my-project');
  await mkdir(folder);
  await writeFile(join(folder, 'index.html'), '');
  try {
    const page = await browser.newPage({
      viewport: { width: 960, height: 640 },
      deviceScaleFactor: 1.5,
      // Inspecting looks whether a request is on the clipboard.
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await page.goto(`${server.url}/?folder=${folder}`);
    await page.locator('.monaco-workbench').waitFor();
    const panel = page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
    await runCommand(page, 'Start SSE Counter');
    await page.keyboard.press('Control+B');
    await panel.getByRole('button', { name: 'Run curl in Terminal' }).click();
    await page.locator('.xterm-rows').filter({ hasText: 'data: 2' }).waitFor();
    await picture(page, 'media/counter.webp');
    await servedPage();
    await result(page);
    await mock(page, folder);
  } finally {
    await server.close();
  }
}

/** Returns an answer as OpenAI streams it. */
function chatStream() {
  const chunk = (/** @type {object} */ delta, /** @type {string | null} */ reason = null) =>
    `data: ${JSON.stringify({ id: 'chatcmpl-01', object: 'chat.completion.chunk', created: 1766800000, model: 'demo-1', service_tier: 'default', system_fingerprint: 'fp_01', choices: [{ index: 0, delta, finish_reason: reason }] })}\n\n`;
  const words = ANSWER.split(/(?= )/).map((content) => chunk({ content }));
  return [chunk({ role: 'assistant', content: '' }), ...words, chunk({}, 'stop')].join('');
}

/**
 * Pictures what a stream says, and the finding that a buffer holds it back; then the same while it grows, as a picture that moves.
 * @param {import('@playwright/test').Page} page a window of VS Code
 */
async function result(page) {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' }).flushHeaders();
    const bytes = Buffer.from(chatStream());
    let at = 0;
    // The last block stays in the buffer.
    const timer = setInterval(() => {
      if (at + BLOCK > bytes.length) return;
      response.write(bytes.subarray(at, at + BLOCK));
      at += BLOCK;
    }, 900);
    response.on('close', () => clearInterval(timer));
  }).listen(3000, '127.0.0.1');
  await runCommand(page, 'View: Close All Editors');
  await runCommand(page, 'View: Toggle Panel Visibility');
  await runCommand(page, 'SSE: Inspect Event Stream (URL or curl)…');
  const curl = `curl http://127.0.0.1:3000/v1/chat/completions -H "Authorization: Bearer sk-1" -d '{"stream":true}'`;
  await page.locator('.quick-input-widget input').first().fill(curl);
  await page.keyboard.press('Enter');
  const panel = page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  await panel.locator('#result').filter({ hasText: 'A tide' }).waitFor();
  const frames = [];
  for (let frame = 0; frame < FRAMES; frame += 1) {
    frames.push(await page.screenshot({ scale: 'css' }));
    await page.waitForTimeout(FRAME_TIME);
  }
  await panel.locator('#worst').filter({ hasText: 'blocks of exactly 4096' }).waitFor();
  await picture(page, 'media/result.webp');
  await movingPicture(frames, 'docs/result.webp');
  server.closeAllConnections();
  server.close();
}

/** Pictures a file in the editor, and next to it the panel that serves it to two clients. @param {import('@playwright/test').Page} page @param {string} folder */
async function mock(page, folder) {
  await writeFile(join(folder, 'orders.sse'), ORDERS);
  await runCommand(page, 'View: Close All Editors');
  await runCommand(page, 'File: Open File...');
  // Once it lists the folder, the dialog has put its own path into the field.
  await page.locator('.quick-input-list .monaco-list-row', { hasText: 'orders.sse' }).waitFor();
  await page.locator('.quick-input-widget input').first().fill(join(folder, 'orders.sse'));
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Serve Event Stream File as Mock Server' }).click();
  const panel = page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  await panel.locator('#state').filter({ hasText: 'Serving' }).waitFor();
  await runCommand(page, 'View: Move Editor into Right Group');
  await panel.locator('#state').filter({ hasText: 'Serving' }).waitFor();
  const reading = new AbortController();
  const url = (await panel.locator('#address').textContent()) ?? '';
  const agents = ['curl/8.5.0', 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/142.0.0.0 Safari/537.36'];
  for (const [index, agent] of agents.entries()) {
    await fetch(url, { headers: { 'User-Agent': agent, 'Last-Event-ID': String(index + 1) }, signal: reading.signal });
  }
  await panel.locator('#rows').filter({ hasText: '3 of' }).waitFor();
  // Away from the button, whose place another one has now.
  await page.mouse.move(0, 0);
  await page.locator('.workbench-hover').waitFor({ state: 'hidden' });
  await picture(page, 'media/mock.webp');
  reading.abort();
}

/** Pictures the server's own page, while the counter runs. */
async function servedPage() {
  const page = await browser.newPage({
    viewport: { width: 640, height: 400 },
    deviceScaleFactor: 1.5,
    colorScheme: 'dark',
  });
  await page.goto('http://127.0.0.1:8080/');
  await page.locator('#count').filter({ hasText: '3' }).waitFor();
  await picture(page, 'media/page.webp');
  await page.close();
}
