import { type Disposable, l10n, type Memento, type WebviewPanel, window } from 'vscode';
import type { Log } from '../output/log';
import { fieldsOf } from './fields';
import { MessageLimit } from './messageLimit';
import { listeningKey } from './viewTypes';

/** Operations on the panels of one view type. */
export interface PanelKind {
  /** Restores a panel that VS Code kept while the window was reloaded. @param state the page's, unchecked */
  restore(panel: WebviewPanel, state: unknown): Promise<void> | void;
  /**
   * Continues with a page's state in a new panel, which replaces the one that a killed host has left. If this host has the
   * panel after all, it was only slow, and the panel is brought to the front.
   * @param state unchecked @throws if the state is invalid, with a message for the user
   */
  goOn(state: unknown): Promise<unknown>;
}

/** Maximum length of a page's request, in UTF-16 code units: a page makes no longer links. */
const MAX_REQUEST = 256 * 1024;

/** Loaders of the panel kinds, by view type. */
export type PanelKinds = Record<string, () => Promise<PanelKind>>;

/** Registers the panels to be restored by VS Code after the window was reloaded. */
export function registerPanels(kinds: PanelKinds): Disposable[] {
  return Object.entries(kinds).map(([type, load]) =>
    window.registerWebviewPanelSerializer(type, {
      deserializeWebviewPanel: async (panel, state) => {
        let isClosed = false;
        panel.onDidDispose(() => {
          isClosed = true;
        });
        const kind = await load();
        // VS Code throws if a closed panel is asked for anything: half of what is to show it would be left behind.
        if (!isClosed) await kind.restore(panel, state);
      },
    }),
  );
}

/** Loads the kinds whose servers listened when the window was left, so that they listen again before a panel is shown. */
export function loadListening(kinds: Record<string, () => Promise<unknown>>, memory: Pick<Memento, 'get'>, log: Log) {
  for (const [type, load] of Object.entries(kinds))
    if (memory.get(listeningKey(type)) !== undefined) load().catch((error: unknown) => log.error(error));
}

/**
 * Returns the command that reopens a panel that a killed extension host has left behind; the panel's page offers it as a
 * link. The link names what the panel showed, because by the time it is handled, another panel may be in front. The command
 * takes the page's request as JSON, and throws if that is invalid.
 */
export function reopenCommand(kinds: PanelKinds): (text?: string) => Promise<void> {
  // A double click sends the request twice.
  const pending = new Set<string>();
  // A page out of control could send any number, each of which would open a panel, or show an error.
  const limit = new MessageLimit();
  return async (text = 'null') => {
    if (pending.has(text) || !limit.takeAction()) return;
    pending.add(text);
    await reopen(text, kinds).finally(() => pending.delete(text));
  };
}

async function reopen(text: string, kinds: PanelKinds): Promise<void> {
  const { panel, state } = fieldsOf(parsed(text));
  const load = typeof panel === 'string' && Object.hasOwn(kinds, panel) && kinds[panel];
  if (!load) throw new Error(l10n.t('The panel’s state can’t be read.'));
  await (await load()).goOn(state);
}

/** Returns undefined for what isn't JSON, or is longer than a page's request. */
function parsed(text: string): unknown {
  try {
    return text.length > MAX_REQUEST ? undefined : JSON.parse(text);
  } catch {
    // Not valid JSON, which the caller reports.
    return undefined;
  }
}
