// Messages of a panel's page are validated, because a compromised page can send anything.

import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import type { Uri } from 'vscode';
import { CounterPanel } from '../../../../src/extension/counter/counterPanel';
import { MAX_TEXT } from '../../../../src/extension/inspector/form/formSchema';
import { openInspectorPanel } from '../../../../src/extension/inspector/inspectorPanel';
import { MockPanel } from '../../../../src/extension/mock/mockPanel';
import type { Log } from '../../../../src/extension/shared/output/log';
import { type FakePanel, Uri as FakeUri, fake } from '../../../support/vscode/index';

const extensionUri = new FakeUri('/extension') as unknown as Uri;
const log: string[] = [];
const told: unknown[] = [];
/** Number of times that a page was taken for loaded. */
let loads = 0;

beforeEach(() => {
  log.length = 0;
  told.length = 0;
  loads = 0;
  fake.panels.length = 0;
});

const options = {
  extensionUri,
  log: { warn: (text: string) => void log.push(text) } as unknown as Log,
  onReady: () => {
    loads += 1;
  },
  onMessage: (message: unknown) => void told.push(message),
  onVisible: () => undefined,
  onViewState: () => undefined,
  onDispose: () => undefined,
};
const form = {
  method: 'GET',
  url: 'http://a/',
  headers: '',
  body: '',
  lastEventId: '',
  insecure: false,
  reconnect: true,
};

const openers: Record<string, () => unknown> = {
  inspector: () => openInspectorPanel(options),
  mock: () => new MockPanel({ ...options, name: 'a.sse' }),
  counter: () =>
    new CounterPanel({
      ...options,
      onCommand: (command) => void told.push(command),
      onLost: () => void told.push('lost'),
      onRelay: (attempt) => void told.push(attempt),
    }),
};

/** Opens a panel. Returns a function that sends a message of its page. */
function open(kind: keyof typeof openers): (message: unknown) => void {
  openers[kind]?.();
  const panel = fake.panels.at(-1) as unknown as FakePanel<unknown, unknown>;
  panel.load();
  return (message) => panel.say(message);
}

/** Objects whose fields can't be read, or can be read forever. */
const cyclic: Record<string, unknown> = { type: 'connect' };
cyclic['form'] = cyclic;

test.each([
  undefined,
  null,
  0,
  'connect',
  [],
  {},
  { type: 1 },
  { type: '__proto__' },
  { type: 'constructor' },
  { type: 'connect' },
  { type: 'connect', form: null },
  { type: 'connect', form: {} },
  { type: 'connect', form: { ...form, url: {} } },
  { type: 'connect', form: { ...form, headers: undefined } },
  { type: 'connect', form: { ...form, insecure: 'yes' } },
  { type: 'connect', form: { ...form, url: 'x'.repeat(MAX_TEXT + 1) } },
  { type: 'connect', form: { ...form, headers: 'x'.repeat(MAX_TEXT + 1) } },
  { type: 'connect', form: { ...form, body: 'x'.repeat(MAX_TEXT + 1) } },
  { type: 'rows', generation: 1, from: -1, to: 5 },
  { type: 'rows', generation: 1, from: 0, to: Number.POSITIVE_INFINITY },
  { type: 'rows', generation: 1, from: 0.5, to: 5 },
  { type: 'select', number: '1' },
  { type: 'select', number: Number.NaN },
  { type: 'filter', text: 'x'.repeat(10_001), isRegExp: true, event: '' },
  { type: 'filter', text: null, isRegExp: true, event: '' },
  { type: 'save', format: '../../etc' },
  { type: 'pause', paused: 1 },
  { type: 'ready', page: 5 },
  { type: 'ready', page: 'x'.repeat(101) },
  { type: 'command', command: 'workbench.action.terminal.new' },
  { type: 'drop', id: 0 },
  { type: 'refuse', times: -1 },
  { type: 'relay', attempt: '1' },
  cyclic,
  new Map([['type', 'connect']]),
])('malformed message %# is logged, and nothing else', (message) => {
  for (const kind of Object.keys(openers)) {
    log.length = 0;
    open(kind)(message);
    expect(told).toEqual([]);
    expect(log).toHaveLength(1);
  }
});

test.each([
  ['inspector', { type: 'connect', form }],
  ['inspector', { type: 'edited', form: { ...form, url: 'x'.repeat(MAX_TEXT) }, done: true }],
  ['inspector', { type: 'rows', generation: 0, from: 0, to: 10 }],
  ['inspector', { type: 'filter', text: '', isRegExp: false, event: '' }],
  ['inspector', { type: 'save', format: 'sse' }],
  ['inspector', { type: 'disconnect' }],
  ['mock', { type: 'command', command: 'copyPublish' }],
  ['mock', { type: 'refuse', times: 100 }],
  ['mock', { type: 'drop', id: 1 }],
] as const)('the %s’s page may say %j', (kind, message) => {
  open(kind)(message);
  expect(told).toEqual([message]);
  expect(log).toEqual([]);
});

test('ten malformed messages of a page are logged, without their content', () => {
  const say = open('inspector');
  for (let n = 0; n < 100; n += 1) say({ type: 'connect', form: { ...form, body: 1, headers: 's3cret' } });
  expect(log).toHaveLength(10);
  expect(log.join()).not.toContain('s3cret');
});

test('a ping of the page gets a response', () => {
  const say = open('mock');
  const panel = fake.panels.at(-1) as unknown as FakePanel<{ type: string }, unknown>;
  say({ type: 'ping' });
  expect(panel.posted.at(-1)).toEqual({ type: 'pong' });
});

test.each([
  ['inspector', { type: 'rows', generation: 0, from: 0, to: 10 }, { atOnce: 500, perSecond: 500 }],
  ['inspector', { type: 'openData', number: 1 }, { atOnce: 20, perSecond: 10 }],
  ['inspector', { type: 'find', text: 'a', isRegExp: false, place: 'wire', from: 0 }, { atOnce: 20, perSecond: 10 }],
  ['inspector', { type: 'connect', form }, { atOnce: 20, perSecond: 10 }],
  ['inspector', { type: 'dismissFinding', key: 'a' }, { atOnce: 20, perSecond: 10 }],
  ['inspector', { type: 'restoreFindings' }, { atOnce: 20, perSecond: 10 }],
  ['mock', { type: 'publish', event: '', id: '', data: '' }, { atOnce: 20, perSecond: 10 }],
  ['mock', { type: 'command', command: 'runCurl' }, { atOnce: 20, perSecond: 10 }],
  ['counter', { type: 'command', command: 'openInBrowser' }, { atOnce: 20, perSecond: 10 }],
  ['counter', { type: 'relay', attempt: 1 }, { atOnce: 20, perSecond: 10 }],
  ['counter', { type: 'lost' }, { atOnce: 20, perSecond: 10 }],
] as const)(
  'of 100,000 messages of the %s’s page that say %j, a bounded number is handled, and the flood is logged once',
  (kind, message, { atOnce, perSecond }) => {
    vi.useFakeTimers({ toFake: ['performance'] });
    onTestFinished(() => void vi.useRealTimers());
    const say = open(kind);
    vi.advanceTimersByTime(1000);
    for (let n = 0; n < 100_000; n += 1) say(message);
    expect(told).toHaveLength(atOnce);
    expect(log).toEqual(['A page sends too many messages: some are ignored.']);
    // The flood has used up what all messages have.
    vi.advanceTimersByTime(500);
    for (let n = 0; n < 1000; n += 1) say(message);
    expect(told).toHaveLength(atOnce + perSecond / 2);
    expect(log).toHaveLength(1);
  },
);

test.each(['inspector', 'counter'] as const)(
  'a page of the %s that says 100,000 times that it has loaded is sent all that it shows a bounded number of times',
  (kind) => {
    vi.useFakeTimers({ toFake: ['performance'] });
    onTestFinished(() => void vi.useRealTimers());
    openers[kind]?.();
    const panel = fake.panels.at(-1) as unknown as FakePanel<unknown, unknown>;
    for (let n = 0; n < 100_000; n += 1) panel.load();
    expect(loads).toBe(20);
    expect(log).toEqual(['A page sends too many messages: some are ignored.']);
    vi.advanceTimersByTime(1000);
    panel.load();
    expect(loads).toBe(21);
  },
);

test('a page that loads behind twenty clicks is sent what it shows', () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  onTestFinished(() => void vi.useRealTimers());
  const say = open('counter');
  const before = loads;
  for (let n = 0; n < 20; n += 1) say({ type: 'lost' });
  (fake.panels.at(-1) as unknown as FakePanel<unknown, unknown>).load();
  expect(loads).toBe(before + 1);
});

test('a panel that was closed meanwhile isn’t brought to the front, which VS Code refuses with an error', () => {
  const page = openInspectorPanel(options);
  const panel = fake.panels.at(-1) as unknown as FakePanel<unknown, unknown>;
  panel.dispose();
  expect(() => panel.reveal()).toThrow('Webview is disposed');
  page.reveal();
});
