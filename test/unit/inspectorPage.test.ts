// The presenter: what the inspector's page is told of an inspection, and what it is answered.
import { expect, test } from 'vitest';
import { InspectorPage } from '../../src/editor/inspectorPage';
import type { InspectorPanel } from '../../src/editor/inspectorPanel';
import type { Exchange } from '../../src/inspector/exchange';
import { History } from '../../src/inspector/history';
import { HistoryView } from '../../src/inspector/historyView';
import type { Inspection } from '../../src/inspector/inspection';
import { type InspectionStatus, idle } from '../../src/inspector/inspectionStatus';
import { RedirectError } from '../../src/inspector/redirect';
import type { ToInspectorPage } from '../../src/messages/inspector';
import { Turns } from '../../src/turns/turns';
import { form } from './forms';
import { record } from './recorded';

type Message<T extends ToInspectorPage['type']> = Extract<ToInspectorPage, { type: T }>;

/** A page of an inspection that has read the stream, and what is told to it. */
function pageOf(stream = '', { reason }: { reason?: string } = {}) {
  const history = new History();
  record(history, stream);
  const inspection = {
    history,
    view: new HistoryView(history, () => undefined),
    status: idle() as InspectionStatus,
    eventNames: new Set<string>(),
    rate: 0,
    insecure: false,
    running: true,
    recorder: undefined as { name: string; size: number } | undefined,
    body: { bytes: Buffer.from(''), cut: false },
  };
  const told: ToInspectorPage[] = [];
  const panel = { visible: true, post: (message: ToInspectorPage) => void told.push(message) };
  const page = new InspectorPage(
    panel as unknown as InspectorPanel,
    inspection as unknown as Inspection,
    new Turns(),
    () => reason,
  );
  const all = <T extends ToInspectorPage['type']>(type: T) =>
    told.filter((message): message is Message<T> => message.type === type);
  /** The latest message of that type. */
  const last = <T extends ToInspectorPage['type']>(type: T): Message<T> => {
    const message = all(type).at(-1);
    if (!message) throw new Error(`The page was told no ${type}.`);
    return message;
  };
  return { page, panel, inspection, history, told, all, last };
}

const exchange = (more: object = {}) =>
  ({ status: 200, statusText: 'OK', headers: [], contentType: 'text/html', redirects: [], ...more }) as object as Exchange;

test('to a page that is new all is told: the form with its id, the status and the history', () => {
  const { page, told, last } = pageOf('data: a\n\ndata: b\n\n', { reason: 'A reason.' });
  page.showAll(form(), 'id');
  expect(told.map(({ type }) => type)).toEqual(['form', 'status', 'history']);
  expect(last('form')).toEqual({ type: 'form', form: form(), id: 'id' });
  expect(last('status').status).toMatchObject({ state: 'idle', reason: 'A reason.', running: true });
  expect(last('history').history).toEqual({
    generation: 0,
    rows: 2,
    droppedRows: 0,
    events: 2,
    dropped: 0,
    held: 0,
    searching: false,
    eventNames: undefined,
    // The last is empty, and may still grow.
    wireLines: 5,
    droppedLines: 0,
  });
});

test('to a page that can’t be seen nothing is told but the form', () => {
  const { page, panel, told } = pageOf('data: a\n\n');
  panel.visible = false;
  page.show();
  expect(told).toEqual([]);
  page.showAll(form(), 'id');
  expect(told.map(({ type }) => type)).toEqual(['form']);
});

test('the status is what the inspection knows, without what is only its own', () => {
  const { page, inspection, last } = pageOf();
  const answer = exchange({ status: 503, contentType: 'a/b' });
  Object.assign(inspection, {
    status: { ...idle(), state: 'waiting', answer, end: { cause: 'end' }, reconnectAt: 5, bytes: 6, reconnects: 7 },
    rate: 8,
    insecure: true,
    running: false,
    recorder: { name: 'a.sse', size: 9, other: 1 },
  });
  page.show();
  expect(last('status').status).toEqual({
    state: 'waiting',
    reason: undefined,
    reconnectAt: 5,
    bytes: 6,
    reconnects: 7,
    lastEventId: '',
    status: 503,
    contentType: 'a/b',
    rate: 8,
    insecure: true,
    running: false,
    sendTo: undefined,
    recording: { name: 'a.sse', size: 9 },
  });
});

test('of a Last-Event-ID a thousand characters are shown', () => {
  const { page, inspection, last } = pageOf();
  inspection.status.lastEventId = 'x'.repeat(1001);
  page.show();
  expect(last('status').status.lastEventId).toBe('x'.repeat(1000));
});

test('where a redirect would take a secret along, the host is named that it leads to', () => {
  const { page, inspection, last } = pageOf();
  const error = new RedirectError('secret', '', 'https://b:81');
  inspection.status = { ...idle(), end: { cause: 'network', error, redirects: [] } };
  page.show();
  expect(last('status').status.sendTo).toBe('b:81');
});

test('the types of events are told where they are others than before, and anew to a new page', () => {
  const { page, inspection, last } = pageOf();
  const names = () => last('history').history.eventNames;
  inspection.eventNames.add('a');
  page.show();
  expect(names()).toEqual(['a']);
  page.show();
  expect(names()).toBeUndefined();
  inspection.eventNames.add('b');
  page.show();
  expect(names()).toEqual(['a', 'b']);
  inspection.eventNames.clear();
  page.show();
  expect(names()).toEqual([]);
  for (const name of ['a', 'c']) inspection.eventNames.add(name);
  page.show();
  page.showAll(form(), 'id');
  expect(names()).toEqual(['a', 'c']);
});

test('lines are counted as they are dropped; where nothing is left there is none', () => {
  const { page, history, last } = pageOf('data: a\n\ndata: b\n\n');
  history.clear();
  page.show();
  expect(last('history').history).toMatchObject({ events: 2, rows: 0, wireLines: 0 });
  record(history, 'data: c\n\n');
  page.show();
  expect(last('history').history).toMatchObject({ events: 3, rows: 1, droppedRows: 2, wireLines: 3, dropped: 0 });
});

test('rows that are asked for are answered as far as they are there, from the place where they begin', async () => {
  const { page, history, last } = pageOf('data: a\n\nid: 7\nevent: e\ndata: b\ndata: c\n\ndata: d\n\n');
  await page.answer({ type: 'rows', generation: 0, from: 1, to: 10 });
  expect(last('rows')).toEqual({
    type: 'rows',
    generation: 0,
    from: 1,
    rows: [
      { number: 2, time: 2000, gap: 1000, event: 'e', id: '7', preview: 'b c', size: 32 },
      { number: 3, time: 3000, gap: 1000, event: 'message', id: undefined, preview: 'd', size: 9 },
    ],
  });
  history.clear();
  record(history, 'data: e\n\n');
  await page.answer({ type: 'rows', generation: 0, from: 0, to: 10 });
  expect(last('rows')).toMatchObject({ from: 3, rows: [{ number: 4, preview: 'e' }] });
  await page.answer({ type: 'rows', generation: 0, from: 7, to: 4 });
  expect(last('rows')).toMatchObject({ from: 7, rows: [] });
});

test('500 rows are given at once, and 500 lines', async () => {
  const { page, last } = pageOf('data: a\n\n'.repeat(600));
  await page.answer({ type: 'rows', generation: 0, from: 10, to: 600 });
  expect(last('rows').rows.map(({ number }) => number)).toEqual(Array.from({ length: 500 }, (_, index) => index + 11));
  await page.answer({ type: 'wire', generation: 0, from: 10, to: 1200 });
  expect(last('wire').lines).toHaveLength(500);
});

test('the rows are those that the filter lets through, of its generation', async () => {
  const { page, inspection, last } = pageOf('data: a\n\ndata: b\n\ndata: ab\n\n');
  inspection.view.filter({ event: '', text: 'b', isRegExp: false });
  await page.answer({ type: 'rows', generation: 0, from: 0, to: 10 });
  expect(last('rows')).toMatchObject({ generation: 1, from: 0, rows: [{ number: 2 }, { number: 3 }] });
});

test('of a type and an id a row shows a thousand characters', async () => {
  const long = 'x'.repeat(1001);
  const { page, last } = pageOf(`event: ${long}\nid: ${long}\ndata: a\n\n`);
  await page.answer({ type: 'rows', generation: 0, from: 0, to: 1 });
  expect(last('rows').rows[0]).toMatchObject({ event: 'x'.repeat(1000), id: 'x'.repeat(1000) });
});

test('lines that are asked for show each character', async () => {
  const { page, history, last } = pageOf('data: a\u0000\n\n: b\r\n');
  await page.answer({ type: 'wire', generation: 5, from: 0, to: 3 });
  expect(last('wire')).toEqual({ type: 'wire', generation: 0, from: 0, lines: ['data: a␀', '', ': b'] });
  history.clear();
  record(history, ': c\n');
  await page.answer({ type: 'wire', generation: 0, from: 0, to: 100 });
  expect(last('wire')).toMatchObject({ from: history.bytes.firstLine, lines: [': c', ''] });
});

test('an event is shown whole, with its data and its block as it came', async () => {
  const { page, last } = pageOf('data: a\n\n: note\nid: 7\ndata: b\ndata: c\n\n');
  await page.answer({ type: 'select', number: 2 });
  expect(last('detail')).toEqual({
    type: 'detail',
    row: { number: 2, time: 2000, gap: 1000, event: 'message', id: '7', preview: 'b c', size: 30 },
    data: 'b\nc',
    raw: ': note␊\nid: 7␊\ndata: b␊\ndata: c␊\n␊\n',
    cut: false,
    leftOut: 0,
  });
});

test('an event is shown up to 1 MB, and that it was cut is said', async () => {
  const block = (data: number) => `data: ${'x'.repeat(data)}\n\n`;
  const MEGABYTE = 1024 * 1024;
  const { page, last } = pageOf(block(MEGABYTE - 8) + block(MEGABYTE - 7));
  await page.answer({ type: 'select', number: 1 });
  expect(last('detail')).toMatchObject({ cut: false, data: 'x'.repeat(MEGABYTE - 8) });
  await page.answer({ type: 'select', number: 2 });
  const { cut, data, raw, row } = last('detail');
  expect([cut, raw.endsWith('x␊\n'), row.size]).toEqual([true, true, MEGABYTE + 1]);
  expect(data).toBe('x'.repeat(MEGABYTE - 7));
});

test('of two events that were selected the last is shown, and none that is gone', async () => {
  const { page, history, all } = pageOf(`data: ${'x'.repeat(200_000)}\n\ndata: b\n\n`);
  await Promise.all([page.answer({ type: 'select', number: 1 }), page.answer({ type: 'select', number: 2 })]);
  expect(all('detail').map(({ row }) => row.number)).toEqual([2]);
  history.clear();
  await page.answer({ type: 'select', number: 1 });
  expect(all('detail')).toHaveLength(1);
});

test('an event’s block and its data are given as they came; of one that is gone there is none', async () => {
  const { page, history } = pageOf(': note\ndata: a\u0000\ndata: b\n\n');
  expect(await page.block(1)).toBe(': note\ndata: a\u0000\ndata: b\n\n');
  expect(await page.data(1)).toBe('a\u0000\nb');
  expect([await page.block(2), await page.data(2), await page.block(0)]).toEqual([undefined, undefined, undefined]);
  history.clear();
  expect([await page.block(1), await page.data(1)]).toEqual([undefined, undefined]);
});

test('a block is given up to 16 MB; its data, without the comments before it, always', async () => {
  const MAX = 16 * 1024 * 1024;
  const block = (size: number) => `:${'x'.repeat(size - 11)}\ndata: a\n\n`;
  const { page } = pageOf(block(MAX) + block(MAX + 1));
  expect((await page.block(1))?.length).toBe(MAX);
  await expect(page.block(2)).rejects.toThrow('The event is larger than 16 MB, with the comments before it.');
  expect(await page.data(2)).toBe('a');
});

test('an answer is told once, without its secrets; that it is an event stream needs no body', () => {
  const { page, inspection, all, last } = pageOf();
  const headers = [
    ['Content-Type', 'text/event-stream'],
    ['Set-Cookie', 'a=secret'],
  ];
  inspection.status = { ...idle(), state: 'open', answer: exchange({ headers }) };
  inspection.body = { bytes: Buffer.from('left'), cut: false };
  page.show();
  page.show();
  expect(all('response')).toHaveLength(1);
  expect(last('response')).toEqual({
    type: 'response',
    status: 200,
    statusText: 'OK',
    headers: [
      ['Content-Type', 'text/event-stream'],
      ['Set-Cookie', '•••'],
    ],
    cut: false,
  });
});

test('of a body that grows what is new is told, also where a character comes in two parts', () => {
  const { page, inspection, told, all, last } = pageOf();
  const bytes = Buffer.from('aé!');
  const grow = (size: number, cut = false) => {
    inspection.body = { bytes: bytes.subarray(0, size), cut };
    page.show();
  };
  inspection.status = { ...idle(), state: 'answered', answer: exchange() };
  grow(0);
  expect(last('response')).not.toHaveProperty('body');
  grow(2);
  grow(2);
  expect(all('body').map(({ text }) => text)).toEqual(['a']);
  grow(4);
  expect(last('body')).toEqual({ type: 'body', text: 'é!', cut: false });
  grow(4, true);
  expect(last('body')).toEqual({ type: 'body', text: '', cut: true });
  grow(4, true);
  expect(all('body')).toHaveLength(3);
  expect(told.filter(({ type }) => type === 'response')).toHaveLength(1);
});

test('a body that ends in the midst of a character shows that it does', () => {
  const { page, inspection, last } = pageOf();
  inspection.status = { ...idle(), state: 'answered', answer: exchange() };
  inspection.body = { bytes: Buffer.from('é').subarray(0, 1), cut: false };
  page.show();
  expect(last('response').body).toBe('');
  inspection.running = false;
  page.show();
  expect(last('body').text).toBe('\ufffd');
});

test('another answer is told anew, with its own body; to a new page the same one, whole', () => {
  const { page, inspection, all, last } = pageOf();
  inspection.status = { ...idle(), state: 'answered', answer: exchange() };
  inspection.body = { bytes: Buffer.from('one'), cut: true };
  page.show();
  expect(last('response')).toMatchObject({ body: 'one', cut: true });
  inspection.status = { ...idle(), state: 'answered', answer: exchange({ status: 404 }) };
  inspection.body = { bytes: Buffer.from('other'), cut: false };
  page.show();
  expect(last('response')).toMatchObject({ status: 404, body: 'other', cut: false });
  expect(all('body')).toEqual([]);
  page.showAll(form(), 'id');
  expect(last('response')).toMatchObject({ status: 404, body: 'other' });
  expect(all('response')).toHaveLength(3);
});

test('redirects are told where they are others than before, and anew to a new page', () => {
  const { page, inspection, all, last } = pageOf();
  const redirected = (...urls: string[]) => {
    const redirects = urls.map((url) => ({ status: 302, url, withheld: [], downgrade: false }));
    inspection.status = { ...idle(), state: 'open', answer: exchange({ redirects }) };
    page.show();
  };
  redirected();
  expect(all('redirects')).toEqual([]);
  redirected('http://b/');
  redirected('http://b/');
  expect(all('redirects')).toEqual([
    { type: 'redirects', redirects: [{ status: 302, url: 'http://b/', notes: [] }] },
  ]);
  page.showAll(form(), 'id');
  expect(all('redirects')).toHaveLength(2);
  redirected();
  expect(last('redirects').redirects).toEqual([]);
});
