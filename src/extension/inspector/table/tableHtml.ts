import { l10n } from 'vscode';
import { MAX_COLUMN_PATH } from '../../../messages/table';
import { escapeHtml } from '../../shared/panel/pageHtml';

/** Returns the table of events. */
export function tableHtml(): string {
  const head = (name: string, label: string) =>
    `<span role="columnheader" class="${name}" data-column="${name}">${escapeHtml(label)}</span>`;
  return `<div class="list" id="list">
        <div id="table" role="grid" aria-label="${escapeHtml(l10n.t('Events'))}" aria-rowcount="1" tabindex="0">
          <div role="rowgroup" class="head"><div id="tableHead" role="row" aria-rowindex="1" class="row">
            ${head('number', '#')}
            ${head('time', l10n.t('Time'))}
            ${head('gap', l10n.t('Gap'))}
            ${head('event', l10n.t('Event'))}
            ${head('id', 'ID')}
            ${head('data', l10n.t('Data'))}
            ${head('size', l10n.t('Size'))}
          </div></div>
          <div id="rowsSizer" class="sizer" role="presentation"><div id="rows" class="lines" role="rowgroup"></div></div>
        </div>
        <p id="empty" class="empty"></p>
        <div id="offers" role="group" aria-label="${escapeHtml(l10n.t('Ways to begin'))}" hidden>
          <vscode-button id="pasteOffered" secondary>${escapeHtml(l10n.t('Paste URL or curl'))}</vscode-button>
          <vscode-button id="recentOffered" secondary>${escapeHtml(l10n.t('Recent…'))}</vscode-button>
          <vscode-button id="counterOffered" secondary>${escapeHtml(l10n.t('Try the Counter'))}</vscode-button>
        </div>
        <vscode-button id="newRows" class="badge" hidden></vscode-button>
        ${columns()}
      </div>
      <div id="splitter" role="separator" tabindex="0" aria-orientation="vertical" aria-controls="list"
        aria-label="${escapeHtml(l10n.t('Size of the table'))}" aria-valuemin="20" aria-valuemax="80" aria-valuenow="60"
        title="${escapeHtml(l10n.t('Drag, or use the arrow keys; Enter or a double click resets'))}"></div>`;
}

/** Returns the button that opens the list of columns, and the list. */
function columns(): string {
  const title = escapeHtml(l10n.t('Columns…'));
  return `<button id="columnsButton" type="button" popovertarget="columns" aria-label="${title}" title="${title}">⋯</button>
        <div id="columns" popover role="dialog" aria-label="${escapeHtml(l10n.t('Columns'))}">
          <form id="addColumn" class="row" autocomplete="off">
            <input id="columnPath" list="jsonPaths" maxlength="${MAX_COLUMN_PATH}" spellcheck="false" placeholder="user.id"
              aria-label="${escapeHtml(l10n.t('JSON key'))}" aria-describedby="columnProblem">
            <datalist id="jsonPaths"></datalist>
            <button type="submit">${escapeHtml(l10n.t('Add Column'))}</button>
          </form>
          <p id="columnProblem" role="alert" class="problem"></p>
          <ul id="columnList" aria-label="${escapeHtml(l10n.t('Widths of columns'))}"></ul>
          <button id="resetWidths" type="button">${escapeHtml(l10n.t('Reset Widths'))}</button>
        </div>`;
}
