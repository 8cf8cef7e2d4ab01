import { l10n, Uri, type Webview } from 'vscode';

export interface PageOptions {
  webview: Webview;
  extensionUri: Uri;
  /** Unguessable, new for each rendering; also identifies the rendering. */
  nonce: string;
  /** Name of its style sheet and its script in dist/. */
  name: string;
  title: string;
  /** Only origin that the page may connect to. Default: none. */
  connectTo?: string | undefined;
  /** Label of the link that reopens the panel when the extension host is gone. */
  goOn: string;
  /** Texts for its script, in the user's language. */
  strings: object;
  /** Content of `main`, as HTML. */
  main: string;
}

/** Returns the folders from which a page may load files. */
export function resourceRoots(extensionUri: Uri): Uri[] {
  return [Uri.joinPath(extensionUri, 'dist')];
}

/** Returns the document of a webview's page. */
export function pageHtml(options: PageOptions): string {
  const { webview, extensionUri, nonce, name, title, connectTo = `'none'`, goOn, strings, main } = options;
  const resource = (file: string) =>
    escapeHtml(webview.asWebviewUri(Uri.joinPath(extensionUri, 'dist', file)).toString());
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    `form-action 'none'`,
    `connect-src ${connectTo}`,
  ].join('; ');
  return `<!doctype html>
<html lang="${l10n.t({ message: 'en', comment: ['The HTML language code of this translation'] })}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
  <title>${escapeHtml(title)}</title>
  <link rel="stylesheet" nonce="${nonce}" href="${resource(`${name}.css`)}">
  <link rel="stylesheet" nonce="${nonce}" href="${resource('panel.css')}">
</head>
<body data-page="${nonce}" data-strings="${escapeHtml(JSON.stringify(strings))}">
  <main>
    <h1 class="for-ears">${escapeHtml(title)}</h1>
    ${gone(goOn)}
    ${main}
  </main>
  <script nonce="${nonce}" src="${resource(`${name}.js`)}"></script>
</body>
</html>`;
}

/**
 * Returns the alert for a lost extension host. It has a link, because a newly started host gets none of the page's messages.
 */
function gone(label: string): string {
  const text = l10n.t('The extension host has ended, or does not answer. What is shown here is from before.');
  return `<div id="gone" role="alert" hidden>
      <p>${escapeHtml(text)} <span id="goneNote"></span></p>
      <a id="goOn" href="#">${escapeHtml(label)}</a>
    </div>`;
}

/** Returns a button that runs a command of the page. */
export function commandButton<Command extends string>(command: Command, label: string, secondary = true): string {
  return `<vscode-button data-command="${command}"${secondary ? ' secondary' : ''}>${escapeHtml(label)}</vscode-button>`;
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
