// The inspector's session with the messages of its page: with a real stream, and a double of VS Code.
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { answerTo, historyOf, inspectByHand, isOpen, serveByHand } from '../../support/inspector/inspectByHand';
import { EMPTY_FORM, formOf, InspectorBench, latest, statusOf } from '../../support/inspector/inspectors';
import { eventually } from '../../support/servers/testServer';
import { FakePanel } from '../../support/vscode/index';

test('the tab’s title is host and path, or a default without a URL', async () => {
  const bench = new InspectorBench();
  const { url, host } = await serveByHand();
  const panel = await bench.inspect(`${url}a/b?c=d`);
  expect(panel.title).toBe(`${host}/a/b`);
  const form = { ...formOf(panel), url: '' };
  expect(bench.restore({ id: 'a', form }).title).toBe('Event Stream');
  expect(bench.restore({ id: 'b', form: { ...form, url: 'half' } }).title).toBe('half');
});

test('a request is logged, and among the recent ones, only from its start on', async () => {
  const bench = new InspectorBench();
  const { url } = await serveByHand();
  const panel = bench.restore({ id: 'a', form: { ...formOf(await bench.inspect('http://127.0.0.1:9/')), url } });
  await eventually(() => bench.log.length === 1);
  expect(bench.log).toEqual(['Inspecting GET http://127.0.0.1:9/']);
  panel.say({ type: 'connect', form: formOf(panel) });
  await eventually(() => JSON.stringify(bench.memory.get('sseCounter.recentRequests') ?? '').includes(url));
  expect(bench.log).toContain(`Inspecting GET ${url}`);
});

test('a restored panel shows its form, and connects when the user says so', async () => {
  const { url, asked } = await serveByHand();
  const bench = new InspectorBench();
  const form = { method: 'GET', url, headers: 'A: b', body: '', lastEventId: '5', insecure: false, reconnect: false };
  const panel = bench.restore({ id: 'a', form });
  expect(latest(panel, 'form')).toEqual({ type: 'form', form, id: 'a' });
  expect(latest(panel, 'status')?.status).toMatchObject({ state: 'idle', running: false });
  panel.say({ type: 'connect', form });
  await statusOf(panel, isOpen);
  expect(asked).toHaveLength(1);
  expect(asked[0]?.headers).toMatchObject({ a: 'b', 'last-event-id': '5' });
});

test('a URL without a scheme is completed as in the input box: http for this machine', async () => {
  const { url, asked } = await serveByHand();
  const bench = new InspectorBench();
  const form = { method: 'GET', url: url.slice('http://'.length), headers: '', body: '', lastEventId: '' };
  const panel = bench.restore({ id: 'a', form: { ...form, insecure: false, reconnect: false } });
  panel.say({ type: 'connect', form: formOf(panel) });
  await statusOf(panel, isOpen);
  expect(asked).toHaveLength(1);
  expect(formOf(panel).url).toBe(url);
});

test('a form that can’t be sent gets a reason, which a new page receives too, until one can be sent', async () => {
  const { panel, asked, url } = await inspectByHand();
  const bad = { ...formOf(panel), url: 'ftp://a/' };
  const refusal = await answerTo(panel, { type: 'connect', form: bad }, 'badRequest');
  expect(refusal?.reason).toBe('The URL must start with http:// or https://.');
  panel.posted.length = 0;
  panel.load();
  expect(latest(panel, 'badRequest')).toEqual(refusal);
  panel.say({ type: 'connect', form: { ...bad, url } });
  await eventually(() => asked.length === 2);
  panel.posted.length = 0;
  panel.load();
  expect(latest(panel, 'badRequest')).toBeUndefined();
});

test('a response that isn’t valid HTTP is reported while it is being read', async () => {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => socket.write('HTTP/1.1 200 OK\nContent-Type: text/event-stream\n\ndata: a\n\n'));
  });
  onTestFinished(() => void server.close());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const panel = await new InspectorBench().inspect(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const { reason } = await statusOf(panel, isOpen);
  expect(reason).toMatch(/^Not valid HTTP: .+\. It is read anyway\.$/);
});

test('changes are sent to a visible page, and to a hidden one when it is shown again', async () => {
  const { panel, write, bench } = await inspectByHand('data: a\n\n');
  panel.show(false);
  panel.posted.length = 0;
  write('data: b\n\n');
  const second = await bench.inspect((await serveByHand()).url);
  await statusOf(second, isOpen);
  expect(panel.posted).toEqual([]);
  panel.show(true);
  await eventually(() => historyOf(panel)?.events === 2);
});

test('requested rows, lines and an event are sent', async () => {
  const { panel } = await inspectByHand('data: a\n\ndata: b\n\n');
  const rows = await answerTo(panel, { type: 'rows', generation: 0, from: 0, to: 9 }, 'rows');
  expect(rows?.rows.map(({ preview }) => preview)).toEqual(['a', 'b']);
  const wire = await answerTo(panel, { type: 'wire', generation: 0, from: 0, to: 2 }, 'wire');
  expect(wire?.lines).toEqual([{ text: 'data: a', time: expect.any(Number) }, { text: '' }]);
  expect(await answerTo(panel, { type: 'select', number: 2 }, 'detail')).toMatchObject({ data: 'b' });
});

test('a filter passes only matching events; an invalid regular expression is refused in words', async () => {
  const { panel } = await inspectByHand('data: a\n\ndata: b\n\ndata: ab\n\n');
  panel.say({ type: 'filter', text: 'b', isRegExp: false, event: '' });
  await eventually(() => historyOf(panel)?.rows === 2);
  const refused = await answerTo(panel, { type: 'filter', text: '(', isRegExp: true, event: '' }, 'badFilter');
  expect(refused?.reason).toContain('Invalid regular expression');
  panel.say({ type: 'filter', text: '', isRegExp: false, event: '' });
  await eventually(() => historyOf(panel)?.rows === 3);
});

test('an expression that takes too long is removed, with a message', async () => {
  const { panel } = await inspectByHand(`data: ${'a'.repeat(40)}!\n\n`);
  const told = await answerTo(panel, { type: 'filter', text: '(a+)+$', isRegExp: true, event: '' }, 'badFilter');
  expect(told?.reason).toBe('The regular expression is too slow and was not applied.');
  await eventually(() => historyOf(panel)?.rows === 1);
});

test('a pause keeps events pending; a new page has neither pause nor filter', async () => {
  const { panel, write } = await inspectByHand('data: a\n\n');
  panel.say({ type: 'pause', paused: true });
  write('data: b\n\n');
  await eventually(() => historyOf(panel)?.pending === 1);
  expect(historyOf(panel)?.rows).toBe(1);
  panel.say({ type: 'pause', paused: false });
  await eventually(() => historyOf(panel)?.pending === 0 && historyOf(panel)?.rows === 2);
  panel.say({ type: 'pause', paused: true });
  panel.say({ type: 'filter', text: 'none', isRegExp: false, event: '' });
  write('data: c\n\n');
  await eventually(() => historyOf(panel)?.events === 3);
  panel.load();
  expect(historyOf(panel)).toMatchObject({ rows: 3, pending: 0 });
});

test('Clear resets the counts, but the numbers continue', async () => {
  const { panel, write } = await inspectByHand('data: a\n\ndata: b\n\n');
  panel.say({ type: 'clear' });
  await eventually(() => historyOf(panel)?.rows === 0);
  expect(historyOf(panel)).toMatchObject({ events: 0, bytes: 0, cleared: 2 });
  write('data: c\n\n');
  await eventually(() => historyOf(panel)?.events === 1);
  expect(historyOf(panel)).toMatchObject({ rows: 1, evictedRows: 2, bytes: 9 });
});

test('Disconnect ends the request, and the form resumes where the stream was left, even at an id without an event', async () => {
  const { panel, write, streams } = await inspectByHand();
  write('id: 8\ndata: a\n\nid: 9\n\n');
  await statusOf(panel, ({ lastEventId }) => lastEventId === '9');
  panel.say({ type: 'disconnect' });
  expect(formOf(panel).lastEventId).toBe('9');
  await eventually(() => streams[0]?.destroyed === true);
  expect(await statusOf(panel, ({ state }) => state === 'idle')).toMatchObject({ running: false });
});

test('a stream that ends reports the reason, also that its last event was incomplete', async () => {
  const { panel, write, streams } = await inspectByHand();
  panel.say({ type: 'connect', form: { ...formOf(panel), reconnect: false } });
  await eventually(() => streams.length === 2);
  streams[1]?.end('data: a\n\n');
  const ended = await statusOf(panel, ({ state }) => state === 'ended');
  expect(ended).toMatchObject({ reason: 'The stream ended.', running: false });
  panel.say({ type: 'connect', form: { ...formOf(panel), reconnect: false } });
  await eventually(() => streams.length === 3);
  write('data: half');
  streams[2]?.end();
  const cut = await statusOf(panel, ({ reason }) => reason !== undefined && reason !== 'The stream ended.');
  expect(cut.reason).toBe('The stream ended. Its last event was incomplete and was discarded.');
});

test('Reconnect Now ends the wait for the next attempt', async () => {
  const { panel, write, streams, asked } = await inspectByHand();
  write('retry: 3600000\nid: 5\ndata: a\n\n');
  await statusOf(panel, ({ lastEventId }) => lastEventId === '5');
  streams[0]?.end();
  await statusOf(panel, ({ state }) => state === 'waiting');
  panel.say({ type: 'reconnectNow' });
  await statusOf(panel, ({ state, reconnects }) => state === 'open' && reconnects === 1);
  expect(asked[1]?.headers['last-event-id']).toBe('5');
});

test('the same request again continues the history; another one starts anew', async () => {
  const { panel, streams, url } = await inspectByHand('data: a\n\n');
  panel.say({ type: 'connect', form: formOf(panel) });
  await eventually(() => streams.length === 2);
  await statusOf(panel, isOpen);
  expect(historyOf(panel)?.rows).toBe(1);
  panel.say({ type: 'connect', form: { ...formOf(panel), url: `${url}other` } });
  await eventually(() => streams.length === 3 && historyOf(panel)?.rows === 0);
});

test('an edited form is stored masked, and used once the field is left', async () => {
  const { panel } = await inspectByHand();
  const edited = { ...formOf(panel), headers: 'Authorization: k', body: 'b' };
  const half = await answerTo(panel, { type: 'edited', form: edited, done: false }, 'keep');
  expect(half?.form).toMatchObject({ headers: 'Authorization: ', body: 'b' });
  panel.load();
  expect(formOf(panel).body).toBe('');
  const whole = await answerTo(panel, { type: 'edited', form: edited, done: true }, 'keep');
  expect(whole?.form).toMatchObject({ headers: 'Authorization: •••1', body: 'b' });
  panel.load();
  expect(formOf(panel)).toEqual(whole?.form);
});

test('an edited form of more than 1 MB isn’t examined, because it can’t be sent', async () => {
  const { panel } = await inspectByHand();
  const form = { ...formOf(panel), method: '', url: '' };
  const large = { ...form, body: 'x'.repeat(1024 * 1024) };
  expect(await answerTo(panel, { type: 'edited', form: large, done: false }, 'keep')).toMatchObject({ form: large });
  panel.posted.length = 0;
  panel.say({ type: 'edited', form: { ...large, body: `${large.body}x` }, done: false });
  expect(await answerTo(panel, { type: 'edited', form, done: false }, 'keep')).toMatchObject({ form });
  expect(panel.posted.filter(({ type }) => type === 'keep')).toHaveLength(1);
});

test('closing a panel ends its stream; the end of the extension ends all', async () => {
  const first = await inspectByHand();
  const second = await serveByHand();
  const other = await first.bench.inspect(second.url);
  await statusOf(other, isOpen);
  first.panel.dispose();
  await eventually(() => first.streams[0]?.destroyed === true);
  expect(second.streams[0]?.destroyed).toBe(false);
  first.bench.inspector.dispose();
  await eventually(() => second.streams[0]?.destroyed === true);
});

test('a panel that is closed before it could be restored beside its like has nothing kept for it', async () => {
  const bench = new InspectorBench();
  bench.restore({ id: 'a', form: EMPTY_FORM });
  const late = new FakePanel();
  const restored = bench.inspector.restore(late as never, { id: 'a', form: EMPTY_FORM });
  late.dispose();
  await expect(restored).rejects.toThrow('disposed');
  expect(bench.memory.get('sseCounter.heldRequests')).toEqual([['a', expect.any(Number)]]);
});
