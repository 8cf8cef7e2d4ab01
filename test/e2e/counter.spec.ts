import { violations } from '../support/page/axe';
import { expect, isListening, occupy, runInShell, SMOKE, test } from './support/fixtures';
import { Workbench } from './support/workbench';

const ALWAYS = [
  'SSE: New Event Stream (Server-Sent Events) File…',
  'SSE: Serve Event Stream File as Mock Server (Replay)',
  'SSE: Serve Folder as Mock Server',
  'SSE: Inspect Event Stream (URL or curl)…',
  'SSE: Inspect Selected Event Stream',
  'SSE: Inspect Event Stream of Counter (to Try)',
  'SSE: Record Event Stream…',
  'SSE: Diagnose Event Stream…',
  'SSE: Inspect Recent Event Stream…',
  'SSE: Show Log',
  'Start SSE Counter',
];
const WHILE_RUNNING = [
  ...ALWAYS,
  'Stop SSE Counter',
  'SSE: Open Counter in Browser',
  'SSE: Copy Counter URL',
  'SSE: Copy Counter curl Command',
  'SSE: Read Counter with curl in Terminal',
];

test('before the start, nothing listens, and no commands are offered that need the counter', async ({
  workbench,
  port,
}) => {
  expect(await isListening(port)).toBe(false);
  expect((await workbench.offered()).sort()).toEqual(ALWAYS.sort());
});

test(
  'Start SSE Counter opens a panel with the focus, whose number rises one by one',
  SMOKE,
  async ({ workbench, eventUrl }, testInfo) => {
    const complaints: string[] = [];
    workbench.page.on('console', (message) => {
      if (/Content Security Policy/.test(message.text())) complaints.push(message.text());
    });
    await workbench.start();
    await expect(workbench.panel.locator('#address')).toHaveText(eventUrl);
    await expect(workbench.panel.locator('#connections')).toHaveText('1 connection');
    const [first = 0, ...rest] = await workbench.nextCounts(3);
    expect(rest).toEqual([first + 1, first + 2]);
    await expect(workbench.page.locator('iframe.webview.ready')).toBeFocused();
    expect((await workbench.offered()).sort()).toEqual(WHILE_RUNNING.sort());
    await workbench.page.screenshot({ path: testInfo.outputPath('panel.png') });
    expect(complaints).toEqual([]);
  },
);

test('curl beside the panel reads its own count, byte for byte', async ({ workbench, eventUrl }) => {
  await workbench.start();
  const curl = runInShell(`curl -sN ${eventUrl}`);
  expect(await curl.until('data: 3\n\n')).toBe('data: 1\n\ndata: 2\n\ndata: 3\n\n');
  await expect(workbench.panel.locator('#connections')).toHaveText('2 connections');
  curl.kill();
  await expect(workbench.panel.locator('#connections')).toHaveText('1 connection');
});

test('running the command again reveals the panel, with still one server and one connection @long', async ({
  workbench,
  port,
}) => {
  await workbench.start();
  await expect(workbench.count).toHaveText('2');
  await workbench.run('File: New Untitled Text File');
  await expect(workbench.tab).toHaveAttribute('aria-selected', 'false');
  await workbench.run('Start SSE Counter');
  await expect(workbench.tab).toHaveAttribute('aria-selected', 'true');
  expect(await workbench.shownCount()).toBeGreaterThanOrEqual(2);
  await expect(workbench.tab).toHaveCount(1);
  await expect(workbench.panel.locator('#connections')).toHaveText('1 connection');
  expect(await isListening(port + 1)).toBe(false);
});

test('with its tab hidden for 5 s, the panel goes on counting @long', async ({ workbench, eventUrl }) => {
  await workbench.start();
  await expect(workbench.count).toHaveText('1');
  await workbench.run('File: New Untitled Text File');
  await expect(workbench.tab).toHaveAttribute('aria-selected', 'false');
  expect(await runInShell(`curl -sN '${eventUrl}?limit=5'`).exitCode).toBe(0);
  await workbench.tab.click();
  expect(await workbench.shownCount()).toBeGreaterThanOrEqual(6);
  await expect(workbench.state).toHaveText('Live');
});

test('closing the panel ends the server: curl exits with 0 and the port refuses within a second', async ({
  workbench,
  port,
  eventUrl,
}) => {
  await workbench.start();
  const curl = runInShell(`curl -sN ${eventUrl}`);
  await curl.until('data: 1\n\n');
  await workbench.tab.hover();
  await workbench.tab.getByRole('button', { name: /^Close/ }).click();
  const closed = Date.now();
  expect(await curl.exitCode).toBe(0);
  await expect.poll(() => isListening(port), { intervals: [20] }).toBe(false);
  expect(Date.now() - closed).toBeLessThan(1000);
});

test(
  'Stop ends the server and leaves the panel, whose Start button starts it again',
  SMOKE,
  async ({ workbench, port, eventUrl }, testInfo) => {
    await workbench.start();
    const curl = runInShell(`curl -sN ${eventUrl}`);
    await curl.until('data: 2\n\n');
    await workbench.run('Stop SSE Counter');
    await expect(workbench.state).toHaveText('Stopped');
    expect(await curl.exitCode).toBe(0);
    expect(await isListening(port)).toBe(false);
    await expect(workbench.button('Copy URL')).toBeHidden();
    expect((await workbench.offered()).sort()).toEqual(ALWAYS.sort());
    await workbench.page.screenshot({ path: testInfo.outputPath('stopped.png') });

    // By keyboard, for users without a mouse.
    const counts = workbench.nextCounts(3);
    await workbench.button('Start').focus();
    await workbench.page.keyboard.press('Enter');
    await expect(workbench.state).toHaveText('Live');
    await expect(workbench.panel.locator('#address')).toHaveText(eventUrl);
    expect(await counts).toEqual([0, 1, 2]);
  },
);

test('stopped and started five times, it is running on its port @long', async ({ workbench, eventUrl }) => {
  await workbench.start();
  for (let round = 0; round < 5; round += 1) {
    await workbench.run('Stop SSE Counter');
    await workbench.run('Start SSE Counter');
  }
  await expect(workbench.state).toHaveText('Live');
  await expect(workbench.panel.locator('#address')).toHaveText(eventUrl);
  await expect(workbench.panel.locator('#connections')).toHaveText('1 connection');
});

// test/webview/ tests the other themes, as VS Code passes them to a page.
test('in Light High Contrast, wide and narrow, the panel fits its column, and axe-core finds nothing wrong @long', async ({
  workbench,
}, testInfo) => {
  await workbench.start();
  await workbench.useTheme('Light High Contrast');
  const { page, panel } = workbench;
  await expect(panel.locator('body')).toHaveAttribute('data-vscode-theme-kind', 'vscode-high-contrast-light');
  const wide = page.viewportSize() ?? { width: 1200, height: 760 };
  for (const [name, width] of [
    ['wide', wide.width],
    ['narrow', 560],
  ] as const) {
    await page.setViewportSize({ ...wide, width });
    await expect(workbench.button('Copy URL')).toBeInViewport();
    await page.screenshot({ path: testInfo.outputPath(`${name}.png`) });
    expect(await panel.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth)).toBe(0);
  }
  await page.setViewportSize(wide);
  expect(await violations(panel.locator('body'))).toEqual([]);
  await workbench.run('Stop SSE Counter');
  await expect(workbench.state).toHaveText('Stopped');
  expect(await violations(panel.locator('body'))).toEqual([]);
});

test('the status bar says port and connections while the server runs; a click shows the panel', async ({
  workbench,
  port,
  eventUrl,
}, testInfo) => {
  await workbench.start();
  const item = workbench.page.locator('.statusbar-item').filter({ hasText: `${port} · 1` });
  await expect(item).toHaveAttribute('aria-label', `SSE Counter on ${eventUrl}, connections: 1. Show the panel.`);
  await workbench.run('File: New Untitled Text File');
  await expect(workbench.tab).toHaveAttribute('aria-selected', 'false');
  await item.click();
  await expect(workbench.tab).toHaveAttribute('aria-selected', 'true');
  await workbench.page.screenshot({ path: testInfo.outputPath('statusbar.png') });
  await workbench.run('Stop SSE Counter');
  await expect(item).toBeHidden();
});

test('the walkthrough has three steps, whose buttons start the counter and read it @long', async ({
  workbench,
}, testInfo) => {
  const { page } = workbench;
  await workbench.choose('Welcome: Open Walkthrough...');
  await page.locator('.quick-input-widget input').first().fill('Count: a stream in your editor');
  await page.locator('.quick-input-list .monaco-list-row').first().click();
  const step = (title: string) => page.locator('.getting-started-step').filter({ hasText: title });
  for (const title of ['Start the counter', 'Read it with curl', 'Use it from a page']) {
    await expect(step(title)).toBeVisible();
  }
  await page.screenshot({ path: testInfo.outputPath('walkthrough.png') });
  await step('Read it with curl').click();
  await step('Read it with curl').getByRole('button', { name: 'Run curl in Terminal' }).click();
  await expect(page.locator('.terminal-wrapper .xterm-rows')).toContainText('data: 2');
  await expect(workbench.state).toHaveText('Live');
  await workbench.run('Terminal: Kill All Terminals');
});

test('VS Code’s own proxy, which compresses, doesn’t buffer the stream, and forwards its end @long', async ({
  workbench,
  codeServer,
  port,
}) => {
  await workbench.start();
  const curl = runInShell(`curl -sN --compressed ${codeServer.url}/proxy/${port}/event`);
  expect(await curl.until('data: 2\n\n')).toBe('data: 1\n\ndata: 2\n\n');
  await workbench.run('Stop SSE Counter');
  expect(await curl.exitCode).toBe(0);
});

test('if a port is taken, the user is told which and why, and the counter uses the next one @long', async ({
  workbench,
  port,
}) => {
  const letGo = await occupy(port);
  await workbench.start();
  const told = workbench.notification(
    `Port ${port} is in use by another program (another VS Code window, perhaps). SSE Counter uses port ${port + 1} instead.`,
  );
  await expect(told).toBeVisible();
  await expect(workbench.panel.locator('#address')).toHaveText(`http://127.0.0.1:${port + 1}/event`);
  const curl = runInShell(`curl -sN http://127.0.0.1:${port + 1}/event`);
  expect(await curl.until('data: 1\n\n')).toBe('data: 1\n\n');
  curl.kill();
  await workbench.run('Notifications: Clear All Notifications');
  await letGo();
});

test('Copy URL and Copy curl copy texts that work when pasted', SMOKE, async ({ workbench, eventUrl }) => {
  await workbench.start();
  const clipboard = () => workbench.page.evaluate(() => navigator.clipboard.readText());
  await workbench.button('Copy URL').click();
  await expect.poll(clipboard).toBe(eventUrl);
  await workbench.button('Copy curl').click();
  await expect.poll(clipboard).toBe(`curl -N ${eventUrl}`);
  const curl = runInShell(await clipboard());
  expect(await curl.until('data: 2\n\n')).toBe('data: 1\n\ndata: 2\n\n');
  curl.kill();
});

test(
  'Run curl in Terminal shows the stream in the integrated terminal',
  SMOKE,
  async ({ workbench, eventUrl }, testInfo) => {
    await workbench.start();
    await workbench.button('Run curl in Terminal').click();
    const terminal = workbench.page.locator('.terminal-wrapper .xterm-rows');
    await expect(terminal).toContainText(`curl -N ${eventUrl}`);
    await expect(terminal).toContainText('data: 2');
    await expect(workbench.panel.locator('#connections')).toHaveText('2 connections');
    await workbench.page.screenshot({ path: testInfo.outputPath('terminal.png') });
    await workbench.run('Terminal: Kill All Terminals');
    await expect(workbench.panel.locator('#connections')).toHaveText('1 connection');
  },
);

test(
  'Open in Browser opens the page on /, through VS Code’s own way to the port',
  SMOKE,
  async ({ workbench }, testInfo) => {
    await workbench.start();
    const opened = workbench.page.context().waitForEvent('page');
    await workbench.button('Open in Browser').click();
    const page = await opened;
    await expect(page.locator('h1')).toHaveText('count: 2');
    await expect(page.locator('#state')).toHaveText('Live');
    await page.screenshot({ path: testInfo.outputPath('page.png') });
    await page.close();
  },
);

test('the log says where it started, each connection, and that it stopped', SMOKE, async ({ workbench, eventUrl }) => {
  await workbench.start();
  const curl = runInShell(`curl -sN '${eventUrl}?limit=1'`);
  expect(await curl.exitCode).toBe(0);
  await workbench.run('Stop SSE Counter');
  await workbench.run('SSE: Show Log');
  const log = workbench.page.locator('.output-view .view-lines');
  for (const line of [
    `Started on ${eventUrl}`,
    // The editor shows spaces as no-break spaces.
    /Connection\sfrom\s127\.0\.0\.1:\d+\sopened/,
    /Connection\sfrom\s127\.0\.0\.1:\d+\sclosed\safter\s1\.\d\ss,\sevents\ssent:\s1/,
    'Stopped',
  ]) {
    await expect(log).toContainText(line);
  }
  await workbench.run('View: Hide Panel');
});

test('Reload Window ends the streams: curl exits with 0, and no port is left open @long', async ({
  workbench,
  port,
  eventUrl,
}) => {
  await workbench.start();
  const curl = runInShell(`curl -sN ${eventUrl}`);
  await curl.until('data: 1\n\n');
  const reloaded = workbench.reload();
  expect(await curl.exitCode).toBe(0);
  expect(await isListening(port)).toBe(false);
  await reloaded;
  await workbench.start();
  await workbench.expectCounting();
});

test(
  'a repository can’t set the settings, nor make them invalid, whether it writes them one by one or as one value',
  SMOKE,
  async ({ workbench, eventUrl }) => {
    const { page } = workbench;
    const values = { allowedOrigins: ['https://evil.test'], port: 1024, maxConnections: 1 };
    const written = Object.entries(values).map(([name, value]) => [`sseCounter.${name}`, value]);
    for (const settings of [Object.fromEntries(written), { sseCounter: values }, { sseCounter: 5 }])
      await workbench.withSettings(settings, async () => {
        await workbench.start();
        await expect(workbench.panel.locator('#address')).toHaveText(eventUrl);
        const { status } = await fetch(`${eventUrl}?limit=1`, { headers: { Origin: 'https://evil.test' } });
        expect(status).toBe(403);
        await expect(page.locator('.notification-toast')).toHaveCount(0);
        await workbench.run('View: Close All Editors');
      });
  },
);

test('for a Japanese reader, commands, panel, status bar and messages are in Japanese @long', async ({
  browser,
  codeServer,
  port,
}, testInfo) => {
  const workbench = new Workbench(await browser.newPage());
  await workbench.openIn('ja', codeServer.url);
  const letGo = await occupy(port);
  await workbench.run('SSE カウンターを開始');
  // The first panel of a new window gets no messages until VS Code has loaded it, which may take 15 s.
  await expect(workbench.state).toHaveText('受信中', { timeout: 40_000 });
  await expect(workbench.panel.locator('html')).toHaveAttribute('lang', 'ja');
  await expect(workbench.button('ターミナルで curl を実行')).toBeVisible();
  await expect(workbench.notification(`代わりにポート ${port + 1} を使います。`)).toBeVisible();
  const item = workbench.page.locator('.statusbar-item').filter({ hasText: `${port + 1} · 1` });
  await expect(item).toHaveAttribute(
    'aria-label',
    new RegExp(`^SSE カウンター: http:.*:${port + 1}.event、接続数: 1。`),
  );
  await workbench.page.screenshot({ path: testInfo.outputPath('japanese.png') });
  await workbench.run('SSE カウンターを停止');
  await expect(workbench.state).toHaveText('停止');
  await workbench.run('View: Close All Editors');
  await workbench.page.close();
  await letGo();
});
