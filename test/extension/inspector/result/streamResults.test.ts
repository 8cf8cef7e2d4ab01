// Results in the panel: what becomes of them, and what the page is told.
import { beforeEach, expect, test, vi } from 'vitest';
import { env } from 'vscode';
import { History } from '../../../../src/client/history/history';
import type { Exchange } from '../../../../src/client/http/exchange';
import type { Inspection } from '../../../../src/client/inspection';
import { ResultCollector } from '../../../../src/client/results/resultCollector';
import { StreamResults } from '../../../../src/extension/inspector/result/streamResults';
import { SaveDialog } from '../../../../src/extension/inspector/saving/saveDialog';
import type { ToResults } from '../../../../src/messages/results';
import { EventStreamParser } from '../../../../src/stream/parse';
import { Turns } from '../../../../src/turns/turns';
import { fake } from '../../../support/vscode/index';
import { chatEvent } from '../../../webview/support/results';

vi.mock('vscode', () => import('../../../support/vscode/index'));

beforeEach(() => {
  fake.done.length = 0;
});

/** Results of a stream that is sent by hand. @param rows numbers of the events that pass the filter */
function showing(rows?: number[]) {
  const history = new History({ maxEvents: 100 });
  const collector = new ResultCollector(history);
  const posted: ToResults[] = [];
  collector.handlers.onResponse(
    { contentType: 'text/event-stream', headers: [] as [string, string][] } as Exchange,
    'events',
  );
  const parser = new EventStreamParser((event) => {
    history.addEvent(event, Date.now());
    collector.handlers.onEvent(event);
  });
  const view = { rows: rows?.length ?? 1, numberAt: (row: number) => rows?.[row] ?? 1, generation: 3, evicted: 10 };
  const results = new StreamResults({
    inspection: { history, view } as unknown as Inspection,
    requests: { results: collector },
    turns: new Turns(),
    dialog: new SaveDialog(),
    panel: { post: (message) => posted.push(message) },
  });
  const send = (text: string) => {
    history.addBytes(Buffer.from(text));
    parser.feed(Buffer.from(text));
  };
  return { results, collector, history, posted, send };
}

test('the page is told what has changed, and only while it shows it', async () => {
  const { results, posted, send } = showing();
  send(chatEvent({ content: 'Ebb' }));
  results.show();
  expect(posted.map(({ type }) => type)).toEqual(['resultSummary']);
  await results.act({ type: 'watchResults', isShown: true });
  results.show();
  expect(posted.map(({ type }) => type)).toEqual(['resultSummary', 'results']);
  results.forgetShown();
  results.show();
  expect(posted.slice(2).map(({ type }) => type)).toEqual(['resultSummary']);
});

test('an event’s row names the item that it adds to', () => {
  const { results, send } = showing();
  send(`data: \n\n${chatEvent({ content: 'Ebb' })}`);
  expect(results.addedBy(2)?.at).toEqual([0, 0]);
  expect(results.addedBy(1)?.at).toBeUndefined();
  expect(results.addedBy(99)).toBeUndefined();
});

test('a piece leads to its row, or says why there is none', async () => {
  const { results, posted, send } = showing([1, 4]);
  send(chatEvent({ content: 'Ebb' }).repeat(5));
  await results.act({ type: 'showEvent', number: 4 });
  expect(posted.at(-1)).toEqual({ type: 'eventRow', generation: 3, place: 11 });
  const filtered = showing([]);
  filtered.send(chatEvent({ content: 'Ebb' }));
  await filtered.results.act({ type: 'showEvent', number: 1 });
  expect(filtered.posted.at(-1)).toEqual({ type: 'noEventRow', reason: 'No event passes the filter' });
  send(chatEvent({ content: 'x' }).repeat(100));
  await results.act({ type: 'showEvent', number: 1 });
  expect(posted.at(-1)).toEqual({ type: 'noEventRow', reason: 'The event is no longer kept.' });
});

test('a text of more than 4 MB isn’t copied, and one that is there no more neither', async () => {
  const copied: string[] = [];
  Object.assign(env.clipboard, { writeText: async (text: string) => void copied.push(text) });
  const { results, send } = showing();
  for (let at = 0; at < 5; at += 1) send(chatEvent({ content: 'x'.repeat(1024 * 1024) }));
  await results.act({ type: 'copyResult', result: 0 });
  await results.act({ type: 'copyItem', result: 7, item: 7 });
  expect(copied).toEqual([]);
  const short = showing();
  short.send(chatEvent({ content: 'Ebb' }));
  await short.results.act({ type: 'copyItem', result: 0, item: 0 });
  expect([copied, short.posted.at(-1)]).toEqual([['Ebb'], { type: 'resultCopied', note: 'Copied' }]);
});

test('a path of the user’s is told to the page with the choice', async () => {
  const { results, posted, send } = showing();
  send('data: {"n":"Ebb"}\n\n');
  const path = { text: '$.n', isAppended: true };
  await results.act({ type: 'choosePath', path });
  expect(posted.filter(({ type }) => type === 'resultSummary').at(-1)).toMatchObject({
    summary: { choice: 'path', path, protocol: 'JSON path', isAssembled: true },
  });
  await results.act({ type: 'chooseProtocol', protocol: 'off' });
  expect(posted.at(-1)).toMatchObject({ summary: { choice: 'off' } });
  expect(posted.at(-1)).not.toHaveProperty('summary.path');
});

test('items that the page won’t have aren’t made for it, and it is told that there are more', async () => {
  const { results, collector, posted, send } = showing();
  const made = vi.spyOn(collector, 'results');
  const calls = Array.from({ length: 3000 }, (_, index) => ({ index, id: `call ${index}`, function: { name: 'f' } }));
  send(chatEvent({ tool_calls: calls }));
  await results.act({ type: 'watchResults', isShown: true });
  while (posted.flatMap((one) => (one.type === 'results' ? (one.changes[0]?.items ?? []) : [])).length < 1000)
    await new Promise((resolve) => setTimeout(resolve, 10));
  expect(posted.at(-1)).toMatchObject({ type: 'results', isCut: true });
  expect(Math.max(...made.mock.results.map(({ value }) => value[0].items.length))).toBe(1001);
  await results.act({ type: 'copyItem', result: 0, item: 2999 });
  expect(posted.at(-1)?.type).toBe('resultCopied');
});

test('a state that patches change while it is copied, or opened, is that of one moment', async () => {
  const copied: string[] = [];
  Object.assign(env.clipboard, { writeText: async (text: string) => void copied.push(text) });
  const { results, send } = showing();
  const list = Array.from({ length: 20_000 }, (_, at) => at);
  const tell = (value: object) => send(`data: ${JSON.stringify(value)}\n\n`);
  tell({ type: 'RUN_STARTED', threadId: 'a', runId: 'b' });
  tell({ type: 'STATE_SNAPSHOT', snapshot: { first: 0, list, last: 0 } });
  let revision = 0;
  const change = setInterval(() => {
    revision += 1;
    const value = revision;
    const delta = [
      { op: 'replace', path: '/first', value },
      { op: 'replace', path: '/last', value },
      { op: 'move', from: '/list/0', path: '/list/-' },
      { op: 'remove', path: '/list/19999' },
      { op: 'add', path: '/list/-', value: 20_000 + revision },
    ];
    tell({ type: 'STATE_DELTA', delta });
  }, 1);
  fake.documents.made.length = 0;
  for (let at = 0; at < 5; at += 1) await results.act({ type: 'copyItem', result: 0, item: 0 });
  await results.act({ type: 'openResults', format: 'json' });
  clearInterval(change);
  const opened = JSON.parse(String(Reflect.get(fake.documents.made[0] ?? {}, 'content'))).items[0].arguments;
  const states = [...copied.map((text) => JSON.parse(text)), opened];
  expect(states.map(({ first, last, list: all }) => [first === last, new Set(all).size, all.indexOf(null)])).toEqual(
    states.map(() => [true, 20_000, -1]),
  );
  expect(revision).toBeGreaterThan(0);
});
