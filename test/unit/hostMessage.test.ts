// A page takes messages of the frame around it alone, which is VS Code's: a page of any site can post one to it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { onHostMessage } from '../../src/webview/page';

afterEach(() => void vi.unstubAllGlobals());

test('what another frame of the window posts is not taken for the extension’s', () => {
  const parent = {};
  const page = Object.assign(new EventTarget(), { parent });
  vi.stubGlobal('window', page);
  const heard: unknown[] = [];
  onHostMessage((message) => heard.push(message));
  for (const source of [page, {}, null, undefined, parent])
    page.dispatchEvent(Object.assign(new Event('message'), { source, data: { from: source === parent } }));
  expect(heard).toEqual([{ from: true }]);
});

test('no page listens for messages by another way', () => {
  const folder = join('src', 'webview');
  const listening = readdirSync(folder).filter((file) =>
    /addEventListener\(\s*['"`]message['"`]|\b(window|self|globalThis)\.onmessage\b/.test(
      readFileSync(join(folder, file), 'utf8'),
    ),
  );
  expect(listening).toEqual(['page.ts']);
});
