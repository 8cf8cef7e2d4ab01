// JSON lines over HTTP, as Ollama, Docker and Spring send them.
import { createGzip } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { findingsOf } from '../../src/analysis/findings/findings';
import { statusReason } from '../../src/client/endReason';
import { historyJson } from '../../src/client/history/historyJson';
import { Inspection } from '../../src/client/inspection';
import { eventsScript } from '../../src/client/recording/eventsScript';
import { EventStreamParser } from '../../src/stream/parse';
import { inEnglish } from '../../src/text/translate';
import { dataOf, openInspection } from '../support/client/inspectStream';
import { startRecording } from '../support/client/recordings';
import { readEvidence } from '../support/evidence/readEvidence';
import { type Answer, ended, serveInTurn } from '../support/servers/streamServer';
import { eventually } from '../support/servers/testServer';

const LINES = { 'Content-Type': 'application/x-ndjson' };
const lines = (text: string, type = LINES['Content-Type']): Answer => {
  return (response) => void response.writeHead(200, { 'Content-Type': type }).end(text);
};
const said = ({ status }: Inspection) => statusReason(inEnglish, status, 'http://127.0.0.1/');
const isOver = (inspection: Inspection) => eventually(() => !inspection.running);

test('an answer of Ollama’s is shown line by line, as it comes', async () => {
  const pieces = ['Hel', 'lo', ''].map((content, n) => ({ model: 'm', message: { content }, done: n === 2 }));
  let next = () => {};
  const { url } = await serveInTurn((response) => {
    response.writeHead(200, LINES);
    let sent = 0;
    next = () => {
      const piece = pieces[sent];
      sent += 1;
      if (piece) response.write(`${JSON.stringify(piece)}\n`);
      else response.end();
    };
    next();
  });
  const { inspection, until } = openInspection(url, { method: 'POST', reconnect: true });
  for (const count of [1, 2, 3]) {
    await until(() => inspection.history.count === count);
    expect(inspection.status.state).toBe('open');
    next();
  }
  await isOver(inspection);
  expect(dataOf(inspection)).toEqual(pieces.map((piece) => JSON.stringify(piece)));
  expect(inspection.history.get(1)).toMatchObject({ event: 'message', id: undefined, start: 0 });
});

test.each([
  ...[
    'application/x-ndjson',
    'application/ndjson',
    'application/jsonl',
    'application/x-jsonlines',
    'application/json-seq',
  ],
  ...['application/stream+json', 'application/geo+json-seq', 'text/x-ndjson', 'Application/X-NDJSON; charset=utf-8'],
])('%s is read as JSON lines', async (type) => {
  const { url } = await serveInTurn(lines('1\r\n\n\x1e2\n3', type));
  const { inspection } = openInspection(url);
  await isOver(inspection);
  expect(dataOf(inspection)).toEqual(['1', '2', '3']);
});

test.each(['application/json', 'application/json+ndjson-like', 'text/plain', 'application/jsonld', ''])(
  'by its type, %j is not',
  async (type) => {
    const { url } = await serveInTurn((response) => {
      if (type !== '') response.setHeader('Content-Type', type);
      response.writeHead(200).end('1\n2\n');
    });
    const { inspection } = openInspection(url);
    await isOver(inspection);
    expect([inspection.status.state, inspection.history.count]).toEqual(['answered', 0]);
  },
);

test('an error of that type is shown as it is', async () => {
  const { url } = await serveInTurn((response) => void response.writeHead(404, LINES).end('{"error":"no model"}\n'));
  const { inspection } = openInspection(url);
  await isOver(inspection);
  expect([inspection.status.state, Buffer.from(inspection.body.bytes).toString()]).toEqual([
    'answered',
    '{"error":"no model"}\n',
  ]);
});

test('there is no reconnect, neither after the end nor after a cut, and the status says so', async () => {
  const cut: Answer = (response) => void response.writeHead(200, LINES).write('1\n{"b', () => response.destroy());
  const served = await serveInTurn(lines('1\n2'), cut);
  const whole = openInspection(served.url, { reconnect: true }).inspection;
  await isOver(whole);
  expect([whole.status.state, whole.status.end?.cause, said(whole)]).toEqual([
    'ended',
    'end',
    'The stream ended. JSON lines are not asked for again: they have no IDs to go on behind.',
  ]);
  const broken = openInspection(served.url, { reconnect: true }).inspection;
  await isOver(broken);
  // Half a line isn't what was meant.
  expect(dataOf(broken)).toEqual(['1']);
  expect([broken.status.state, said(broken)]).toEqual([
    'failed',
    'The response ended before it was complete. JSON lines are not asked for again: they have no IDs to go on behind. ' +
      'Its last event was incomplete and was discarded.',
  ]);
  expect(served.requests).toHaveLength(2);
});

test('a compressed stream is read, too, and while it is open the status says how it is read', async () => {
  const { url } = await serveInTurn((response) => {
    response.writeHead(200, { ...LINES, 'Content-Encoding': 'gzip' });
    const gzip = createGzip();
    gzip.pipe(response);
    gzip.write('{"a":1}\n');
    gzip.flush();
  });
  const { inspection, until } = openInspection(url);
  await until(() => inspection.history.count === 1);
  expect(said(inspection)).toBe('Read as JSON lines: each line is an event. There is no reconnect.');
});

/** Reads one URL in several ways, one after the other, in one inspection. */
async function readInTurn(url: string, ...ways: ('events' | 'lines' | 'text' | undefined)[]): Promise<Inspection> {
  const inspection = new Inspection(() => {});
  onTestFinished(() => inspection.close());
  for (const readAs of ways) {
    inspection.connect(
      { method: 'GET', url, headers: [], insecure: false },
      { reconnect: false, lastEventId: '', ...(readAs && { readAs }) },
    );
    await isOver(inspection);
  }
  return inspection;
}

const MIXED = 'event: e\nid: 7\ndata: 1\n\n';

test('any success can be read in each way, and the history keeps the events of all', async () => {
  const { url } = await serveInTurn(ended(MIXED));
  const inspection = await readInTurn(url, undefined, 'lines', 'text', 'events');
  expect(dataOf(inspection)).toEqual(['1', 'event: e', 'id: 7', 'data: 1', '1']);
  const types = [1, 2, 3, 4, 5].map((number) => inspection.history.get(number)?.event);
  expect(types).toEqual(['e', 'message', 'message', 'message', 'e']);
  const json = Buffer.concat([...historyJson(inspection.history.snapshot(), { lines: true })]).toString();
  const rows = json
    .trim()
    .split('\n')
    .map((row) => JSON.parse(row));
  expect(rows.map(({ event, id, data }) => [event, id, data])).toEqual([
    ['e', '7', '1'],
    ['message', undefined, 'event: e'],
    ['message', undefined, 'id: 7'],
    ['message', undefined, 'data: 1'],
    ['e', '7', '1'],
  ]);
});

test('saved as a .sse file, each line is the data of an event, beside the events of other connections', async () => {
  const { url } = await serveInTurn(ended(MIXED), lines('{"a":1}\r\n\n: x\n:@ drop\n\x1e[\n2]\n3'), ended(MIXED));
  const inspection = await readInTurn(url, undefined, undefined, undefined);
  const script = Buffer.concat([...inspection.script()]).toString();
  expect(script.replace(/:@ wait .*\n/g, '')).toBe(
    `${MIXED}:@ end\n:@ connection\n` +
      'data: {"a":1}\n\ndata: : x\n\ndata: :@ drop\n\ndata: [\ndata: 2]\n\ndata: 3\n\n:@ end\n' +
      `:@ connection\n${MIXED}:@ end\n`,
  );
});

test('of lines that are saved as some of all, each is an event, also the last of a connection, which may lack its end', async () => {
  const { url } = await serveInTurn(
    lines('{"a":1}\n{"a":2}'),
    lines('{"b":3}\n\x1e[4\n\x1e[5\n]\n\x1e[6\n'),
    lines('7'),
  );
  const inspection = await readInTurn(url, undefined, undefined, undefined);
  const script = Buffer.concat([...eventsScript(inspection.history.snapshot(), 'GET')]);
  const data: string[] = [];
  new EventStreamParser((event) => data.push(event.data)).feed(script);
  expect(data).toEqual(['{"a":1}', '{"a":2}', '{"b":3}', '[4', '[5\n]', '[6', '7']);
  expect(data).toEqual(dataOf(inspection));
});

test('recorded while it comes, from the line in progress on, the file is an event stream', async () => {
  let write = (_text: string) => {};
  const { url } = await serveInTurn((response) => {
    response.writeHead(200, LINES).write('{"n":1}\n{"n":');
    write = (text) => response.write(text);
  });
  const { inspection, until } = openInspection(url);
  await until(() => inspection.history.bytes.size > 8);
  const recording = await startRecording(inspection);
  write('2}\n{"n":3}\n{"n"');
  await until(() => inspection.history.count === 3);
  await until(() => inspection.history.bytes.size === 28);
  const text = recording.stop();
  const data: string[] = [];
  new EventStreamParser((event) => data.push(event.data)).feed(Buffer.from(text));
  expect(data).toEqual(['{"n":2}', '{"n":3}']);
  expect(recording.failures).toEqual([]);
});

test('100,000 lines, and one of 5 MB, come whole, and are shown and searched', async () => {
  const big = JSON.stringify({ big: 'ä'.repeat(2.5 * 1024 * 1024) });
  const many = Array.from({ length: 99_999 }, (_, n) => `{"n":${n}}\n`).join('');
  const { url } = await serveInTurn(lines(`${many}${big}`));
  const { inspection } = openInspection(url);
  await isOver(inspection);
  const { history } = inspection;
  expect([history.count, history.evicted]).toEqual([100_000, 0]);
  const last = history.get(100_000);
  expect(last && history.data(last) === big).toBe(true);
  expect(last && history.preview(last)).toHaveLength(400);
  const tenth = history.get(10);
  expect(tenth && history.data(tenth)).toBe('{"n":9}');
});

test('evidence says that it is read as JSON lines, and nothing is found wrong with that', async () => {
  const { url } = await serveInTurn(lines('{"a":1}\n{"a":2}\n{"a":3}\n'));
  const evidence = await readEvidence(url);
  expect(evidence.connections).toMatchObject([{ head: { isStream: true, isLines: true }, eventCount: 3 }]);
  expect(findingsOf(evidence)).toEqual([]);
  // As an event stream, it is none.
  const asEvents = findingsOf(await readEvidence(url, { readAs: 'events' })).map(({ id }) => id);
  expect(asEvents).toEqual(expect.arrayContaining(['wrong-type', 'not-the-format']));
});
