// A page accepts messages of its own origin only, as VS Code's are, because a page of any site can post one to it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { onHostMessage } from '../../../src/webview/shared/dom';

afterEach(() => void vi.unstubAllGlobals());

test('a message of a page from another site is not accepted as the extension’s', () => {
  const own = 'vscode-webview://own';
  const page = Object.assign(new EventTarget(), { origin: own });
  vi.stubGlobal('window', page);
  const heard: unknown[] = [];
  onHostMessage((message) => heard.push(message));
  for (const origin of ['http://localhost:3000', 'vscode-webview://another', 'null', '', own])
    page.dispatchEvent(Object.assign(new Event('message'), { origin, data: { from: origin } }));
  expect(heard).toEqual([{ from: own }]);
});

test('no page listens for messages in another way', () => {
  const folder = join('src', 'webview');
  const listening = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) =>
      file.endsWith('.ts') &&
      /addEventListener\(\s*['"`]message['"`]|\b(window|self|globalThis)\.onmessage\b/.test(
        readFileSync(join(folder, file), 'utf8'),
      ),
  );
  expect(listening).toEqual([join('shared', 'dom.ts')]);
});
