import { object, parse, string, unknown } from 'valibot';
import { type Disposable, type WebviewPanel, window } from 'vscode';
import { activePanelTab } from './leftOver';

/** The panels of one view type. */
export interface PanelKind {
  /** Brings back a panel that VS Code kept while the window was reloaded. @param state of its page, not checked */
  restore(panel: WebviewPanel, state: unknown): Promise<void> | void;
  /** Goes on in a new panel. @param state of the page of the one before, not checked @throws where that is none */
  goOn(state: unknown): Promise<unknown>;
}

/** By their view types; loaded when they are needed. */
export type PanelKinds = Record<string, () => Promise<PanelKind>>;

const Request = object({ panel: string(), state: unknown() });

/** Has VS Code bring back panels after the window was reloaded. */
export function registerPanels(kinds: PanelKinds): Disposable[] {
  return Object.entries(kinds).map(([type, load]) =>
    window.registerWebviewPanelSerializer(type, {
      deserializeWebviewPanel: async (panel, state) => (await load()).restore(panel, state),
    }),
  );
}

/**
 * Goes on in a new panel, in place of one that an extension host left behind when it was killed: its page says so by a
 * link, which is in the active tab then.
 * @param text the request as JSON, from a page @throws what says that it is none
 */
export async function goOn(text: string | undefined, kinds: PanelKinds): Promise<void> {
  const { panel, state } = parse(Request, JSON.parse(text ?? 'null'));
  const load = Object.hasOwn(kinds, panel) ? kinds[panel] : undefined;
  if (!load) throw new Error(`There is no panel ${panel}.`);
  const kind = await load();
  // First: VS Code 1.100 makes its tabs anew when a panel opens, and the one that is known here would be none of them.
  const left = activePanelTab(panel);
  if (left) await window.tabGroups.close(left);
  await kind.goOn(state);
}
