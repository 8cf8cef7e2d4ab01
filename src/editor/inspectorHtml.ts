import { l10n, type Uri, type Webview } from 'vscode';
import type { InspectorStrings } from '../messages/inspector';
import { escapeHtml, pageHtml } from './pageHtml';

export interface InspectorHtmlOptions {
  webview: Webview;
  extensionUri: Uri;
  /** As of a page. */
  nonce: string;
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** The inspector's page. It connects to nothing: what it shows, the extension tells it. */
export function inspectorHtml(options: InspectorHtmlOptions): string {
  const title = l10n.t('Inspect Event Stream');
  const main = `${request()}
${connection()}
<div class="bar">
  <div id="views" role="tablist" aria-label="${escapeHtml(l10n.t('View'))}">
    ${tab('events', 'events', l10n.t('Events'))}
    ${tab('wire', 'wire', l10n.t('Wire'))}
    ${tab('response', 'response', l10n.t('Response'))}
  </div>
  ${tools()}
</div>
<p id="filterProblem" role="alert" class="problem"></p>
<div id="events" role="tabpanel" aria-labelledby="eventsTab">
  ${table()}
  ${details()}
</div>
<div id="wire" role="tabpanel" aria-labelledby="wireTab" hidden>
  <div id="wireScroller" role="region" aria-label="${escapeHtml(l10n.t('Lines as they came'))}" tabindex="0">
    <div id="wireSizer" class="sizer"><div id="wireLines" class="lines"></div></div>
  </div>
  <p id="noWire" class="empty">${escapeHtml(l10n.t('Nothing has come'))}</p>
  <vscode-button id="newLines" class="badge" hidden></vscode-button>
</div>
<div id="response" role="tabpanel" aria-labelledby="responseTab" tabindex="0" hidden>
  <ol id="redirects" aria-label="${escapeHtml(l10n.t('Redirects'))}" hidden></ol>
  <p id="statusLine"></p>
  <table aria-label="${escapeHtml(l10n.t('Response headers'))}"><tbody id="responseHeaders"></tbody></table>
  <p id="responseNote">${escapeHtml(l10n.t('No answer'))}</p>
  <pre id="responseBody" role="region" aria-label="${escapeHtml(l10n.t('Response body'))}" tabindex="0" hidden></pre>
</div>`;
  return pageHtml({
    ...options,
    name: 'inspector',
    title,
    goOn: l10n.t('Connect Again in a New Panel'),
    strings: strings(),
    main,
  });
}

function request(): string {
  return `<form id="request" autocomplete="off">
      <div class="row">
        <input id="method" list="methods" maxlength="100" aria-label="${escapeHtml(l10n.t('Method'))}" spellcheck="false">
        <datalist id="methods">${METHODS.map((method) => `<option>${method}</option>`).join('')}</datalist>
        <input id="url" type="text" inputmode="url" aria-label="URL" placeholder="https://…" spellcheck="false"
          aria-describedby="formProblem">
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
            <vscode-checkbox id="insecure">${escapeHtml(l10n.t('Take any TLS certificate (this request only)'))}</vscode-checkbox>
          </div>
        </div>
      </details>
    </form>`;
}

function connection(): string {
  return `<section id="connection" tabindex="-1" aria-label="${escapeHtml(l10n.t('Connection'))}" data-state="idle">
      <p role="status"><span id="state">${escapeHtml(l10n.t('Not connected'))}</span> <span id="reason"></span></p>
      <vscode-button id="nextStep" secondary hidden title="${escapeHtml(l10n.t('Sends the request again'))}"></vscode-button>
      <p id="notVerified" hidden>${escapeHtml(l10n.t('TLS not verified'))}</p>
      <div id="waiting" hidden>
        <span id="countdown"></span>
        <vscode-button id="reconnectNow" secondary>${escapeHtml(l10n.t('Reconnect Now'))}</vscode-button>
      </div>
      <p id="facts"></p>
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
            maxlength="4000" spellcheck="false" aria-describedby="filterProblem">
          <button id="isRegExp" type="button" class="toggle" aria-pressed="false"
            aria-label="${escapeHtml(l10n.t('Regular expression'))}" title="${escapeHtml(l10n.t('Regular expression'))}">.*</button>
          <select id="eventName" aria-label="${escapeHtml(l10n.t('Event type'))}">
            <option value="">${escapeHtml(l10n.t('All events'))}</option>
          </select>
          <vscode-button id="pause" secondary>${escapeHtml(l10n.t('Pause'))}</vscode-button>
          <span id="held"></span>
        </span>
        <vscode-button id="clear" secondary>${escapeHtml(l10n.t('Clear'))}</vscode-button>
        <button id="record" type="button" aria-pressed="false">${escapeHtml(l10n.t('Record'))}</button>
        <button id="save" type="button" popovertarget="formats">${escapeHtml(l10n.t('Save'))}</button>
        <div id="formats" popover>
          <button id="ndjson" type="button" popovertarget="formats">NDJSON</button>
          <button id="json" type="button" popovertarget="formats">JSON</button>
          <button id="sse" type="button" popovertarget="formats">${escapeHtml(l10n.t('Event stream file (.sse)'))}</button>
        </div>
        <vscode-button id="copyCurl" secondary>${escapeHtml(l10n.t('Copy as curl'))}</vscode-button>
      </div>`;
}

function table(): string {
  const head = (name: string, label: string) => `<span role="columnheader" class="${name}">${escapeHtml(label)}</span>`;
  return `<div class="list">
        <div id="table" role="grid" aria-label="${escapeHtml(l10n.t('Events'))}" aria-rowcount="1" tabindex="0">
          <div role="rowgroup" class="head"><div role="row" aria-rowindex="1" class="row">
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
        <vscode-button id="newRows" class="badge" hidden></vscode-button>
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
            <vscode-button id="openData" secondary>${escapeHtml(l10n.t('Open Data in Editor'))}</vscode-button>
          </div>
          <vscode-button id="closeDetails" secondary>${escapeHtml(l10n.t('Close'))}</vscode-button>
        </div>
        <p id="leftOut"></p>
        <pre id="dataText" role="tabpanel" aria-labelledby="dataTab" tabindex="0" hidden></pre>
        <div id="jsonTree" role="tabpanel" aria-labelledby="jsonTab" tabindex="0" hidden></div>
        <pre id="rawText" role="tabpanel" aria-labelledby="rawTab" tabindex="0" hidden></pre>
      </section>`;
}

function tab(name: string, panel: string, label: string): string {
  return `<button type="button" role="tab" id="${name}Tab" data-name="${name}" aria-controls="${panel}">${escapeHtml(label)}</button>`;
}

function strings(): InspectorStrings {
  return {
    states: {
      idle: l10n.t('Not connected'),
      connecting: l10n.t('Connecting'),
      open: l10n.t('Live'),
      waiting: l10n.t('Reconnecting'),
      answered: l10n.t('Not an event stream'),
      ended: l10n.t('Ended'),
      failed: l10n.t('Failed'),
    },
    connect: l10n.t('Connect'),
    disconnect: l10n.t('Disconnect'),
    headersAfter: l10n.t('headers {0}', '{0}'),
    firstEventAfter: l10n.t('first event {0}', '{0}'),
    oneEvent: l10n.t('{0} event', '{0}'),
    events: l10n.t('{0} events', '{0}'),
    rate: l10n.t('{0}/s', '{0}'),
    reconnectedOnce: l10n.t('reconnected once'),
    reconnected: l10n.t('reconnected {0} times', '{0}'),
    dropped: l10n.t('oldest {0} dropped', '{0}'),
    countdown: l10n.t('Reconnecting in {0} s', '{0}'),
    pause: l10n.t('Pause'),
    resume: l10n.t('Resume'),
    held: l10n.t('{0} held back', '{0}'),
    searching: l10n.t('Searching…'),
    oneNewRow: l10n.t('{0} new row ↓', '{0}'),
    newRows: l10n.t('{0} new rows ↓', '{0}'),
    oneNewLine: l10n.t('{0} new line ↓', '{0}'),
    newLines: l10n.t('{0} new lines ↓', '{0}'),
    giveUrl: l10n.t('Give a URL and Connect'),
    connectToSend: l10n.t('Connect sends the request'),
    noEventsYet: l10n.t('No events yet'),
    noEvents: l10n.t('No events'),
    noMatch: l10n.t('No event passes the filter'),
    allHeld: l10n.t('Paused: Resume shows what is held back'),
    gap: l10n.t('gap {0}', '{0}'),
    cut: l10n.t('Only the first 1 MB is shown.'),
    leftOut: l10n.t('The event is too large: {0} of it were left out.', '{0}'),
    lost: l10n.t('The rest of this event went with the extension host.'),
    recordingTo: l10n.t('Recording to {0}', '{0}'),
    recordingEnded: l10n.t('The recording to {0} has stopped', '{0}'),
    bodyNotes: {
      stream: l10n.t('The body is an event stream: see Events and Wire.'),
      pending: l10n.t('Nothing of the body has come yet.'),
      coming: '',
      none: l10n.t('The answer has no body.'),
      unread: l10n.t('Nothing of the body was read.'),
      rest: l10n.t('The rest of the body was not read.'),
      cut: l10n.t('Only the first 1 MB is shown.'),
    },
    noAnswer: l10n.t('No answer'),
    noAnswerYet: l10n.t('No answer yet'),
    nothing: l10n.t('Nothing has come'),
    nothingYet: l10n.t('Nothing has come yet'),
    unsendable: l10n.t('not sent: too large for a header, or with control characters'),
    nextSteps: {
      sendTo: l10n.t('Send to {0}', '{0}'),
      readAnyway: l10n.t('Read Anyway'),
      readAsStream: l10n.t('Read as Event Stream Anyway'),
      tryHttp: l10n.t('Try http://'),
      tryHttps: l10n.t('Try https://'),
      connectAnyway: l10n.t('Connect Anyway'),
    },
    showMore: l10n.t('Show More ({0} characters left)', '{0}'),
    tooLong: l10n.t(
      '{0} characters are too many to edit here. They are sent as they are; only the beginning is shown.',
      '{0}',
    ),
    remove: l10n.t('Remove'),
    bodyFile: l10n.t('The text of {0} is sent as the body. It is read when you connect, and isn’t remembered.', '{0}'),
    notTaken: l10n.t('What you typed last was not taken: the request is sent as it is shown now.'),
  };
}
