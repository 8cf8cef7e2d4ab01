// Script of the inspector's page: shows the state that the extension sends, and passes on the user's actions.
import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-checkbox/index.js';
import type { ToFind } from '../../messages/find';
import type { ToFindings } from '../../messages/findings';
import type {
  Change,
  FromInspectorPage,
  HistoryState,
  InspectorStrings,
  StreamStatus,
  ToInspectorPage,
} from '../../messages/inspector';
import type { ToResults } from '../../messages/results';
import type { ToTable } from '../../messages/table';
import { debounce, element, moveFocus, oncePerFrame, onHostMessage, useKeyboard } from '../shared/dom';
import { type Continuation, HostWatch, showGone } from '../shared/hostWatch';
import { handleSelection } from '../shared/textSelection';
import { ConnectionLine } from './connectionLine';
import { EmptyTable } from './emptyTable';
import { EventTable } from './events/eventTable';
import { SelectedEvent } from './events/selectedEvent';
import { isAboutTable, TableTools } from './events/tableTools';
import { WireView } from './events/wire/wireView';
import { FindBar, isAboutFind } from './find/findBar';
import { FindingsStrip, isAboutFindings } from './findings/findingsStrip';
import { hostParts, withoutHost } from './goneStatus';
import { inspectorApi } from './inspectorApi';
import { KeptRequest } from './keptRequest';
import { showRedirects } from './redirects';
import { PastedText } from './request/pastedText';
import { RequestFields } from './request/requestFields';
import { SecretList } from './request/secretList';
import { ResponseView } from './responseView';
import { isAboutResults, ResultView } from './result/resultView';
import { TimelineStrip } from './timeline/timelineStrip';
import { Toolbar } from './toolbar';
import { ViewChoice } from './viewChoice';
import { WaysOn } from './waysOn';

/** Debounce delay after which an edited form is sent to the extension, in milliseconds. */
const EDIT_DELAY = 300;

const vscode = inspectorApi();
const post = (message: FromInspectorPage) => vscode.postMessage(message);
const strings = JSON.parse(document.body.dataset['strings'] ?? '') as InspectorStrings;

let state: StreamStatus['state'] = 'idle';
let status: StreamStatus | undefined;
/** Time at which the status was received, as `performance.now()` counts. */
let receivedAt = 0;
let history: HistoryState | undefined;
/** Whether the extension host is gone. */
let isGone = false;

const kept = new KeptRequest(vscode, strings);
const request = new RequestFields({
  strings,
  onConnect: (form) => {
    pasted.hide();
    ask({ type: 'connect', form });
  },
  onDisconnect: () => post({ type: 'disconnect' }),
  onEdit: debounce(EDIT_DELAY, () => {
    drawEmpty();
    sendEdited(false);
  }),
  onLeave: () => sendEdited(true),
});
const pasted = new PastedText({
  onPaste: (text) => post({ type: 'paste', text }),
  onUndo: (form) => {
    request.showAnew(form);
    sendEdited(true);
  },
});
const line = new ConnectionLine(strings);
const table = new EventTable({
  strings,
  post,
  onSelect: (row, open) => selected.select(row, open),
});
const wire = new WireView(strings, (generation, from, to) => post({ type: 'wire', generation, from, to }));
const toolbar = new Toolbar({ strings, post, onRestart: () => table.restart() });
const timeline = new TimelineStrip({ strings, post, kept, toolbar, table });
const views = new ViewChoice();
const result = new ResultView({ strings, post, views, table, kept });
const find = new FindBar({ strings: strings.find, post, lists: { events: table, wire }, views });
const selected = new SelectedEvent({ strings, post, table, timeline, result });
const tools = new TableTools({ strings, post, table, toolbar, wire, result });
const responseView = new ResponseView(strings, post);
const secrets = new SecretList({ strings, post, headers: () => responseView.secrets });
const findings = new FindingsStrip({
  strings: strings.findings,
  post,
  showLine: (place) => {
    views.show('wire');
    wire.goTo(place);
  },
});
const emptyTable = new EmptyTable(strings, post);
const drawEmpty = oncePerFrame(() => {
  const [{ hasUrl }, { isFiltering }, { lost }] = [request, toolbar, kept];
  emptyTable.show({ history, state, hasUrl, isFiltering, isGone, lost });
});

const watch = new HostWatch({
  ask: () => post({ type: 'ping' }),
  onGone: () => {
    isGone = true;
    secrets.hide();
    if (status) showStatus(status);
    for (const part of [selected, timeline, findings, result, find]) part.showHost(isGone);
    drawEmpty();
    showGone(hostParts(), { panel: 'sseCounter.inspector', ...showContinuation() });
    // The connection's buttons are hidden in the next frame.
    moveFocus(element('connection'), element('goOn'));
  },
  onBack: () => {
    isGone = false;
    if (status) showStatus(status);
    for (const part of [selected, timeline, findings, result, find]) part.showHost(isGone);
    showGone(hostParts());
    if (request.restoreTyped()) sendEdited(true);
  },
});

const waysOn = new WaysOn(strings, (step) => ask({ type: 'nextStep', step }), request);
element('reconnectNow').addEventListener('click', () => ask({ type: 'reconnectNow' }));
useKeyboard();
handleSelection();
onHostMessage(receive);
views.show('events');
post({ type: 'ready', page: document.body.dataset['page'] ?? '' });
result.restore();

/** Makes the extension send a request. */
function ask(message: FromInspectorPage): void {
  views.noteRequest();
  post(message);
}

/** Sends the edited form to the extension, except while the host is gone and a known request is shown in its place. */
function sendEdited(done: boolean): void {
  if (!isGone) post({ type: 'edited', form: request.formToSend(), done });
}

/** Shows the request with which a new panel will continue, and returns its state. */
function showContinuation(): Omit<Continuation, 'panel'> {
  const next = kept.next(status);
  if (!next) return { states: [] };
  const isTyped = request.replace({ ...request.form, ...next.form });
  const label = next.isUnsent ? strings.openAgain : strings.connectAgain;
  return { states: next.states, label, ...(isTyped && { note: strings.notTaken }) };
}

function receive(message: ToInspectorPage): void {
  watch.heard();
  if (isAboutResults(message)) result.receive(message);
  else if (isAboutTable(message)) tools.receive(message);
  else if (isAboutFind(message)) find.receive(message);
  else if (isAboutFindings(message)) findings.receive(message);
  else receiveOther(message);
}

function receiveOther(message: Exclude<ToInspectorPage, ToResults | ToTable | ToFind | ToFindings>): void {
  switch (message.type) {
    case 'form':
      if (message.pasted === undefined) request.show(message.form);
      else pasted.show(message.pasted, request.showAnew(message.form));
      drawEmpty();
      kept.show(message.form, message.id);
      break;
    case 'keep':
      request.noteAccepted();
      kept.keep(message.form);
      break;
    case 'update':
      for (const change of message.changes) apply(change);
      break;
    case 'rows':
      table.receive(message);
      break;
    case 'detail':
    case 'noDetail':
      selected.receive(message);
      break;
    case 'timeline':
    case 'jumpTo':
      timeline.receive(message);
      break;
    case 'wire':
      wire.receive(message.generation, message.from, message.lines);
      break;
    case 'badFilter':
      toolbar.showProblem(message.reason);
      break;
    case 'badRequest':
      request.showProblem(message.reason, message.inFields);
      break;
    default:
      secrets.receive(message);
  }
}

function apply(change: Change): void {
  switch (change.type) {
    case 'status':
      [status, receivedAt] = [change.status, performance.now()];
      showStatus(status);
      break;
    case 'history':
      showHistory(change.history);
      break;
    case 'redirects':
      showRedirects(change.redirects);
      break;
    case 'findings':
      findings.show(change.findings);
      break;
    default:
      responseView.receive(change);
      if (change.type === 'response') views.noteResponse(change);
  }
}

function showStatus(message: StreamStatus): void {
  const status = isGone ? withoutHost(message) : message;
  state = status.state;
  request.showStatus(status);
  line.showStatus(status, receivedAt);
  waysOn.show(status);
  for (const view of [responseView, wire]) view.showStatus(status, isGone);
  toolbar.showRecording(status.recording, isGone);
  drawEmpty();
}

function showHistory(shown: HistoryState): void {
  if (shown.cleared > (history?.cleared ?? 0)) {
    for (const part of [table, wire, timeline]) part.clear();
    selected.clear(shown.cleared);
  }
  history = shown;
  kept.noteEvents(shown, status);
  line.showHistory(shown);
  for (const part of [toolbar, table, wire, timeline]) part.show(shown);
  drawEmpty();
}
