import { l10n, Uri, type Webview } from 'vscode';
import type { CounterCommand, CounterStrings } from '../messages';

export interface PanelHtmlOptions {
  webview: Webview;
  extensionUri: Uri;
  /** Unguessable, new for each rendering; it also names the rendering. */
  nonce: string;
  /** The only origin that the page may connect to; none while it isn't known. */
  connectTo: string | undefined;
}

/** The folders whose files the page loads. */
export function resourceRoots(extensionUri: Uri): Uri[] {
  return [Uri.joinPath(extensionUri, 'dist'), Uri.joinPath(extensionUri, 'media')];
}

/** The counter panel's page. */
export function panelHtml({ webview, extensionUri, nonce, connectTo }: PanelHtmlOptions): string {
  const resource = (...path: string[]) => webview.asWebviewUri(Uri.joinPath(extensionUri, ...path)).toString();
  const texts = strings();
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    `connect-src ${connectTo ?? `'none'`}`,
  ].join('; ');
  return `<!doctype html>
<html lang="${l10n.t({ message: 'en', comment: ['The HTML language code of this translation'] })}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
  <title>SSE Counter</title>
  <link rel="stylesheet" nonce="${nonce}" href="${escapeHtml(resource('media', 'counter.css'))}">
</head>
<body data-state="connecting" data-page="${nonce}" data-strings="${escapeHtml(JSON.stringify(texts))}">
  <main>
    <h1 class="for-ears">SSE Counter</h1>
    <p id="count" role="timer" aria-label="${escapeHtml(l10n.t('Count'))}">0</p>
    <p id="state" role="status">${escapeHtml(texts.connecting)}</p>
    <p id="said" role="status" class="for-ears"></p>
    <p id="reason" role="alert"></p>
    <div class="actions while-not-direct">
      <vscode-button id="reconnect">${escapeHtml(texts.reconnect)}</vscode-button>
    </div>
    <code id="address" class="while-running"></code>
    <div class="actions while-running">
      ${button('copyUrl', l10n.t('Copy URL'))}
      ${button('copyCurl', l10n.t('Copy curl'))}
      ${button('runCurl', l10n.t('Run curl in Terminal'))}
      ${button('openInBrowser', l10n.t('Open in Browser'))}
      ${button('inspect', l10n.t('Inspect'))}
    </div>
    <p id="connections" class="while-running"></p>
    <div class="actions while-stopped">${button('start', l10n.t('Start'), false)}</div>
  </main>
  <script nonce="${nonce}" src="${escapeHtml(resource('dist', 'counter.js'))}"></script>
</body>
</html>`;
}

function button(command: CounterCommand, label: string, secondary = true): string {
  return `<vscode-button data-command="${command}"${secondary ? ' secondary' : ''}>${escapeHtml(label)}</vscode-button>`;
}

function strings(): CounterStrings {
  return {
    connecting: l10n.t('Connecting'),
    live: l10n.t('Live'),
    relayed: l10n.t('Live via the extension host'),
    reconnecting: l10n.t('Reconnecting in {0} s', '{0}'),
    refused: l10n.t('Refused'),
    reconnect: l10n.t('Reconnect'),
    retry: l10n.t('Retry'),
    stopped: l10n.t('Stopped'),
    oneConnection: l10n.t('{0} connection', '{0}'),
    connections: l10n.t('{0} connections', '{0}'),
    counted: l10n.t('Count: {0}', '{0}'),
  };
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
