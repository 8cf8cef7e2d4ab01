import { test as base, expect, type Page } from '@playwright/test';
import { EditorWindow } from './editorWindow';
import { PanelServer } from './panelServer';
import { SIZES, type ThemeName } from './theme';

export { expect };

export interface PanelOptions {
  /** The theme that panels are shown in. */
  theme: ThemeName;
}

interface TestFixtures extends PanelOptions {
  editor: EditorWindow;
  /** Inspects what was pasted, and shows the panel. */
  inspect(text: string): Promise<Page>;
}

export const test = base.extend<TestFixtures, { panelServer: PanelServer }>({
  theme: ['Dark Modern', { option: true }],
  viewport: SIZES.wide,
  permissions: ['clipboard-read', 'clipboard-write'],

  panelServer: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright asks for an object pattern.
    async ({}, use) => {
      const server = new PanelServer();
      await server.listen();
      await use(server);
      await server.close();
    },
    { scope: 'worker' },
  ],

  editor: async ({ panelServer, context, theme }, use) => {
    const editor = new EditorWindow({ server: panelServer, context, theme });
    await use(editor);
    expect(await editor.close()).toEqual([]);
  },

  inspect: async ({ editor }, use) => {
    await use(async (text) => (await editor.inspect(text)).open());
  },
});
