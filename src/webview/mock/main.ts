// Script of a served file's page: shows the state that the extension sends, and passes on the user's actions.
import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-checkbox/index.js';
import type { VscodeButton } from '@vscode-elements/elements/dist/vscode-button/vscode-button.js';
import type { VscodeCheckbox } from '@vscode-elements/elements/dist/vscode-checkbox/vscode-checkbox.js';
import type {
  FileState,
  FromMockPage,
  MockAction,
  MockPageState,
  MockStrings,
  PlayState,
  RequestsState,
  ServerState,
  ToMockPage,
} from '../../messages/mock';
import { withCodes } from '../../text/foreignText';
import {
  element,
  format,
  moveFocus,
  onCommand,
  oncePerFrame,
  onHostMessage,
  setText,
  useKeyboard,
} from '../shared/dom';
import { HostWatch, showGone } from '../shared/hostWatch';
import { countText, durationText } from '../shared/quantities';
import { ConnectionTable } from './connectionTable';
import { ProblemLine } from './problemLine';
import { ProxyCures } from './proxyCures';
import { PublishForm } from './publishForm';
import { RefusalForm } from './refusalForm';
import { RequestTable } from './requestTable';
import { StreamTable } from './streamTable';

declare function acquireVsCodeApi(): {
  postMessage(message: FromMockPage): void;
  setState(state: MockPageState): void;
  getState(): MockPageState | undefined;
};

const vscode = acquireVsCodeApi();
const post = (message: FromMockPage) => vscode.postMessage(message);
const strings = JSON.parse(document.body.dataset['strings'] ?? '') as MockStrings;
const startStop = element<VscodeButton>('startStop');
const shared = element<VscodeCheckbox>('shared');
const speed = element<HTMLSelectElement>('speed');
const table = new ConnectionTable({ strings, onDrop: (id) => post({ type: 'drop', id }) });
const cures = new ProxyCures(strings.copied, (proxy) => post({ type: 'copyCure', proxy }));
const refusals = new RefusalForm(strings, (times) => post({ type: 'refuse', times }));
const publication = new PublishForm(strings, post);
const requestTable = new RequestTable(strings, post);
const streamTable = new StreamTable(strings, post);
const openFile = () => post({ type: 'command', command: 'openFile' });
const [reasonLine, problemLine] = [
  new ProblemLine('reason', strings.goToLine, openFile),
  new ProblemLine('problem', strings.goToLine, openFile),
];

let server: ServerState = { state: 'starting' };
let file: FileState | undefined;
let play: PlayState | undefined;
let requests: RequestsState | undefined;
/** Whether the extension host is gone, and the server with it. */
let isGone = false;
/** State that VS Code keeps. It is also available to a page that was rebuilt after the host was lost. */
let kept = vscode.getState();

const draw = oncePerFrame(drawNow);
const ready = () => post({ type: 'ready', page: document.body.dataset['page'] ?? '' });
const parts = [...document.querySelectorAll<HTMLElement>('main > :not(#gone, h1)')];
const watch = new HostWatch({
  ask: () => post({ type: 'ping' }),
  onGone: () => {
    isGone = true;
    showGone(parts, { panel: 'sseCounter.replay', states: kept ? [kept] : [] });
    draw();
  },
  onBack: () => {
    isGone = false;
    draw();
    showGone(parts);
    ready();
  },
});

useKeyboard();
onHostMessage(receive);
onCommand<MockAction>((command) => post({ type: 'command', command }));
startStop.addEventListener('click', () => {
  post({ type: 'command', command: server.state === 'stopped' ? 'start' : 'stop' });
});
element('file').addEventListener('click', openFile);
element('pause').addEventListener('click', () => post({ type: 'pause', paused: !play?.paused }));
element('restart').addEventListener('click', () => post({ type: 'restart' }));
element('dropAll').addEventListener('click', () => post({ type: 'dropAll' }));
shared.addEventListener('change', () => post({ type: 'share', shared: shared.checked }));
speed.addEventListener('change', () => post({ type: 'speed', speed: Number(speed.value) }));
ready();

function receive(message: ToMockPage): void {
  watch.heard();
  switch (message.type) {
    case 'server':
      server = message.server;
      // The next server will send its own.
      if (server.state !== 'serving') [play, requests] = [play && withoutServer(play), undefined];
      break;
    case 'file':
      if (isMended(message.file)) server = { state: 'stopped' };
      file = message.file;
      break;
    case 'play':
      play = message.play;
      break;
    case 'requests':
      requests = message.requests;
      break;
    case 'keep':
      kept = message.state;
      vscode.setState(message.state);
      break;
    case 'copied':
      cures.showCopied(message.proxy);
      break;
    case 'published':
      publication.showPublished(message.connections);
      return;
    case 'ended':
      server = { state: 'stopped' };
  }
  draw();
}

/** Whether the problem for which the server could not start has been fixed in the file. */
function isMended({ problem }: FileState): boolean {
  if (server.state !== 'stopped' || server.reason === undefined) return false;
  return server.reason === file?.problem && server.reason !== problem;
}

/** Returns the state without a server: nothing is played, and there are no connections. */
function withoutServer({ shared, speed }: PlayState): PlayState {
  return { paused: false, shared, speed, refusals: 0, connections: [], connectionCount: 0 };
}

function drawNow(): void {
  const shown: ServerState = isGone && server.state !== 'stopped' ? { state: 'stopped' } : server;
  drawServer(shown);
  if (file) drawFile(file, shown);
  const isServing = shown.state === 'serving';
  if (play) drawPlay(isServing ? play : withoutServer(play), isServing);
  // The kept state is the one that will be served again, not the last click.
  if (isGone && kept) [shared.checked, speed.value] = [kept.shared, String(kept.speed ?? 1)];
}

function drawServer(server: ServerState): void {
  const { state } = server;
  const shown = state === 'serving' && play?.paused ? 'paused' : state;
  // The stylesheet shows a shape for each state, and the matching parts.
  document.body.dataset['state'] = shown;
  setText(element('state'), strings[shown]);
  const reason = (server.state === 'stopped' && server.reason) || '';
  reasonLine.show(withCodes(reason), file?.hasError === true && file.problem === reason);
  setText(startStop, state === 'stopped' ? strings.start : strings.stop);
  startStop.secondary = state !== 'stopped';
  if (server.state === 'serving') {
    setText(element('address'), server.address);
    setText(element('note'), withCodes(server.note ?? ''));
    setText(element('publish'), server.publish);
  } else {
    for (const hidden of document.querySelectorAll('.while-serving')) moveFocus(hidden, startStop);
  }
}

function drawFile(shown: FileState, server: ServerState): void {
  const { script } = shown;
  const facts = script
    ? [
        format(script.events === 1 ? strings.oneEvent : strings.events, countText(script.events)),
        durationText(script.duration),
        script.method,
      ]
    : [];
  setText(element('facts'), facts.join(' · '));
  streamTable.show(shown.folder);
  publication.showStreams(shown.folder?.streams);
  // The stylesheet hides what is for a single stream.
  document.body.dataset['kind'] = shown.folder ? 'folder' : 'file';
  drawProblem(shown, server);
  // The stylesheet hides Open in Browser for a POST, because a page requests a stream by GET.
  document.body.dataset['method'] = script?.method ?? 'GET';
}

function drawProblem({ problem, hasError = false, note = '' }: FileState, server: ServerState): void {
  const isSaid = server.state === 'stopped' && server.reason === problem;
  const stillServing = hasError ? strings.stillServing : strings.unreadable;
  if (problem === undefined || isSaid) problemLine.show(withCodes(note), false);
  else problemLine.show(withCodes(problem), hasError, server.state === 'serving' ? stillServing : undefined);
}

/** @param isServing whether a server is playing it */
function drawPlay(shown: PlayState, isServing: boolean): void {
  const { connectionCount: count } = shown;
  setText(element('pause'), shown.paused ? strings.resume : strings.pause);
  [shared.checked, speed.value] = [shown.shared, String(shown.speed)];
  refusals.show(shown.refusals, isServing);
  const { noConnections, oneConnection, connections } = strings;
  const text = count === 0 ? noConnections : format(count === 1 ? oneConnection : connections, countText(count));
  setText(element('connectionsHeading'), text);
  table.show(shown);
  requestTable.show(isServing ? requests : undefined);
}
