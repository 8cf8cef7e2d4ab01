import { Uri, ViewColumn, type WebviewPanel, window } from 'vscode';
import { plainText } from '../output/plainText';
import { resourceRoots } from './pageHtml';

/** Maximum length of a tab's title, in UTF-16 code units. */
export const MAX_TITLE = 100;

export interface PanelKind {
  extensionUri: Uri;
  /** View type, which identifies the panel to VS Code. */
  type: string;
  title: string;
  /** Panel that VS Code kept while the window was reloaded. Default: a new one. */
  restored?: WebviewPanel | undefined;
  /** Position of a new panel. Default: the active column, with the focus. */
  place?: { viewColumn: ViewColumn; preserveFocus: boolean } | undefined;
}

/**
 * Opens a webview panel that may only run our scripts, load our files and use the link that reopens it.
 * @param take returns the title that the panel gets for a plain one
 */
export function openPanel(kind: PanelKind, take = (title: string) => title): WebviewPanel {
  const { extensionUri, type, title, restored, place = ViewColumn.Active } = kind;
  const shown = restored ? restored.title : take(tabTitle(title));
  const options = {
    enableScripts: true,
    localResourceRoots: resourceRoots(extensionUri),
    // For the link that reopens the panel when the extension host is gone.
    enableCommandUris: ['sseCounter.goOn'],
  };
  const panel =
    restored ??
    window.createWebviewPanel(type, shown, place, {
      ...options,
      // Without this, the page would be destroyed whenever its tab is hidden, and rebuilt each time it is shown.
      retainContextWhenHidden: true,
    });
  // Its kept options may name the folder of an older version.
  if (restored) restored.webview.options = options;
  panel.iconPath = Uri.joinPath(extensionUri, 'media', 'icon.png');
  return panel;
}

/** Returns a title for a tab, cut because VS Code makes a tab as wide as its title. */
export function tabTitle(text: string): string {
  return plainText(text, MAX_TITLE);
}
