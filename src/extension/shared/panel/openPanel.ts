import { Uri, ViewColumn, type WebviewPanel, window } from 'vscode';
import { plainText } from '../output/plainText';
import { resourceRoots } from './pageHtml';

/** Maximum length of a tab's title, in UTF-16 code units. */
export const MAX_TITLE = 100;

export interface PanelKind {
  extensionUri: Uri;
  /** View type, by which VS Code knows it. */
  type: string;
  title: string;
  /** The panel that VS Code kept while the window was reloaded. Default: a new one. */
  restored?: WebviewPanel | undefined;
  /** Where a new one is shown. Default: in the active column, with the focus. */
  place?: { viewColumn: ViewColumn; preserveFocus: boolean } | undefined;
}

/**
 * Opens a webview panel that may run our scripts, load our files and go on by a link, and nothing else.
 * @param take returns the title that it may have, of one that is plain
 */
export function openPanel(kind: PanelKind, take = (title: string) => title): WebviewPanel {
  const { extensionUri, type, title, restored, place = ViewColumn.Active } = kind;
  const shown = restored ? restored.title : take(tabTitle(title));
  const options = {
    enableScripts: true,
    localResourceRoots: resourceRoots(extensionUri),
    // For the link that goes on when the extension host is gone.
    enableCommandUris: ['sseCounter.goOn'],
  };
  const panel =
    restored ??
    window.createWebviewPanel(type, shown, place, {
      ...options,
      // Else its page would end whenever its tab is hidden, and be made anew each time that it is shown.
      retainContextWhenHidden: true,
    });
  // Its own may name the folder of an older version.
  if (restored) restored.webview.options = options;
  panel.iconPath = Uri.joinPath(extensionUri, 'media', 'icon.png');
  return panel;
}

/** Returns a title for a tab: of what is longer, VS Code would make a tab as wide. */
export function tabTitle(text: string): string {
  return plainText(text, MAX_TITLE);
}
