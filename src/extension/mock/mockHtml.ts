import { l10n, type Uri, type Webview } from 'vscode';
import type { MockAction, MockStrings } from '../../messages/mock';
import { isolated, withCodes } from '../../text/foreignText';
import { commandButton, escapeHtml, pageHtml } from '../shared/panel/pageHtml';
import { MAX_FIELD, MAX_PUBLISHED, MAX_REFUSALS, SPEEDS } from './mockState';
import { proxyHtml } from './proxyHtml';

export interface MockHtmlOptions {
  webview: Webview;
  extensionUri: Uri;
  /** Nonce of the page. */
  nonce: string;
  /** Name of the served file. */
  name: string;
}

/** Returns the page of a served file. It connects to nothing; the extension sends it all content. */
export function mockHtml(options: MockHtmlOptions): string {
  const { name } = options;
  const texts = strings();
  const main = `${state(name, texts)}
${streams()}
${address()}
${play(texts)}
${connections(texts)}
${requests()}
${publish()}
${proxyHtml()}
<p id="said" role="status" class="for-ears"></p>`;
  const title = l10n.t('Stream of {0}', withCodes(name));
  return pageHtml({ ...options, name: 'mock', title, goOn: l10n.t('Serve Again'), strings: texts, main });
}

function state(name: string, { starting, stop }: MockStrings): string {
  return `<section id="serving" aria-label="${escapeHtml(l10n.t('Server'))}">
      <div class="bar">
        <p role="status"><span id="state">${escapeHtml(starting)}</span> <span id="reason"></span></p>
        <vscode-button id="startStop" secondary>${escapeHtml(stop)}</vscode-button>
      </div>
      <p><button id="file" type="button" class="link" title="${escapeHtml(l10n.t('Open the file'))}">${escapeHtml(isolated(name))}</button>
        <span id="facts"></span></p>
      <p id="problem" role="status" class="problem"></p>
    </section>`;
}

function streams(): string {
  return `<section id="streams" aria-labelledby="streamsHeading" hidden>
      <h2 id="streamsHeading"></h2>
      <div id="streamList" role="group" aria-labelledby="streamsHeading" tabindex="0">
        <table aria-labelledby="streamsHeading">
          <thead><tr>
            ${head('path', l10n.t('Path'))}
            ${head('file', l10n.t('File'))}
            ${head('events', l10n.t('Events'))}
            <th scope="col"><span class="for-ears">${escapeHtml(l10n.t('Actions'))}</span></th>
          </tr></thead>
          <tbody id="streamRows"></tbody>
        </table>
      </div>
      <p id="moreStreams"></p>
      <ul id="problems" aria-label="${escapeHtml(l10n.t('Problems'))}" class="problem"></ul>
    </section>`;
}

function address(): string {
  return `<section class="while-serving" aria-label="${escapeHtml(l10n.t('Address'))}">
      <code id="address"></code>
      <p id="note" role="status"></p>
      <div class="actions">
        ${command('copyUrl', l10n.t('Copy URL'))}
        ${command('copyCurl', l10n.t('Copy curl'))}
        ${command('runCurl', l10n.t('Run curl in Terminal'))}
        ${command('openInBrowser', l10n.t('Open in Browser'))}
        ${command('inspect', l10n.t('Inspect'))}
      </div>
    </section>`;
}

function play({ pause }: MockStrings): string {
  const [before, after] = l10n.t('Refuse next {0} with 503', '{0}').split('{0}');
  const speeds = SPEEDS.map((speed) => `<option value="${speed}"${speed === 1 ? ' selected' : ''}>${speed}×</option>`);
  return `<section class="while-serving" aria-labelledby="playHeading">
      <h2 id="playHeading">${escapeHtml(l10n.t('Playback'))}</h2>
      <div class="actions">
        <vscode-button id="pause" secondary>${escapeHtml(pause)}</vscode-button>
        <vscode-button id="restart" secondary>${escapeHtml(l10n.t('Restart'))}</vscode-button>
        <vscode-checkbox id="shared">${escapeHtml(l10n.t('All connections share one timeline'))}</vscode-checkbox>
        <label>${escapeHtml(l10n.t('Speed'))}<select id="speed">${speeds.join('')}</select></label>
      </div>
      <div class="actions">
        <label>${escapeHtml(before ?? '')}<input id="times" type="number" min="1" max="${MAX_REFUSALS}" step="1" value="1"
          required>${escapeHtml(after ?? '')}</label>
        <vscode-button id="refuse" secondary>${escapeHtml(l10n.t('Refuse'))}</vscode-button>
        <span id="refusals"></span>
        <vscode-button id="takeBack" secondary hidden>${escapeHtml(l10n.t('Take Back'))}</vscode-button>
      </div>
    </section>`;
}

function connections({ noConnections, drop }: MockStrings): string {
  return `<section class="while-serving" aria-labelledby="connectionsHeading">
      <div class="bar">
        <h2 id="connectionsHeading">${escapeHtml(noConnections)}</h2>
        <vscode-button id="dropAll" secondary>${escapeHtml(l10n.t('Drop All'))}</vscode-button>
      </div>
      <table id="table" aria-label="${escapeHtml(l10n.t('Connections'))}" hidden>
        <thead><tr>
          ${head('client', l10n.t('Client'))}
          ${head('event', l10n.t('Event'))}
          ${head('since', l10n.t('Since'))}
          ${head('state', l10n.t('State'))}
          <th scope="col" class="drop"><span class="for-ears">${escapeHtml(drop)}</span></th>
        </tr></thead>
        <tbody id="rows"></tbody>
      </table>
      <p id="more"></p>
    </section>`;
}

function requests(): string {
  return `<section id="requests" class="while-serving" aria-labelledby="requestsHeading" hidden>
      <div class="bar">
        <h2 id="requestsHeading"></h2>
        <div class="actions">
          <vscode-checkbox id="onlyRefused">${escapeHtml(l10n.t('Refused only'))}</vscode-checkbox>
          <vscode-button id="clearRequests" secondary>${escapeHtml(l10n.t('Clear'))}</vscode-button>
        </div>
      </div>
      <div id="requestList" role="group" aria-labelledby="requestsHeading" tabindex="0">
        <table aria-labelledby="requestsHeading">
          <thead><tr>
            ${head('since', l10n.t('Time'))}
            ${head('request', l10n.t('Request'))}
            ${head('response', l10n.t('Response'))}
          </tr></thead>
          <tbody id="requestRows"></tbody>
        </table>
      </div>
      <p id="moreRequests"></p>
    </section>`;
}

function publish(): string {
  return `<section class="while-serving" aria-labelledby="publishHeading">
      <h2 id="publishHeading">${escapeHtml(l10n.t('Publish to all connections'))}</h2>
      <label id="publishOn" hidden>${escapeHtml(l10n.t('Stream'))}<select id="publishPath"></select></label>
      <div class="fields">
        ${publishField('publishEvent', l10n.t('Event'), 'message')}
        ${publishField('publishId', l10n.t('Id'), '')}
      </div>
      <label for="publishData">${escapeHtml(l10n.t('Data'))}</label>
      <textarea id="publishData" rows="3" maxlength="${MAX_PUBLISHED}" spellcheck="false"></textarea>
      <div class="actions">
        <vscode-button id="publishNow" secondary>${escapeHtml(l10n.t('Publish'))}</vscode-button>
        <span id="published" role="status"></span>
      </div>
      <div class="actions">
        <code id="publish"></code>
        ${command('copyPublish', l10n.t('Copy'))}
      </div>
    </section>`;
}

function publishField(id: string, label: string, placeholder: string): string {
  return `<label>${escapeHtml(label)}<input id="${id}" type="text" maxlength="${MAX_FIELD}" placeholder="${placeholder}"
          spellcheck="false"></label>`;
}

function head(name: string, label: string): string {
  return `<th scope="col" class="${name}">${escapeHtml(label)}</th>`;
}

const command = commandButton<MockAction>;

function strings(): MockStrings {
  return {
    starting: l10n.t('Starting'),
    serving: l10n.t('Serving'),
    paused: l10n.t('Paused'),
    stopped: l10n.t('Stopped'),
    start: l10n.t('Start'),
    stop: l10n.t('Stop'),
    pause: l10n.t('Pause'),
    resume: l10n.t('Resume'),
    oneEvent: l10n.t('{0} event', '{0}'),
    events: l10n.t('{0} events', '{0}'),
    oneConnection: l10n.t('{0} connection', '{0}'),
    connections: l10n.t('{0} connections', '{0}'),
    noConnections: l10n.t('No connections'),
    atEvent: l10n.t('{0} of {1}', '{0}', '{1}'),
    states: { playing: l10n.t('Playing'), stalled: l10n.t('Stalled'), over: l10n.t('All sent') },
    drop: l10n.t('Drop'),
    dropOne: l10n.t('Drop {0}', '{0}'),
    moreConnections: l10n.t('And {0} more', '{0}'),
    oneRefusal: l10n.t('The next request is refused'),
    refusals: l10n.t('The next {0} requests are refused', '{0}'),
    noRefusals: l10n.t('No request is refused'),
    oneRequest: l10n.t('{0} request', '{0}'),
    requests: l10n.t('{0} requests', '{0}'),
    refused: l10n.t('{0} refused', '{0}'),
    noneRefused: l10n.t('No request was refused'),
    moreRequests: l10n.t('And {0} before these', '{0}'),
    requestsCleared: l10n.t('The requests were cleared'),
    copied: l10n.t('Copied'),
    publishedOn: l10n.t('Sent on {0} connections', '{0}'),
    publishedOnOne: l10n.t('Sent on {0} connection', '{0}'),
    tooMuchQueued: l10n.t('Not sent: too much waits to be sent behind an event in progress.'),
    stillServing: l10n.t('The last save has errors; still serving the previous version. {0}', '{0}'),
    unreadable: l10n.t('Still serving the previous version. {0}', '{0}'),
    goToLine: l10n.t('Go to Line'),
    oneStream: l10n.t('{0} stream', '{0}'),
    streams: l10n.t('{0} streams', '{0}'),
    noStreams: l10n.t('No stream yet. A file a.sse in the folder is on /a.'),
    allStreams: l10n.t('All streams'),
    moreStreams: l10n.t('And {0} more', '{0}'),
    copyCurl: l10n.t('Copy curl'),
    inspect: l10n.t('Inspect'),
    headersLeftOut: l10n.t('In Restricted Mode, the headers that the files set are left out.'),
  };
}
