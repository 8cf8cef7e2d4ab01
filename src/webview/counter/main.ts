// Script of the counter's page: shows the stream, and passes the buttons' commands to the extension.
import '@vscode-elements/elements/dist/vscode-button/index.js';
import type {
  CounterCommand,
  CounterPageState,
  CounterStrings,
  FromCounterPage,
  RelayEvent,
  ToCounterPage,
} from '../../messages/counter';
import { withCodes } from '../../text/foreignText';
import { PIECE_COST, shorten } from '../../text/textCost';
import { Countdown } from '../shared/countdown';
import { element, format, onCommand, onHostMessage, setText, useKeyboard } from '../shared/dom';
import { HostWatch, showGone } from '../shared/hostWatch';
import { LiveStream, type StreamState, type TransportHandlers } from './liveStream';

declare function acquireVsCodeApi(): {
  postMessage(message: FromCounterPage): void;
  setState(state: CounterPageState): void;
};

/** Time between two counts of the panel's stream, in milliseconds. */
const INTERVAL = 1000;
/** Number of counts after which one is announced to screen readers. */
const SAID_EVERY = 30;
/** Matches data of our server; anything else comes from another program. */
const COUNT = /^\d{1,15}$/;

const vscode = acquireVsCodeApi();
const strings = JSON.parse(document.body.dataset['strings'] ?? '') as CounterStrings;
const count = element('count');
const state = element('state');
const countdown = new Countdown(element('countdown'), strings.countdown);
let stream: LiveStream | undefined;
let relay: TransportHandlers | undefined;
let streamState: StreamState = { name: 'connecting' };
/** Time of the next attempt, as `performance.now()` counts. */
let reconnectAt = 0;
let isHostLate = false;

const ready = () =>
  vscode.postMessage({ type: 'ready', page: document.body.dataset['page'] ?? '', origin: self.origin });
const parts = [...document.querySelectorAll<HTMLElement>('main > :not(#gone, h1)')];
const watch = new HostWatch({
  ask: () => vscode.postMessage({ type: 'ping' }),
  onLate: (isLate) => {
    isHostLate = isLate;
    if (stream) drawStream();
  },
  onGone: () => {
    // The host's server has ended with it, and another program may have the port by now.
    end();
    showGone(parts, { panel: 'sseCounter', states: [{}] });
  },
  onBack: () => {
    showGone(parts);
    // The state of the server will be sent.
    show('late', strings.late);
    ready();
  },
});

useKeyboard();
onHostMessage(receive);
onCommand<CounterCommand>((command) => vscode.postMessage({ type: 'command', command }));
element('reconnect').addEventListener('click', () => stream?.reconnect());
ready();

function receive(message: ToCounterPage): void {
  watch.heard();
  switch (message.type) {
    case 'starting':
      show('connecting', strings.connecting);
      break;
    case 'running':
      element('address').textContent = message.address;
      element('note').textContent = withCodes(message.note ?? '');
      element('copied').textContent = '';
      document.body.dataset['running'] = '';
      vscode.setState({ stopped: false });
      connect(message.streamUrl, message.firstAttempt);
      break;
    case 'copied':
      setText(element('copied'), withCodes(message.note));
      break;
    case 'connections':
      showConnections(message.count);
      break;
    case 'relay':
      passOn(message.event);
      break;
    case 'stopped':
      vscode.setState({ stopped: true });
      end(message.reason);
      break;
    case 'ended':
      end();
  }
}

function connect(url: string, firstAttempt: number): void {
  stream?.close();
  stream = new LiveStream(url, {
    firstAttempt,
    interval: INTERVAL,
    relay: openRelay,
    confirm: (goOn) => watch.confirm(goOn),
    onState: showStream,
    onData: showCount,
    onLost: () => vscode.postMessage({ type: 'lost' }),
  });
}

/** Opens the way through the extension host, which reads the stream and posts its events. */
function openRelay(attempt: number, handlers: TransportHandlers): () => void {
  relay = handlers;
  vscode.postMessage({ type: 'relay', attempt });
  return () => {
    relay = undefined;
    vscode.postMessage({ type: 'relay' });
  };
}

function passOn(event: RelayEvent): void {
  if (event.name === 'open') relay?.onOpen();
  else if (event.name === 'message') relay?.onData(event.data);
  else relay?.onError(event.reason);
}

function end(reason?: string): void {
  stream?.close();
  stream = undefined;
  delete document.body.dataset['running'];
  show('stopped', strings.stopped, reason);
}

function showCount(data: string): void {
  if (!COUNT.test(data)) return;
  count.textContent = data;
  // Not announced while the user works in another window.
  if (Number(data) % SAID_EVERY === 0 && document.hasFocus())
    element('said').textContent = format(strings.counted, data);
}

function showConnections(number: number): void {
  element('connections').textContent = format(number === 1 ? strings.oneConnection : strings.connections, number);
}

function showStream(shown: StreamState): void {
  streamState = shown;
  if (shown.name === 'reconnecting') reconnectAt = performance.now() + shown.seconds * 1000;
  // A new connection starts a new count.
  if (shown.name === 'live' || shown.name === 'relayed') count.textContent = '0';
  drawStream();
}

function drawStream(): void {
  // The server runs in the extension host, so a late host matters more than the stream's last state.
  const { name } = streamState;
  if (isHostLate) show('late', strings.late);
  else show(name, strings[name], name === 'refused' ? streamState.reason : undefined);
}

/** Shows a state; the stylesheet shows the matching parts. */
function show(name: StreamState['name'] | 'stopped' | 'late', text: string, reason = ''): void {
  document.body.dataset['state'] = name;
  setText(state, text);
  countdown.show(name === 'reconnecting' ? reconnectAt : undefined);
  element('reason').textContent = withCodes(shorten(reason, PIECE_COST));
  element('reconnect').textContent = name === 'refused' ? strings.retry : strings.reconnect;
}
