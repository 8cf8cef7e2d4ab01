// Drives a VS Code window from a script. (The tests have test/e2e/support/workbench.ts.)

/**
 * Runs a command by its title from the Command Palette. Retries while it isn't offered: an open palette doesn't show new
 * commands.
 * @param {import('@playwright/test').Page} page @param {string} title
 */
export async function runCommand(page, title) {
  const row = page.locator(
    `.quick-input-list .monaco-list-row:is([aria-label="${title}"], [aria-label^="${title}, "])`,
  );
  const input = page.locator('.quick-input-widget input').first();
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    // A window that has just loaded may not hear the key yet.
    await page.keyboard.press('F1');
    const run = await input
      .fill(`>${title}`, { timeout: 2000 })
      .then(() => row.click({ timeout: 2000 }))
      .then(
        () => true,
        () => false,
      );
    if (run) return;
    await page.keyboard.press('Escape');
  }
  throw new Error(`VS Code doesn't offer the command "${title}".`);
}
