import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { hasBrowser, installsChromium } from './browser.mjs';
import { canHaveNchan, findNchan } from './nginx.mjs';
import { canHaveRedis, findRedis } from './redis.mjs';
import { VSCODES } from './vscode.mjs';

/**
 * Announces the downloads of the tests before they start: those into the system, and those into .vscode-test/.
 */
export async function announceDownloads() {
  const browser = await hasBrowser();
  const codes = Object.keys(VSCODES).filter((version) => !existsSync(resolve('.vscode-test', version, 'installed')));
  const fetched = [
    ...(browser
      ? []
      : [installsChromium() ? 'Chromium, by apt-get, as a package of this system' : 'Chromium, by Playwright']),
    ...(findNchan() || !canHaveNchan() ? [] : ['nginx with nchan, from this system’s packages, into .vscode-test/']),
    ...(findRedis() || !canHaveRedis() ? [] : ['Redis, from this system’s packages, into .vscode-test/']),
    ...codes.map((version) => `VS Code ${version}, from npm, into .vscode-test/`),
  ];
  if (fetched.length > 0) console.log(`\nThese tests fetch what is not here yet:\n- ${fetched.join('\n- ')}`);
}
