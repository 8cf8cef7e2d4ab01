import { l10n, type Uri, type Webview } from 'vscode';
import { escapeHtml, pageHtml } from '../shared/panel/pageHtml';
import { findHtml } from './find/findHtml';
import { findingsHtml } from './findings/findingsHtml';
import { inspectorStrings } from './inspectorStrings';
import { resultHtml, resultTabHtml } from './result/resultHtml';
import { tableHtml } from './table/tableHtml';
import { timelineHtml } from './timelineHtml';

export interface InspectorHtmlOptions {
  webview: Webview;
  extensionUri: Uri;
  /** Nonce of the page. */
  nonce: string;
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** Returns the inspector's page. It connects to nothing; the extension sends it all content. */
export function inspectorHtml(options: InspectorHtmlOptions): string {
  const title = l10n.t('Inspect Event Stream');
  const main = `${request()}
${connection()}
${findingsHtml()}
<div class="bar">
  <div id="views" role="tablist" aria-label="${escapeHtml(l10n.t('View'))}">
    ${tab('events', 'events', l10n.t('Events'))}
    ${resultTabHtml()}
    ${tab('wire', 'wire', l10n.t('Wire'))}
    ${tab('response', 'response', l10n.t('Response'))}
  </div>
  <p id="notes">
    <span class="while-events">
      <span id="filterCount"></span>
      <span id="pending"></span>
      <span id="rowCopied" role="status" class="copied"></span>
    </span>
    <span id="curlCopied" role="status" class="copied"></span>
  </p>
  ${tools()}
</div>
<p id="filterProblem" role="alert" class="problem"></p>
${findHtml()}
<div id="events" role="tabpanel" aria-labelledby="eventsTab">
  ${timelineHtml()}
  ${tableHtml()}
  ${details()}
</div>
${resultHtml()}
<div id="wire" role="tabpanel" aria-labelledby="wireTab" hidden>
  <div id="wireScroller" role="region" aria-label="${escapeHtml(l10n.t('Lines as they came'))}" tabindex="0">
    <div id="wireSizer" class="sizer"><div id="wireLines" class="lines"></div></div>
  </div>
  <p id="noWire" class="empty">${escapeHtml(l10n.t('Nothing received'))}</p>
  <vscode-button id="newLines" class="badge" hidden></vscode-button>
</div>
<div id="response" role="tabpanel" aria-labelledby="responseTab" tabindex="0" hidden>
  <ol id="redirects" aria-label="${escapeHtml(l10n.t('Redirects'))}" hidden></ol>
  <p id="statusLine"></p>
  <table aria-label="${escapeHtml(l10n.t('Response headers'))}"><tbody id="responseHeaders"></tbody></table>
  <p id="responseNote">${escapeHtml(l10n.t('No response'))}</p>
  <pre id="responseBody" role="region" aria-label="${escapeHtml(l10n.t('Response body'))}" tabindex="0" hidden></pre>
</div>`;
  return pageHtml({
    ...options,
    name: 'inspector',
    title,
    goOn: l10n.t('Connect Again in a New Panel'),
    strings: inspectorStrings(),
    main,
  });
}

function request(): string {
  const forgetId = escapeHtml(l10n.t('Start Anew, without Last-Event-ID'));
  return `<form id="request" autocomplete="off">
      <div class="row">
        <input id="method" list="methods" maxlength="100" aria-label="${escapeHtml(l10n.t('Method'))}" spellcheck="false">
        <datalist id="methods">${METHODS.map((method) => `<option>${method}</option>`).join('')}</datalist>
        <input id="url" type="text" inputmode="url" aria-label="URL" placeholder="https://…" spellcheck="false"
          aria-describedby="formProblem">
        <span id="resumes" hidden><span id="resumesBehind"></span><button id="forgetId" type="button" class="sign"
          aria-label="${forgetId}" title="${forgetId}">✕</button></span>
        <vscode-button id="connect">${escapeHtml(l10n.t('Connect'))}</vscode-button>
      </div>
      <p id="formProblem" role="alert" class="problem"></p>
      <div id="pasted">
        <span id="pastedNote" role="status"></span>
        <vscode-button id="undoPaste" secondary hidden>${escapeHtml(l10n.t('Undo Paste'))}</vscode-button>
      </div>
      <details id="requestFields">
        <summary>${escapeHtml(l10n.t('Request'))}</summary>
        <div class="fields">
          <label for="headers">${escapeHtml(l10n.t('Headers, one a line'))}</label>
          <textarea id="headers" rows="4" placeholder="Name: value" spellcheck="false"></textarea>
          <label for="body">${escapeHtml(l10n.t('Body'))}</label>
          <textarea id="body" rows="4" spellcheck="false"></textarea>
          <label for="lastEventId">Last-Event-ID</label>
          <input id="lastEventId" type="text" spellcheck="false">
          <div class="boxes">
            <vscode-checkbox id="reconnect">${escapeHtml(l10n.t('Reconnect when the stream ends or breaks'))}</vscode-checkbox>
            <vscode-checkbox id="insecure">${escapeHtml(l10n.t('Accept invalid TLS certificates (this request only)'))}</vscode-checkbox>
          </div>
          <span id="masksLabel" hidden>${escapeHtml(l10n.t('Secrets'))}</span>
          <div id="masks" hidden><ul aria-labelledby="masksLabel"></ul></div>
        </div>
      </details>
    </form>`;
}

function connection(): string {
  return `<section id="connection" tabindex="-1" aria-label="${escapeHtml(l10n.t('Connection'))}" data-state="idle">
      <p role="status"><span id="state">${escapeHtml(l10n.t('Not connected'))}</span> <span id="reason"></span></p>
      <vscode-button id="nextStep" secondary hidden title="${escapeHtml(l10n.t('Sends the request again'))}"></vscode-button>
      <button id="readAs" type="button" popovertarget="readings" hidden title="${escapeHtml(l10n.t('Sends the request again'))}"></button>
      <div id="readings" popover></div>
      <p id="notVerified" hidden>${escapeHtml(l10n.t('TLS not verified'))}</p>
      <div id="waiting" hidden>
        <span id="countdown"></span>
        <vscode-button id="reconnectNow" secondary>${escapeHtml(l10n.t('Reconnect Now'))}</vscode-button>
      </div>
      <p id="facts" title="${escapeHtml(l10n.t('Events and bytes are those since Clear, of all connections.'))}"></p>
      <div id="recording">
        <p><span id="recordingTo" role="status"></span><span id="recordingSize"></span></p>
        <vscode-button id="stopRecording" secondary hidden>${escapeHtml(l10n.t('Stop Recording'))}</vscode-button>
      </div>
    </section>`;
}

function tools(): string {
  return `<div class="tools" role="group" aria-label="${escapeHtml(l10n.t('Events shown'))}">
        <span class="while-events">
          <input id="filter" type="text" aria-label="${escapeHtml(l10n.t('Filter'))}" placeholder="${escapeHtml(l10n.t('Filter'))}"
            maxlength="4000" spellcheck="false" aria-describedby="filterProblem"
            title="${escapeHtml(l10n.t('Text in data, type or ID. With gap>1s or gap>500ms, only events after a longer gap.'))}">
          <button id="isRegExp" type="button" class="toggle" aria-pressed="false"
            aria-label="${escapeHtml(l10n.t('Regular expression'))}" title="${escapeHtml(l10n.t('Regular expression'))}">.*</button>
          <select id="eventName" aria-label="${escapeHtml(l10n.t('Event type'))}">
            <option value="">${escapeHtml(l10n.t('All events'))}</option>
          </select>
          <span id="hiddenTypes"></span>
          <vscode-button id="pause" secondary>${escapeHtml(l10n.t('Pause'))}</vscode-button>
        </span>
        <span class="while-wire">
          <button id="wrap" type="button" aria-pressed="false"
            title="${escapeHtml(l10n.t('Wrap Lines (Alt+Z)'))}">${escapeHtml(l10n.t('Wrap Lines'))}</button>
        </span>
        <vscode-button id="clear" secondary>${escapeHtml(l10n.t('Clear'))}</vscode-button>
        <button id="record" type="button" aria-pressed="false">${escapeHtml(l10n.t('Record'))}</button>
        <button id="save" type="button" popovertarget="formats">${escapeHtml(l10n.t('Save'))}</button>
        <div id="formats" popover>
          <label id="onlyShown" hidden><input id="savesShown" type="checkbox" checked> <span id="shownCount"></span></label>
          <button id="ndjson" type="button" popovertarget="formats">NDJSON</button>
          <button id="json" type="button" popovertarget="formats">JSON</button>
          <button id="sse" type="button" popovertarget="formats">${escapeHtml(l10n.t('Event stream file (.sse)'))}</button>
        </div>
        <vscode-button id="copyCurl" secondary>${escapeHtml(l10n.t('Copy as curl'))}</vscode-button>
        <vscode-button id="diagnose" secondary disabled>${escapeHtml(l10n.t('Diagnose…'))}</vscode-button>
      </div>`;
}

function details(): string {
  return `<section id="details" aria-label="${escapeHtml(l10n.t('Event'))}" hidden>
        <p id="summary"></p>
        <div class="bar">
          <div id="detailTabs" role="tablist" aria-label="${escapeHtml(l10n.t('Shown as'))}">
            ${tab('data', 'dataText', l10n.t('Data'))}
            ${tab('json', 'jsonTree', 'JSON')}
            ${tab('raw', 'rawText', l10n.t('Raw'))}
          </div>
          <div class="tools">
            <vscode-button id="copyEvent" secondary>${escapeHtml(l10n.t('Copy Event'))}</vscode-button>
            <span id="eventCopied" role="status" class="copied"></span>
            <vscode-button id="showInResult" secondary hidden>${escapeHtml(l10n.t('Show in Result'))}</vscode-button>
            <vscode-button id="openData" secondary>${escapeHtml(l10n.t('Open Data in Editor'))}</vscode-button>
          </div>
          <vscode-button id="closeDetails" secondary>${escapeHtml(l10n.t('Close'))}</vscode-button>
        </div>
        <p id="omitted"></p>
        <pre id="dataText" role="tabpanel" aria-labelledby="dataTab" tabindex="0" hidden></pre>
        <div id="jsonTree" role="tabpanel" aria-labelledby="jsonTab" tabindex="0" hidden></div>
        <pre id="rawText" role="tabpanel" aria-labelledby="rawTab" tabindex="0" hidden></pre>
      </section>`;
}

function tab(name: string, panel: string, label: string): string {
  return `<button type="button" role="tab" id="${name}Tab" data-name="${name}" aria-controls="${panel}">${escapeHtml(label)}</button>`;
}
