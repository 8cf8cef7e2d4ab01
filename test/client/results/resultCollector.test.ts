import { expect, test } from 'vitest';
import type { StreamResult } from '../../../src/analysis/protocols/model/result';
import { History } from '../../../src/client/history/history';
import type { Exchange } from '../../../src/client/http/exchange';
import { ResultCollector } from '../../../src/client/results/resultCollector';
import { MAX_TEXT_SIZE } from '../../../src/stream/limits';
import { EventStreamParser } from '../../../src/stream/parse';
import { Turns } from '../../../src/turns/turns';

/** Returns an event of a chat completion. */
function chat(content: string): string {
  return `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', choices: [{ index: 0, delta: { content } }] })}\n\n`;
}

/** A collector with its history, to which a stream is sent as a subscription does. */
function collecting(limits = {}, now = () => Date.now()) {
  const history = new History(limits);
  const results = new ResultCollector(history, now);
  const { handlers } = results;
  let parser = new EventStreamParser(() => undefined);
  const connect = () => {
    handlers.onConnect('');
    handlers.onResponse({ contentType: 'text/event-stream', headers: [] as [string, string][] } as Exchange, 'events');
    parser = new EventStreamParser(
      (event) => {
        history.addEvent(event, now());
        handlers.onEvent(event);
      },
      { start: history.bytes.size, maxTextSize: MAX_TEXT_SIZE },
    );
  };
  const send = (text: string) => {
    const chunk = Buffer.from(text);
    history.addBytes(chunk);
    handlers.onBytes(chunk);
    parser.feed(chunk);
  };
  const end = () => {
    const open = parser.openEvent();
    if (open) handlers.onOpenEvent?.(open);
    handlers.onEnd({ cause: 'end' } as unknown as Parameters<typeof handlers.onEnd>[0]);
  };
  const texts = () => results.results().flatMap(({ items }) => items.map(({ text }) => text));
  connect();
  return { history, results, connect, send, end, texts };
}

test('reads each event once, with the number that the history gives it', () => {
  const { results, send } = collecting();
  send(': a comment\n\ndata: \n\n');
  send(chat('Ebb') + chat(' at four'));
  expect(results.results()[0]?.items).toMatchObject([{ kind: 'text', text: 'Ebb at four', events: [2, 3] }]);
  expect(results.additionOf(2)).toMatchObject({ text: '+"Ebb"', at: [0, 0], isError: false });
  expect(results.additionOf(1)).toBeUndefined();
});

test('keeps the beginning of an answer that the history has evicted', () => {
  const { history, send, texts } = collecting({ maxEvents: 2 });
  send(['a', 'b', 'c', 'd'].map(chat).join(''));
  expect(history.first).toBe(3);
  expect(texts()).toEqual(['abcd']);
});

test('goes on over a reconnect', () => {
  const { connect, send, texts, results } = collecting();
  send(chat('Ebb'));
  const { generation } = results;
  connect();
  send(chat(' and flow'));
  expect([texts(), results.generation]).toEqual([['Ebb and flow'], generation]);
});

test('begins anew with a request, and with Clear', () => {
  const { results, send, texts, history } = collecting();
  send(chat('Ebb'));
  const first = results.generation;
  history.clear();
  results.clear();
  expect([texts(), results.additionOf(1)]).toEqual([[], undefined]);
  send(chat('Flow'));
  expect(results.results()[0]?.items[0]).toMatchObject({ text: 'Flow', events: [2, 2] });
  results.begin();
  expect(texts()).toEqual([]);
  expect(results.generation).toBeGreaterThan(first + 1);
});

test('an answer without its end mark is unfinished at the end of the stream, but not when the user has left', () => {
  const [ended, left] = [collecting(), collecting()];
  for (const { send } of [ended, left]) send(chat('Ebb'));
  ended.end();
  left.results.leave();
  const codes = ({ results }: typeof ended) => results.results()[0]?.problems.map(({ code }) => code);
  expect([codes(ended), codes(left)]).toEqual([['unfinished'], []]);
  expect([ended.results.state, left.results.state]).toEqual(['ended', 'left']);
});

test('offers the block that no blank line closes, as the event behind the last one', () => {
  const { send, end, texts, results } = collecting();
  send(chat('Ebb') + chat(' at four').trimEnd());
  expect(texts()).toEqual(['Ebb']);
  end();
  expect(texts()).toEqual(['Ebb at four']);
  expect(results.results()[0]?.problems).toContainEqual({ code: 'openBlock', event: 2 });
});

test('reads by another protocol from the events that are kept, while more come', async () => {
  const { results, send, texts } = collecting();
  send(chat('a').repeat(200));
  await results.choose('off', new Turns());
  expect([texts(), results.isDecided]).toEqual([[], true]);
  const read = results.choose('auto', new Turns());
  send(chat('b'));
  await read;
  expect(texts()).toEqual([`${'a'.repeat(200)}b`]);
  expect(results.isReading).toBe(false);
  expect(results.protocol).toBe('openai-chat');
});

test('a closed collector stops reading again', async () => {
  const { results, send, texts } = collecting();
  send(chat('a').repeat(5000));
  await results.choose('off', new Turns());
  const read = results.choose('auto', new Turns());
  results.close();
  await read;
  expect(texts()).toEqual([]);
});

test('reads the values at a path that the user gives, added up or the last one', async () => {
  const { results, send, texts, end } = collecting();
  send('data: {"a":{"b":"Ne"}}\n\ndata: {"other":1}\n\ndata: {"a":{"b":"ap"}}\n\n');
  await results.choose({ text: '$.a.b', isAppended: true }, new Turns());
  expect([texts(), results.protocol]).toEqual([['Neap'], 'path']);
  send('data: {"a":{"b":" tide"}}\n\n');
  expect(texts()).toEqual(['Neap tide']);
  expect(results.additionOf(4)).toMatchObject({ text: '+" tide"', at: [0, 0] });
  const { generation } = results;
  await results.choose({ text: '$.a.b', isAppended: true }, new Turns());
  expect(results.generation).toBe(generation);
  await results.choose({ text: '$.a.b', isAppended: false }, new Turns());
  end();
  expect(texts()).toEqual([' tide']);
  expect(results.results()[0]).toMatchObject({ complete: true, problems: [] });
});

test('a path holds for the next request, too', async () => {
  const { results, send, connect, texts } = collecting();
  await results.choose({ text: 'n', isAppended: true }, new Turns());
  results.begin();
  connect();
  send('data: {"n":1}\n\ndata: {"n":2}\n\n');
  expect(texts()).toEqual(['12']);
});

test('shows the request that was sent beside the response', () => {
  const { results, connect, send } = collecting();
  results.begin('{"jsonrpc":"2.0","id":1,"method":"ping"}');
  connect();
  send('data: {"jsonrpc":"2.0","id":1,"result":{}}\n\n');
  expect(results.results()[0]?.items.map(({ name, events }) => [name, events])).toEqual([
    ['ping', [0, 0]],
    ['response', [1, 1]],
  ]);
});

test('an event that the stream of an earlier connection ended in isn’t offered, as it came again', () => {
  const { connect, send, end, texts, results } = collecting();
  const part = chat('Ebb');
  send(part.slice(0, -2));
  results.handlers.onOpenEvent?.({ data: part.slice(6, -2) } as Parameters<
    NonNullable<typeof results.handlers.onOpenEvent>
  >[0]);
  connect();
  send(part);
  end();
  expect(texts()).toEqual(['Ebb']);
});

test('an event of more than 4 MB is too large to be read, as it comes and when it is read again', async () => {
  const { results, send } = collecting();
  const large = {
    id: 'c',
    object: 'chat.completion.chunk',
    choices: [{ delta: { content: 'x'.repeat(MAX_TEXT_SIZE) } }],
  };
  send(`${chat('Ebb')}data: ${JSON.stringify(large)}\n\n${chat(' at four')}`);
  const seen = () => results.results().map(({ items, problems }) => [items.map(({ text }) => text), problems]);
  const expected = [[['Ebb at four'], [{ code: 'omitted', event: 2 }]]];
  expect(seen()).toEqual(expected);
  await results.choose('openai-chat', new Turns());
  expect(seen()).toEqual(expected);
});

test('a choice gives events the times that they came at, also where the history’s clock isn’t that of the day', async () => {
  const { results, send } = collecting({}, () => Date.now() + 3_600_000);
  send(chat('Ebb'));
  const [before] = results.results();
  await results.choose('off', new Turns());
  await results.choose('auto', new Turns());
  const after = (result: StreamResult | undefined) => result?.timing.firstEventAfter ?? Number.NaN;
  expect(Math.abs(after(results.results()[0]) - after(before))).toBeLessThan(1000);
});
