import { l10n, type Uri, type Webview } from 'vscode';
import type { CounterCommand, CounterStrings } from '../../messages/counter';
import { commandButton, escapeHtml, pageHtml } from '../shared/panel/pageHtml';

export interface PanelHtmlOptions {
  webview: Webview;
  extensionUri: Uri;
  /** Nonce of the page. */
  nonce: string;
  /** Only origin that the page may connect to; undefined while it isn't known. */
  connectTo: string | undefined;
}

/** Returns the page of the counter's panel. */
export function panelHtml(options: PanelHtmlOptions): string {
  const texts = strings();
  const main = `<p id="count" role="timer" aria-label="${escapeHtml(l10n.t('Count'))}">0</p>
<p id="state" role="status">${escapeHtml(texts.connecting)}</p>
<p id="said" role="status" class="for-ears"></p>
<p id="reason" role="alert"></p>
<div class="actions while-not-direct">
  <span id="countdown"></span>
  <vscode-button id="reconnect">${escapeHtml(texts.reconnect)}</vscode-button>
</div>
<code id="address" class="while-running"></code>
<p id="note" role="status" class="while-running"></p>
<div class="actions while-running">
  ${button('copyUrl', l10n.t('Copy URL'))}
  ${button('copyCurl', l10n.t('Copy curl'))}
  ${button('runCurl', l10n.t('Run curl in Terminal'))}
  ${button('openInBrowser', l10n.t('Open in Browser'))}
  ${button('inspect', l10n.t('Inspect'))}
</div>
<p id="copied" role="status" class="while-running"></p>
<p id="connections" class="while-running"></p>
<div class="actions while-stopped">${button('start', l10n.t('Start'), false)}</div>`;
  return pageHtml({
    ...options,
    name: 'counter',
    title: 'SSE Counter',
    goOn: l10n.t('Start Again'),
    strings: texts,
    main,
  });
}

const button = commandButton<CounterCommand>;

function strings(): CounterStrings {
  return {
    connecting: l10n.t('Connecting'),
    live: l10n.t('Live'),
    late: l10n.t('Waiting for the extension host'),
    relayed: l10n.t('Live via the extension host'),
    reconnecting: l10n.t('Reconnecting'),
    countdown: l10n.t('Reconnecting in {0} s', '{0}'),
    refused: l10n.t('Refused'),
    reconnect: l10n.t('Reconnect'),
    retry: l10n.t('Retry'),
    stopped: l10n.t('Stopped'),
    oneConnection: l10n.t('{0} connection', '{0}'),
    connections: l10n.t('{0} connections', '{0}'),
    counted: l10n.t('Count: {0}', '{0}'),
  };
}
