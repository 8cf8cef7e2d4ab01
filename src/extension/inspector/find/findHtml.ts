import { l10n } from 'vscode';
import type { FindStrings } from '../../../messages/find';
import { escapeHtml } from '../../shared/panel/pageHtml';

/** Returns the field in which the user enters what to find, with its buttons. */
export function findHtml(): string {
  const button = (id: string, sign: string, label: string) =>
    `<button id="${id}" type="button" class="sign" title="${escapeHtml(label)}" aria-label="${escapeHtml(label)}">${sign}</button>`;
  const find = escapeHtml(l10n.t('Find'));
  const regExp = escapeHtml(l10n.t('Regular expression'));
  return `<div id="find" class="tools" role="search" aria-label="${find}" hidden>
  <input id="findText" type="text" aria-label="${find}" placeholder="${find}" maxlength="4000" spellcheck="false"
    aria-describedby="findProblem">
  <button id="findRegExp" type="button" class="toggle" aria-pressed="false" aria-label="${regExp}" title="${regExp}">.*</button>
  ${button('findPrevious', '↑', l10n.t('Previous Match (Shift+Enter)'))}
  ${button('findNext', '↓', l10n.t('Next Match (Enter)'))}
  <span id="found" role="status"></span>
  <p id="findProblem" role="alert" class="problem"></p>
  ${button('closeFind', '✕', l10n.t('Close (Escape)'))}
</div>`;
}

/** Returns the texts of the page's script, in the user's language. */
export function findStrings(): FindStrings {
  return {
    ofMatches: l10n.t('{0} of {1}', '{0}', '{1}'),
    ofMore: l10n.t('{0} of more than {1}', '{0}', '{1}'),
    noMatches: l10n.t('No matches'),
    searching: l10n.t('Searching…'),
  };
}
