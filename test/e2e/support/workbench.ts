import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, type FrameLocator, type Locator, type Page } from '@playwright/test';
import packageJson from '../../../package.json' with { type: 'json' };
import titles from '../../../package.nls.json' with { type: 'json' };
import type { Bridge } from '../bridge/bridge';

/** The ids of commands by their titles in the Command Palette: VS Code's own, and ours. */
const COMMANDS: Record<string, string> = {
  'Developer: Reload Webviews': 'workbench.action.webview.reloadWebviewAction',
  'File: New Untitled Text File': 'workbench.action.files.newUntitledFile',
  'Notifications: Clear All Notifications': 'notifications.clearAll',
  'Terminal: Kill All Terminals': 'workbench.action.terminal.killAll',
  'View: Close All Editors': 'workbench.action.closeAllEditors',
  'View: Close Editor': 'workbench.action.closeActiveEditor',
  'View: Move Editor into New Window': 'workbench.action.moveEditorToNewWindow',
  'View: Move Editor into Next Group': 'workbench.action.moveEditorToNextGroup',
  'View: Revert and Close Editor': 'workbench.action.revertAndCloseActiveEditor',
  'View: Hide Panel': 'workbench.action.closePanel',
  ...Object.fromEntries(
    packageJson.contributes.commands.map(({ command, category, title }) => {
      const name = titles[title.replaceAll('%', '') as keyof typeof titles];
      return [category ? `${category}: ${name}` : name, command];
    }),
  ),
};

/** Titles of our commands in the Command Palette. */
const OURS = /^SSE: |SSE (?:Counter|カウンター)/;
/** Height of a window in which the palette shows all that it finds, in pixels. */
const TALL = 3000;
const ROWS = '.quick-input-list .monaco-list-row';

/** A VS Code window, driven like a user would. */
export class Workbench {
  readonly page: Page;
  /** The counter panel's page: two frames deep. */
  readonly panel: FrameLocator;
  /** The page of the visible panel, if there are several. */
  readonly shown: FrameLocator;
  readonly count: Locator;
  readonly state: Locator;
  readonly #bridge: Bridge | undefined;
  readonly folder: string;
  /** Errors of commands that the tests don't wait for. */
  readonly failures: Error[] = [];

  /**
   * @param bridge runs commands; without it, the Command Palette does
   * @param folder the folder that the window shows. Default: none
   */
  constructor(page: Page, bridge?: Bridge, folder = '') {
    this.page = page;
    this.#bridge = bridge;
    this.folder = folder;
    this.panel = page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
    this.shown = page.frameLocator('iframe.webview.ready:visible').frameLocator('#active-frame');
    this.count = this.panel.locator('#count');
    this.state = this.panel.locator('#state');
  }

  async open(url: string): Promise<void> {
    await this.page.goto(url);
    await this.loaded().catch(async (error: Error) => {
      // On a busy machine, a window may never reach its remote host, of which it has even the list of extensions.
      console.log(`The window is loaded again: ${error.message.split('\n')[0]}`);
      await this.page.reload();
      await this.loaded();
    });
  }

  /** Opens the window in that language for extensions; VS Code's own texts are not affected. */
  async openIn(language: string, url: string): Promise<void> {
    await this.page.addInitScript((name) => Object.assign(globalThis, { _VSCODE_NLS_LANGUAGE: name }), language);
    // Without a folder: another window's folder would have two hosts until some time after this window was closed.
    await this.page.goto(`${url}/?ew=true`);
    await this.page.locator('.monaco-workbench').waitFor();
  }

  async logIn(url: string, password: string): Promise<void> {
    await this.page.goto(url);
    await this.page.locator('input.password').fill(password);
    await this.page.locator('input.submit').click();
    await this.page.locator('.monaco-workbench').waitFor();
  }

  /** Resolves when the window is loaded and has our commands. */
  async loaded(): Promise<void> {
    await this.page.locator('.monaco-workbench').waitFor();
    if (this.#bridge) await this.#bridge.host(this.folder);
    else expect(await this.offered()).toContain('Start SSE Counter');
  }

  /** Runs a command by its title. Resolves when it is done, or, if it asks the user something, has begun. */
  async run(title: string): Promise<void> {
    if (!this.#bridge) return this.choose(title);
    const command = COMMANDS[title];
    if (command === undefined) throw new Error(`The command “${title}” has no id in here.`);
    const done = this.#bridge.execute(this.folder, command);
    // An ellipsis in its title means that the command asks the user something.
    if (title.endsWith('…')) done.catch((error: Error) => this.failures.push(error));
    else await done;
  }

  /** Reloads the window. Resolves when the new one runs commands. */
  async reload(): Promise<void> {
    if (!this.#bridge) {
      await this.choose('Developer: Reload Window');
      return this.loaded();
    }
    const before = await this.#bridge.host(this.folder);
    // The host ends before it reports the command as done.
    const done = this.#bridge.execute(this.folder, 'workbench.action.reloadWindow');
    done.catch((error: Error) => console.log(`Reload Window: ${error.message}`));
    await this.#bridge.host(this.folder, before);
    await this.page.locator('.monaco-workbench').waitFor();
  }

  /** Chooses a command by its title in the Command Palette. */
  async choose(title: string): Promise<void> {
    await this.#inPalette(title, async () => {
      const row = this.page.locator(`${ROWS}:is([aria-label="${title}"], [aria-label^="${title}, "])`);
      await expect(row).toHaveCount(1, { timeout: 3000 });
      await row.click({ timeout: 1000 });
    });
  }

  /** Resolves with the titles of our commands in the Command Palette. */
  offered(): Promise<string[]> {
    // This command is always offered: when it is shown, the list is complete.
    return this.found('SSE', ['SSE: Show Log']);
  }

  /** Resolves with the titles of our commands that the Command Palette finds. @param awaited some of them, which are waited for */
  async found(text: string, awaited: string[]): Promise<string[]> {
    const size = this.page.viewportSize() ?? { width: 1200, height: 760 };
    // The palette has rows for what it shows only, two fifths of the window's height.
    await this.page.setViewportSize({ ...size, height: TALL });
    const labels = await this.#inPalette(text, async (rows) => {
      for (const title of awaited) await rows.filter({ hasText: title }).first().waitFor({ timeout: 6000 });
      return rows.evaluateAll((elements) => elements.map((element) => element.getAttribute('aria-label')));
    });
    await this.page.keyboard.press('Escape');
    await expect(this.page.locator('.quick-input-widget')).toBeHidden();
    await this.page.setViewportSize(size);
    // A group's first row is followed by the group's name.
    return labels.map((label) => label?.split(', ')[0] ?? '').filter((title) => OURS.test(title));
  }

  async start(): Promise<void> {
    await this.run('Start SSE Counter');
    await expect(this.state).toHaveText('Live');
  }

  /** Enters a text in the input box of Inspect Event Stream…. */
  async inspect(text: string): Promise<void> {
    await this.run('SSE: Inspect Event Stream (URL or curl)…');
    await expect(this.page.locator('.quick-input-title')).toHaveText('Inspect Event Stream');
    await this.page.locator('.quick-input-widget input').first().fill(text);
    await this.page.keyboard.press('Enter');
  }

  /** Enters a file in VS Code's save dialog. @param offered the name that it suggests */
  async saveAs(file: string, offered: RegExp): Promise<void> {
    const box = this.page.locator('.quick-input-widget input').first();
    await expect(box).toHaveValue(offered);
    await box.fill(file);
    await expect(this.page.locator(ROWS)).not.toHaveCount(0);
    await this.page.keyboard.press('Enter');
  }

  /** Opens a file of the window's folder, in the explorer. */
  async openFile(name: string): Promise<void> {
    await this.page.locator('.explorer-folders-view .monaco-list-row', { hasText: name }).dblclick();
    await this.page.getByRole('tab', { name }).first().waitFor();
  }

  /** Does something while the folder has these settings: from when VS Code has read them until it has read that they are gone. */
  async withSettings(settings: Record<string, unknown>, act: () => Promise<void>): Promise<void> {
    const file = join(this.folder, '.vscode', 'settings.json');
    const statusBar = this.page.locator('.part.statusbar');
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, JSON.stringify({ ...settings, 'workbench.statusBar.visible': false }));
    await expect(statusBar).toBeHidden();
    try {
      await act();
    } finally {
      await writeFile(file, '{}');
      await expect(statusBar).toBeVisible();
    }
  }

  /** Selects one of VS Code's own colour themes, by its label. */
  async useTheme(label: string): Promise<void> {
    await this.#bridge?.execute(this.folder, 'theme', label);
  }

  button(name: string): Locator {
    return this.panel.getByRole('button', { name, exact: true });
  }

  /** The panel's editor tab. */
  get tab(): Locator {
    return this.page.getByRole('tab', { name: 'SSE Counter' });
  }

  notification(text: string | RegExp): Locator {
    return this.page.locator('.notification-toast').filter({ hasText: text });
  }

  /** Resolves with the next distinct values that the panel shows. */
  nextCounts(howMany: number): Promise<number[]> {
    return this.count.evaluate(
      (element, wanted) =>
        new Promise<number[]>((resolve) => {
          const seen: number[] = [];
          const observer = new MutationObserver(() => {
            seen.push(Number(element.textContent));
            if (seen.length < wanted) return;
            observer.disconnect();
            resolve(seen);
          });
          observer.observe(element, { childList: true, characterData: true, subtree: true });
        }),
      howMany,
    );
  }

  /** Expects the panel's number to rise by one. */
  async expectCounting(): Promise<void> {
    const [first = 0, second] = await this.nextCounts(2);
    expect(second).toBe(first + 1);
  }

  async shownCount(): Promise<number> {
    return Number(await this.count.textContent());
  }

  /**
   * Does something with the Command Palette's rows for the text. Retries if that fails: an open palette doesn't show new
   * commands, and it closes when a panel takes the focus.
   */
  async #inPalette<T>(text: string, act: (rows: Locator) => Promise<T>): Promise<T> {
    const input = this.page.locator('.quick-input-widget input').first();
    let result: T | undefined;
    await expect(async () => {
      if (await input.isVisible()) await this.page.keyboard.press('Escape');
      await this.page.keyboard.press('F1');
      await expect(input).toBeVisible({ timeout: 1000 });
      await input.fill(`>${text}`, { timeout: 1000 });
      result = await act(this.page.locator(ROWS));
      // A window on a busy machine may take half a minute until it has the extensions' commands.
    }).toPass({ timeout: 60_000 });
    return result as T;
  }
}
