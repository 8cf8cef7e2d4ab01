import { l10n } from 'vscode';
import { escapeHtml } from '../shared/panel/pageHtml';
import { PROXY_CURES, type ProxyCure } from './proxyCures';

/** Returns the collapsible section on dev server proxies: what they don't pass on, and the code that fixes that. */
export function proxyHtml(): string {
  const lost = [
    l10n.t('Some dev servers’ proxies don’t pass on everything:'),
    l10n.t('The head of the response comes with the first byte. Begin the file with “{0}”.', 'retry: 3000'),
    l10n.t('A drop or a reset: the page stays connected, and silent.'),
    l10n.t('A client that disconnects: it stays in the list above.'),
  ];
  const [intro = '', ...points] = lost.map(escapeHtml);
  const enough = l10n.t('{0} and later pass on both.', 'webpack-dev-server 6, http-proxy-middleware 4');
  return `<section class="while-serving" aria-labelledby="proxiesHeading">
      <details id="proxies">
        <summary><h2 id="proxiesHeading">${escapeHtml(l10n.t('Behind a dev server’s proxy'))}</h2></summary>
        <p>${intro}</p>
        <ul>${points.map((point) => `<li>${point}</li>`).join('')}</ul>
        ${Object.entries(PROXY_CURES).map(cure).join('\n        ')}
        <p>${escapeHtml(enough)}</p>
      </details>
    </section>`;
}

function cure([name, { title, keepsClients, place, code }]: [string, ProxyCure]): string {
  const cured = keepsClients
    ? l10n.t('Passes on drops and disconnects. Where to put it: {0}', place)
    : l10n.t('Passes on drops. Where to put it: {0}', place);
  const label = l10n.t('Copy for {0}', title);
  const copy = escapeHtml(l10n.t('Copy'));
  return `<section class="cure" aria-label="${escapeHtml(title)}">
          <h3>${escapeHtml(title)}</h3>
          <p>${escapeHtml(cured)}</p>
          <pre><code>${escapeHtml(code)}</code></pre>
          <div class="actions">
            <vscode-button data-proxy="${escapeHtml(name)}" aria-label="${escapeHtml(label)}" secondary>${copy}</vscode-button>
            <span role="status" data-copied="${escapeHtml(name)}"></span>
          </div>
        </section>`;
}
