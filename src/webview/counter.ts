// The counter panel's script: shows what the stream says, and passes the buttons' commands to the extension.
import '@vscode-elements/elements/dist/vscode-button/index.js';
import type { CounterCommand, CounterStrings, FromCounterPage, ToCounterPage } from '../messages';
import { LiveStream, type StreamState } from './liveStream';

declare function acquireVsCodeApi(): { postMessage(message: FromCounterPage): void };

const vscode = acquireVsCodeApi();
const strings = JSON.parse(document.body.dataset['strings'] ?? '') as CounterStrings;
const count = element('count');
const state = element('state');
let stream: LiveStream | undefined;

window.addEventListener('message', ({ data }: MessageEvent<ToCounterPage>) => receive(data));
for (const button of document.querySelectorAll<HTMLElement>('[data-command]')) {
  const command = button.dataset['command'] as CounterCommand;
  button.addEventListener('click', () => vscode.postMessage({ type: 'command', command }));
}
vscode.postMessage({ type: 'ready', page: document.body.dataset['page'] ?? '', origin: self.origin });

function receive(message: ToCounterPage): void {
  switch (message.type) {
    case 'starting':
      element('reason').textContent = '';
      show('connecting', strings.connecting);
      break;
    case 'running':
      element('address').textContent = message.address;
      document.body.dataset['running'] = '';
      connect(message.streamUrl);
      break;
    case 'connections':
      showConnections(message.count);
      break;
    case 'stopped':
      stream?.close();
      delete document.body.dataset['running'];
      element('reason').textContent = message.reason ?? '';
      show('stopped', strings.stopped);
  }
}

function connect(url: string): void {
  stream?.close();
  stream = new LiveStream(url, {
    onState: showStream,
    onData: (data) => {
      count.textContent = data;
    },
  });
}

function showConnections(number: number): void {
  element('connections').textContent = format(number === 1 ? strings.oneConnection : strings.connections, number);
}

function showStream(streamState: StreamState): void {
  const text = strings[streamState.name];
  // A new connection is a new count.
  if (streamState.name === 'live') count.textContent = '0';
  show(streamState.name, streamState.name === 'reconnecting' ? format(text, streamState.seconds) : text);
}

/** The stylesheet shows for each state what belongs to it. */
function show(name: StreamState['name'] | 'stopped', text: string): void {
  document.body.dataset['state'] = name;
  state.textContent = text;
}

function format(template: string, number: number): string {
  return template.replace('{0}', String(number));
}

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no #${id}.`);
  return found;
}
