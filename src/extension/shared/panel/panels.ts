import { type Disposable, type Memento, type WebviewPanel, window } from 'vscode';
import type { Log } from '../output/log';
import { fieldsOf } from './fields';
import { listeningKey } from './viewTypes';

/** The panels of one view type. */
export interface PanelKind {
  /** Brings back a panel that VS Code kept while the window was reloaded. @param state of its page, not checked */
  restore(panel: WebviewPanel, state: unknown): Promise<void> | void;
  /**
   * Goes on with the state that a page had, in a new panel and in place of the one that a killed host has left; where this
   * host has the panel, it was only slow, and the panel is brought to the front.
   * @param state not checked @throws where it is none, in words that a person reads
   */
  goOn(state: unknown): Promise<unknown>;
}

/** How much of an unknown view type is quoted, in UTF-16 code units. */
const MAX_QUOTE = 100;

/** By their view types; loaded when they are needed. */
export type PanelKinds = Record<string, () => Promise<PanelKind>>;

/** Has VS Code bring back panels after the window was reloaded. */
export function registerPanels(kinds: PanelKinds): Disposable[] {
  return Object.entries(kinds).map(([type, load]) =>
    window.registerWebviewPanelSerializer(type, {
      deserializeWebviewPanel: async (panel, state) => (await load()).restore(panel, state),
    }),
  );
}

/** Loads those whose servers listened as the window was left, so that they listen again before a panel of theirs is shown. */
export function loadListening(kinds: Record<string, () => Promise<unknown>>, memory: Pick<Memento, 'get'>, log: Log) {
  for (const [type, load] of Object.entries(kinds))
    if (memory.get(listeningKey(type)) !== undefined) load().catch((error: unknown) => log.error(error));
}

/**
 * Returns what goes on in place of a panel that an extension host left behind when it was killed: the panel's page asks for
 * it by a link. The link names what the panel showed: by the time that it is heard, another panel may be in front. It takes
 * the request as JSON, from a page, and throws what says that it is none.
 */
export function goingOn(kinds: PanelKinds): (text?: string) => Promise<void> {
  // A double click asks twice.
  const pending = new Set<string>();
  return async (text = 'null') => {
    if (pending.has(text)) return;
    pending.add(text);
    await openAgain(text, kinds).finally(() => pending.delete(text));
  };
}

async function openAgain(text: string, kinds: PanelKinds): Promise<void> {
  const { panel, state } = fieldsOf(JSON.parse(text));
  const load = typeof panel === 'string' && Object.hasOwn(kinds, panel) && kinds[panel];
  if (!load) throw new Error(`There is no panel ${String(panel).slice(0, MAX_QUOTE)}.`);
  await (await load()).goOn(state);
}
