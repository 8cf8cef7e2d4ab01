import { Uri, ViewColumn, type WebviewPanel, window } from 'vscode';
import { resourceRoots } from './pageHtml';

export interface PanelKind {
  extensionUri: Uri;
  /** What VS Code knows it by. */
  type: string;
  title: string;
  /** The panel that VS Code kept while the window was reloaded. Default: a new one, with the focus. */
  restored?: WebviewPanel | undefined;
}

/** A webview panel that may run our scripts and load our files, and nothing else. */
export function openPanel({ extensionUri, type, title, restored }: PanelKind): WebviewPanel {
  const options = { enableScripts: true, localResourceRoots: resourceRoots(extensionUri) };
  const panel =
    restored ??
    window.createWebviewPanel(type, title, ViewColumn.Active, {
      ...options,
      // Else its page would end whenever its tab is hidden, and be made anew each time that it is shown.
      retainContextWhenHidden: true,
    });
  // Its own may name the folder of an older version.
  if (restored) restored.webview.options = options;
  panel.iconPath = Uri.joinPath(extensionUri, 'media', 'icon.png');
  return panel;
}
