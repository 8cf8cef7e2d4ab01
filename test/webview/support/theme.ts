import { readFileSync } from 'node:fs';
import { drawn } from '../../support/random/drawn';
import { longUnless } from './tags';

/** Themes captured by captureThemes.mjs. */
export const THEMES = [
  'Light Modern',
  'Dark Modern',
  'Light 2026',
  'Dark 2026',
  'Dark High Contrast',
  'Light High Contrast',
] as const;
export type ThemeName = (typeof THEMES)[number];

const IN_THIS_RUN = drawn(THEMES, 1);

/** Returns the tags of a test that is repeated in each theme: each run has one of them, `npm run test:all` all. */
export function tagsOf(theme: ThemeName): { tag: string[] } {
  return longUnless(IN_THIS_RUN.includes(theme));
}

type SizeName = 'wide' | 'medium' | 'narrow' | 'narrowest';
interface Captured {
  classes: string;
  data: { vscodeThemeKind: string; vscodeThemeName: string; vscodeThemeId: string };
  variables: Record<string, string>;
}

const ALL = read<{ sizes: Record<SizeName, { width: number; height: number }>; defaultStyles: string }>('all');

/** Sizes of a panel in windows of several sizes. */
export const SIZES = ALL.sizes;

/** Adds to a webview's HTML what VS Code adds: styles, variables, and the API. */
export function inTheme(html: string, name: ThemeName): string {
  const { classes, data, variables } = read<Captured>(name);
  const body =
    `<body class="${classes}" data-vscode-theme-kind="${data.vscodeThemeKind}" ` +
    `data-vscode-theme-name="${data.vscodeThemeName}" data-vscode-theme-id="${data.vscodeThemeId}" `;
  // Like VS Code, before the page's policy, which allows only the page's own styles and scripts.
  const head =
    `<head><style id="_defaultStyles">${ALL.defaultStyles}</style>` +
    `<script>(${prepare})(${JSON.stringify(variables).replaceAll('<', '\\u003c')})</script>`;
  return html.replace('<head>', () => head).replace('<body ', () => body);
}

/** Prepares the document. Runs in the page, before its own scripts. */
function prepare(variables: Record<string, string>): void {
  for (const [name, value] of Object.entries(variables)) document.documentElement.style.setProperty(name, value);
  const { toHost } = globalThis as unknown as { toHost(kind: 'message' | 'state', text: string): Promise<void> };
  let isAcquired = false;
  Object.assign(globalThis, {
    acquireVsCodeApi: () => {
      if (isAcquired) throw new Error('An instance of the VS Code API has already been acquired');
      isAcquired = true;
      return Object.freeze({
        postMessage: (message: unknown) => void toHost('message', JSON.stringify(message)),
        setState: (state: unknown) => void toHost('state', JSON.stringify(state)),
        // As a test has put it there before.
        getState: () => (globalThis as { kept?: unknown }).kept,
      });
    },
  });
}

function read<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`themes/${name}.json`, import.meta.url), 'utf8')) as T;
}
