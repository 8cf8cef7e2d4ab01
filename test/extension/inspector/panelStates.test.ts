// The inspector's line in every state of a stream and after every command: no part of it contradicts another.
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { Inspection } from '../../../src/client/inspection';
import type { InspectionStatus } from '../../../src/client/inspectionStatus';
import { InspectorPresenter } from '../../../src/extension/inspector/inspectorPresenter';
import { inspectorStrings } from '../../../src/extension/inspector/inspectorStrings';
import { RequestMaker } from '../../../src/extension/inspector/requestMaker';
import type { StreamStatus, ToInspectorPage } from '../../../src/messages/inspector';
import { ReadingLimit } from '../../../src/turns/readingLimit';
import { Turns } from '../../../src/turns/turns';
import { ConnectionLine } from '../../../src/webview/inspector/connectionLine';
import { withoutHost } from '../../../src/webview/inspector/goneStatus';
import { NextStepButton } from '../../../src/webview/inspector/nextStep';
import { apart, type Told } from '../../support/client/toldChanges';
import { FakePage } from '../../support/page/fakePage';

const STREAM = { 'Content-Type': 'text/event-stream' };
const EVENTS = 'retry: 60000\nid: 7\ndata: a\n\nid: 8\ndata: b\n\n';
const strings = inspectorStrings();

interface Situation {
  response?: RequestListener;
  method?: string;
  reconnect?: boolean;
  state: InspectionStatus['state'];
  /** Action that leads to the state. */
  act?: (panel: Panel) => void;
  /** Whether the state is reached. */
  isThere?: (panel: Panel) => boolean;
}

const open: RequestListener = (_, response) => void response.writeHead(200, STREAM).write(EVENTS);
const endless: RequestListener = (_, response) =>
  void response.writeHead(200, { 'Content-Type': 'text/plain' }).write('a');
const hasEvents = ({ inspection }: Panel) => inspection.history.count > 0;

const SITUATIONS: Record<string, Situation> = {
  'nothing was asked for': { state: 'idle' },
  'no answer has come yet': { response: () => undefined, state: 'connecting' },
  'a stream is open': { response: open, state: 'open', isThere: hasEvents },
  'a stream is open, before its first event': {
    response: (_, r) => void r.writeHead(200, STREAM).flushHeaders(),
    state: 'open',
  },
  'a stream was left': {
    response: open,
    state: 'open',
    isThere: hasEvents,
    act: ({ maker }) => maker.leave(),
  },
  'a stream is waited for': { response: (_, r) => r.writeHead(200, STREAM).end(EVENTS), state: 'waiting' },
  'a stream that broke in mid-event is waited for': {
    response: (_, r) => r.writeHead(200, STREAM).end(`${EVENTS}data: half`),
    state: 'waiting',
  },
  'no server is there, and it is waited for': { state: 'waiting', method: 'GET' },
  'no server is there': { state: 'failed', method: 'POST' },
  'a stream has ended': { response: (_, r) => r.writeHead(200, STREAM).end(EVENTS), state: 'ended', reconnect: false },
  'there is nothing more to come': { response: (_, r) => r.writeHead(204).end(), state: 'ended' },
  'an answer is no stream': {
    response: (_, r) => r.writeHead(404, { 'Content-Type': 'text/plain' }).end('no'),
    state: 'answered',
    isThere: ({ inspection }) => !inspection.running,
  },
  'an answer that is no stream goes on': {
    response: endless,
    state: 'answered',
    isThere: ({ inspection }) => inspection.body.size > 0,
  },
};

const COMMANDS: Record<string, (panel: Panel) => void> = {
  'nothing more': () => undefined,
  'Disconnect': ({ maker }) => maker.leave(),
  'Disconnect, twice': ({ maker }) => {
    maker.leave();
    maker.leave();
  },
  'Connect': (panel) => panel.connect(),
  'Reconnect Now': ({ inspection }) => inspection.reconnectNow(),
  'Reconnect unchecked': ({ inspection }) => {
    inspection.reconnect = false;
  },
  'Clear': ({ inspection }) => inspection.clear(),
  'Pause': ({ inspection }) => inspection.view.pause(true),
  'a filter': ({ inspection }) => inspection.view.filter({ event: '', text: 'a', isRegExp: false }),
  'the extension host gone': (panel) => {
    panel.isGone = true;
  },
  'the panel closed': ({ inspection, maker }) => {
    inspection.close();
    maker.close();
  },
};

/** Parts of a panel that show a stream's state, and their sources. */
class Panel {
  readonly inspection: Inspection;
  readonly page = new FakePage();
  isGone = false;
  readonly #url: string;
  readonly #situation: Situation;
  readonly maker: RequestMaker;
  readonly #line = new ConnectionLine(strings);
  readonly #nextStep = new NextStepButton(strings, () => undefined, {
    hasAuthorization: false,
    editAuthorization: () => undefined,
  });
  readonly #shown: InspectorPresenter;
  #told: Told[] = [];

  constructor(url: string, situation: Situation) {
    [this.#url, this.#situation] = [url, situation];
    this.inspection = new Inspection(() => this.#shown.show());
    const reading = new ReadingLimit(new Turns());
    this.maker = new RequestMaker(this.inspection, { info: () => undefined } as never, reading);
    const post = (message: ToInspectorPage) => void this.#told.push(...apart([message]));
    this.#shown = new InspectorPresenter({
      panel: { visible: true, post } as never,
      inspection: this.inspection,
      turns: new Turns(),
      secrets: { of: async () => [] } as never,
      requests: this.maker,
    });
  }

  connect(): void {
    const { method = 'GET', reconnect = method === 'GET' } = this.#situation;
    const masked = { method, url: this.#url, headers: [], insecure: true };
    const secretParts = { headers: [], body: false, values: [] };
    this.maker.make({ masked, plain: masked, secretParts, lastEventId: '', reconnect });
  }

  /** Draws, and resolves with the status when nothing is pending. */
  async settle(): Promise<StreamStatus> {
    for (let rounds = 0; rounds < 20; rounds += 1) {
      await turn();
      vi.advanceTimersByTime(120);
    }
    this.#shown.show();
    const told = <T extends Told['type']>(type: T) =>
      this.#told.findLast((one): one is Extract<Told, { type: T }> => one.type === type);
    const [status, history] = [told('status')?.status, told('history')?.history];
    if (!status || !history) throw new Error('The page was told nothing.');
    const shown = this.isGone ? withoutHost(status) : status;
    this.#line.showStatus(shown);
    this.#line.showHistory(history);
    this.#nextStep.show(shown);
    this.page.frame();
    return shown;
  }
}

/** Returns the parts of the line that don't match its state, or what has arrived. */
function contradictions({ page, inspection, isGone }: Panel, { running }: StreamStatus): string[] {
  const element = (id: string) => page.getElementById(id);
  const state = element('connection').dataset['state'] as StreamStatus['state'];
  const [facts, reason] = [page.text('facts'), page.text('reason')];
  const { history, view } = inspection;
  const kept = history.count - history.cleared;
  const isIn = (...states: StreamStatus['state'][]) => states.includes(state);
  const hasAnswer = inspection.status.response !== undefined;
  const rules: Record<string, boolean> = {
    'the word is that of the state': page.text('state') === strings.states[state],
    'Reconnect Now is there while it waits': !element('waiting').hidden === isIn('waiting'),
    'seconds are counted while it waits': /^Reconnecting in \d+ s$/.test(page.text('countdown')) === isIn('waiting'),
    'Disconnect is there while something runs':
      running === (isIn('connecting', 'open', 'waiting') || (isIn('answered') && inspection.running && !isGone)),
    'a rate is that of an open stream': / \d+\/s/.test(facts) === isIn('open'),
    'times are those of an answer': /headers \d/.test(facts) === hasAnswer,
    'a first event is one that is kept': !/first event/.test(facts) || (hasAnswer && kept > 0),
    'a body is that of an answer that is no stream': /body \d/.test(facts) === isIn('answered'),
    'what is counted is what is kept':
      !/\d event/.test(facts) ||
      new RegExp(`(^| )${kept} events? · ${kept === 0 && history.bytesSinceClear === 0 ? 0 : '\\d'}`).test(facts),
    'all that is kept has a row, or is held back or filtered': view.rows + view.pending <= kept,
    'a reason is why it isn’t open':
      (isGone && isIn('ended')) || (reason !== '') === isIn('waiting', 'answered', 'ended', 'failed'),
    'an offer is about what has failed': element('nextStep').hidden || isIn('answered', 'failed'),
    'of http, no certificate is said not to be looked at': element('notVerified').hidden,
    'an id is said where there is one': facts.includes('Last-Event-ID') === (inspection.status.lastEventId !== ''),
  };
  return Object.entries(rules).flatMap(([rule, holds]) => (holds ? [] : [rule]));
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'] });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function panelIn(situation: Situation): Promise<Panel> {
  const server = createServer(situation.response ?? (() => undefined));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  onTestFinished(close);
  if (!situation.response) close();
  const panel = new Panel(`http://127.0.0.1:${port}/`, situation);
  onTestFinished(() => panel.inspection.close());
  if (situation.state !== 'idle') panel.connect();
  const isThere = () => panel.inspection.status.state === situation.state && (situation.isThere?.(panel) ?? true);
  while (!isThere()) await turn();
  situation.act?.(panel);
  return panel;
}

const CASES = Object.keys(SITUATIONS).flatMap((name) =>
  Object.keys(COMMANDS).map((command) => [name, command] as const),
);

test.each(['a stream has ended', 'there is nothing more to come', 'no server is there', 'an answer is no stream'])(
  '%s: a Disconnect that comes late, or twice, changes nothing of what is said',
  async (name) => {
    const panel = await panelIn(SITUATIONS[name] as Situation);
    await panel.settle();
    const said = () => ['state', 'reason', 'facts'].map((id) => panel.page.text(id));
    const before = said();
    COMMANDS['Disconnect, twice']?.(panel);
    await panel.settle();
    expect(said()).toEqual(before);
  },
);

test.each(CASES)(
  '%s, then %s: nothing that the line says contradicts another part of it, and nothing is left running',
  async (name, command) => {
    const panel = await panelIn(SITUATIONS[name] as Situation);
    expect(contradictions(panel, await panel.settle())).toEqual([]);
    COMMANDS[command]?.(panel);
    const status = await panel.settle();
    const isClosed = command === 'the panel closed';
    if (!isClosed) expect(contradictions(panel, status)).toEqual([]);
    // The wait and its countdown, or the watch of our own event loop; if the host is gone, its timers are gone with it.
    const timers = status.state === 'waiting' ? (isClosed ? 1 : 2) : status.running && !isClosed ? 1 : 0;
    if (!panel.isGone) expect(vi.getTimerCount()).toBeLessThanOrEqual(timers);
  },
);
