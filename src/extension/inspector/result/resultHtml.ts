import { l10n } from 'vscode';
import { MAX_PATH } from '../../../analysis/protocols/json/jsonPath';
import { protocolName } from '../../../analysis/protocols/model/protocol';
import { escapeHtml } from '../../shared/panel/pageHtml';
import { PROTOCOLS } from './protocols';

/** Returns the tab of the result; its sign says that there is one, as long as it isn't shown. */
export function resultTabHtml(): string {
  return `<button type="button" role="tab" id="resultTab" data-name="result" aria-controls="result">${escapeHtml(l10n.t('Result'))}<span
      id="resultNew" class="for-ears"></span></button>`;
}

/** Returns the part of the inspector's page with what the stream says. */
export function resultHtml(): string {
  const protocols = PROTOCOLS.map((id) => `<option value="${id}">${escapeHtml(protocolName(id))}</option>`).join('');
  return `<div id="result" role="tabpanel" aria-labelledby="resultTab" tabindex="0" hidden>
  <div class="bar">
    <label>${escapeHtml(l10n.t('Protocol'))}
      <select id="protocol">
        <option value="auto">${escapeHtml(l10n.t('Detect'))}</option>
        <option value="off">${escapeHtml(l10n.t('Off'))}</option>
        ${protocols}
        <option value="path">${escapeHtml(l10n.t('JSON path…'))}</option>
      </select>
    </label>
    <div class="tools" role="group" aria-label="${escapeHtml(l10n.t('Result'))}">
      <vscode-button id="openMarkdown" secondary hidden>${escapeHtml(l10n.t('Open as Markdown'))}</vscode-button>
      <vscode-button id="openResultJson" secondary hidden>${escapeHtml(l10n.t('Open as JSON'))}</vscode-button>
      <span id="resultCopied" role="status" class="copied"></span>
    </div>
  </div>
  <div id="pathForm" role="group" aria-label="${escapeHtml(l10n.t('JSON path'))}" hidden>
    <input id="path" type="text" aria-label="${escapeHtml(l10n.t('JSON path'))}" placeholder="$.choices[0].delta.content"
      maxlength="${MAX_PATH}" spellcheck="false" aria-describedby="pathProblem">
    <select id="pathValues" aria-label="${escapeHtml(l10n.t('Values at the path'))}">
      <option value="append">${escapeHtml(l10n.t('Add up'))}</option>
      <option value="replace">${escapeHtml(l10n.t('Last one only'))}</option>
    </select>
    <vscode-button id="usePath" secondary>${escapeHtml(l10n.t('Apply'))}</vscode-button>
  </div>
  <p id="pathProblem" role="alert" class="problem"></p>
  <p id="noEventRow" role="alert" class="problem"></p>
  <p id="resultNote"></p>
  <div id="answers"></div>
  <p id="resultCut"></p>
  <p id="resultEnd" role="status"></p>
</div>`;
}
