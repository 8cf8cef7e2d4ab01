// The reader below the API and the command line: bytes, pauses, and who is told of what.

import { setImmediate } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import type { OpenRequest } from '../../../src/api/reading/openSubscription';
import { ready } from '../../../src/api/reading/readyRequest';
import { type ReaderHandlers, type ReaderOptions, StreamReader } from '../../../src/api/reading/streamReader';
import type { Exchange } from '../../../src/client/http/exchange';
import type { ConnectOptions, SubscriptionHandlers } from '../../../src/client/http/subscriptionOptions';
import { get } from '../../support/client/requests';
import { ended, numbered, open, serveInTurn, serveLines } from '../../support/servers/streamServer';
import { eventually } from '../../support/servers/testServer';

/** Starts a reader, which is stopped when the test is over. */
function read(url: string, options?: ReaderOptions, handlers?: ReaderHandlers, opened?: OpenRequest): StreamReader {
  const reader = new StreamReader(ready(get(url)), options, handlers, opened);
  onTestFinished(() => reader.stop());
  return reader;
}

test('bytes come before the events that they complete, and none behind the last one that is wanted', async () => {
  const { url } = await serveInTurn(open(numbered(5)));
  const told: string[] = [];
  const handlers = {
    onBytes: (chunk: Uint8Array) => void told.push(Buffer.from(chunk).toString()),
    onEvent: ({ data }: { data: string }) => void told.push(data),
  };
  const { end, sentence, error } = await read(url, { count: 2 }, handlers).done;
  expect(told).toEqual([numbered(2), '1', '2']);
  expect([end.cause, end.bytes, sentence, error]).toEqual(['count', numbered(2).length, '', undefined]);
});

test.each(['\n', '\r\n', '\r'])(
  'the last event ends with its blank line, with line ends %j and chunks of a byte',
  async (end) => {
    const text = numbered(4).replaceAll('\n', end);
    const { url } = await serveInTurn(async (response) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      for (const character of text) {
        response.write(character);
        await setImmediate();
      }
    });
    let bytes = '';
    const onBytes = (chunk: Uint8Array) => {
      bytes += Buffer.from(chunk);
    };
    await read(url, { count: 3 }, { onBytes }).done;
    // The LF behind a CR comes too late to belong to it.
    expect(bytes).toBe(numbered(3).replaceAll('\n', end).replace(/\r\n$/, '\r'));
  },
);

test('the outcome of a reading that is complete says why it ended', async () => {
  const { url } = await serveInTurn(ended(numbered(1)));
  expect(await read(url).done).toMatchObject({
    end: { cause: 'end' },
    sentence: 'The stream ended.',
    error: undefined,
  });
});

test.each(['signal', 'duration'] as const)(
  'it can be stopped, by %s, and tells of nothing after that',
  async (cause) => {
    const { url } = await serveInTurn(open(numbered(3)));
    const told: string[] = [];
    const reader: StreamReader = read(
      url,
      {},
      {
        onEvent: ({ data }) => {
          told.push(data);
          reader.stop(cause);
          reader.stop('signal');
        },
      },
    );
    expect(await reader.done).toMatchObject({ end: { cause, events: 1 }, sentence: '', error: undefined });
    expect(told).toEqual(['1']);
  },
);

test('an error in a handler ends the reading with that error', async () => {
  const { url } = await serveInTurn(open(numbered(3)));
  const error = new Error('of the caller');
  const onBytes = () => {
    throw error;
  };
  const outcome = await read(url, {}, { onBytes }).done;
  expect(outcome.error).toBe(error);
  expect(outcome.end).toMatchObject({ cause: 'signal', events: 0 });
});

const [LINE, LINES] = [`data: ${'x'.repeat(1000)}\n\n`, 32_000];

test('a paused stream stays with its server', async () => {
  const { url, told } = await serveLines(LINE, LINES);
  let lead = 0;
  const reader: StreamReader = read(
    url,
    {},
    {
      onEvent: () => {
        reader.pause();
        void setImmediate().then(() => {
          lead = Math.max(lead, told.sent - reader.progress.bytes);
          reader.resume();
        });
      },
    },
  );
  expect((await reader.done).end).toMatchObject({ cause: 'end', events: LINES });
  // The sockets of the system buffer up to some megabytes.
  expect(lead).toBeLessThan(16_000_000);
});

test('a paused stream isn’t decoded further, however small it is as it comes', async () => {
  const coded = gzipSync(LINE.repeat(LINES));
  let isSent = false;
  const { url } = await serveInTurn((response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Content-Encoding': 'gzip' });
    response.end(coded, () => {
      isSent = true;
    });
  });
  let paused = 0;
  const reader: StreamReader = read(
    url,
    {},
    {
      onBytes: () => {
        if (paused === 0) reader.pause();
        paused += 1;
      },
    },
  );
  await eventually(() => isSent && paused > 0);
  for (let turn = 0; turn < 100; turn += 1) await setImmediate();
  expect(reader.progress.bytes).toBeLessThan(1_000_000);
  reader.resume();
  expect((await reader.done).end).toMatchObject({ cause: 'end', bytes: LINE.length * LINES });
});

test('a pause that begins before the response holds it back from its first byte', async () => {
  const { url } = await serveInTurn(open(numbered(1)));
  let bytes = 0;
  const reader = read(
    url,
    { count: 1 },
    {
      onBytes: ({ length }) => {
        bytes += length;
      },
    },
  );
  reader.pause();
  await eventually(() => reader.isAnswered);
  for (let turn = 0; turn < 100; turn += 1) await setImmediate();
  expect(bytes).toBe(0);
  reader.resume();
  expect((await reader.done).end).toMatchObject({ cause: 'count', bytes: numbered(1).length });
});

/** Opens nothing. Returns what a reader has asked for. */
function openNothing() {
  const asked: { options?: ConnectOptions; told?: SubscriptionHandlers; closed: number } = { closed: 0 };
  const opened: OpenRequest = (_, options, told) => {
    Object.assign(asked, { options, told });
    return {
      unfinished: false,
      close: () => {
        asked.closed += 1;
      },
    };
  };
  return { asked, opened };
}

test.each(['resume', 'stop'] as const)('a pause puts a reconnect off until it ends: %s', async (act) => {
  const { asked, opened } = openNothing();
  const reader = read('http://a/', { reconnect: true }, {}, opened);
  await asked.options?.beforeReconnect?.();
  reader.pause();
  let isDone = false;
  const done = asked.options?.beforeReconnect?.().then(() => {
    isDone = true;
  });
  await setImmediate();
  expect(isDone).toBe(false);
  reader[act]();
  await done;
});

const RESPONSE = { status: 200, body: { pause: () => undefined, resume: () => undefined } } as unknown as Exchange;
const EVENT = {
  data: '',
  event: 'message',
  id: undefined,
  lastEventId: '',
  start: 0,
  fieldsStart: 0,
  end: 0,
  omitted: 0,
};

test.each<[string, ReaderOptions, (told: SubscriptionHandlers) => void, string]>([
  [
    'no response',
    {},
    () => undefined,
    'No response came within 0.001 s. Is the server busy, or the timeout too short?',
  ],
  [
    'too few events',
    { count: 3 },
    (told) => {
      told.onResponse(RESPONSE, 'events');
      told.onEvent(EVENT);
    },
    '1 of 3 events came within 0.001 s, and the stream is still open. Allow more time, or wait for fewer events.',
  ],
  [
    'a stream that goes on',
    {},
    (told) => told.onResponse(RESPONSE, 'events'),
    '0 events came within 0.001 s, and the stream is still open. Allow more time, or wait for fewer events.',
  ],
  [
    'a wait to reconnect',
    { reconnect: true },
    (told) => {
      told.onResponse(RESPONSE, 'events');
      told.onEvent(EVENT);
      told.onWait({ cause: 'end' }, 100);
    },
    '1 event came within 0.001 s. It was about to reconnect: The stream ended.',
  ],
  [
    'another attempt without a response',
    { reconnect: true },
    (told) => {
      told.onResponse(RESPONSE, 'events');
      told.onEvent(EVENT);
      told.onWait({ cause: 'end' }, 100);
      told.onConnect('');
    },
    '1 event came within 0.001 s, and no response to the last request. Is the server busy, or the timeout too short?',
  ],
])('the timeout fails with what did happen: %s', async (_, options, happen, message) => {
  const { asked, opened } = openNothing();
  const reader = read('http://a/', { ...options, timeout: 1 }, {}, opened);
  if (asked.told) happen(asked.told);
  const { end, sentence, error } = await reader.done;
  expect([end.cause, sentence]).toEqual(['timeout', message]);
  expect(error).toMatchObject({ name: 'StreamTimeoutError', message, end });
});

test('the stream is closed once, and the timeout is then of no effect', async () => {
  const { asked, opened } = openNothing();
  const reader = read('http://a/', { timeout: 1 }, {}, opened);
  reader.stop();
  reader.stop();
  expect(await reader.done).toMatchObject({ end: { cause: 'signal' } });
  expect(asked.closed).toBe(1);
});
