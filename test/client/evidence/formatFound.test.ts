// Findings on the text of real streams, the cases of the field (W13 to W17) among them, and healthy ones beside them.
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Evidence } from '../../../src/analysis/evidence/evidence';
import { findingsOf } from '../../../src/analysis/findings/findings';
import { FORMAT_RULES } from '../../../src/analysis/findings/format/formatRules';
import { foundBy } from '../../support/evidence/foundBy';
import { readEvidence } from '../../support/evidence/readEvidence';
import { serveMock } from '../../support/mock/serveMock';
import { startBetterSse, startHono } from '../../support/servers/foreignServers';
import { type Answer, serveInTurn } from '../../support/servers/streamServer';

const HEAD = { 'Content-Type': 'text/event-stream' };

/** Returns a response whose chunks come 20 ms behind each other. */
function chunked(chunks: (string | Buffer)[], { type = HEAD['Content-Type'], ends = true } = {}): Answer {
  return async (response) => {
    response.writeHead(200, { 'Content-Type': type }).flushHeaders();
    for (const chunk of chunks) {
      response.write(chunk);
      await delay(20);
    }
    if (ends) response.end();
  };
}

async function evidenceFrom(answer: Answer, until?: (evidence: Evidence) => boolean): Promise<Evidence> {
  const { url } = await serveInTurn(answer);
  return readEvidence(url, until && { until });
}

async function found(...chunks: (string | Buffer)[]): Promise<string[]> {
  return foundBy(FORMAT_RULES, await evidenceFrom(chunked(chunks)));
}

test('a proxy’s bare JSON error is an ignored line (W13)', async () => {
  const error = '{"error":{"code":-32603,"message":"filter failed"}}\n\n';
  expect(await found('data: {"a":1}\n\n', error)).toEqual(['ignored-lines json likely']);
});

test('a line end within the data loses the rest (W14)', async () => {
  expect(await found('data: Hello!\nHow are you?\n\n')).toEqual(['ignored-lines text likely']);
  expect(await found('data: {\n  "a": 1\n}\n\n')).toEqual(['lost-lines likely']);
  expect(await found('data: {\ndata:   "a": 1\ndata: }\n\n')).toEqual([]);
});

test.each(['[DONE]', '{{name}} {', '[12:03:04] INFO started {pid=4'])(
  'fields of other names beside data that isn’t JSON have lost nothing: %s',
  async (data) => {
    expect(await found(`x-trace: 7\ndata: ${data}\n\n`)).toEqual(['ignored-lines field hint']);
  },
);

test('fields without data at the beginning wait for the first event', async () => {
  const { url } = await serveInTurn(chunked(['retry: 3000\nid: 0\n'], { ends: false }));
  expect(foundBy(FORMAT_RULES, await readEvidence(url, { within: 2600 }))).toEqual([]);
});

test('lines that wait for a blank one are told while the stream is open (W15)', async () => {
  const { url } = await serveInTurn(chunked(['data: 1\n', 'data: 2\n', 'data: 3\n'], { ends: false }));
  const evidence = await readEvidence(url, { within: 2600 });
  expect(foundBy(FORMAT_RULES, evidence)).toEqual(['no-blank-line open likely']);
  expect(findingsOf(evidence).find(({ id }) => id === 'no-blank-line')?.values['lines']).toBe(3);
});

test('nothing waits for a blank line in a stream that has just begun', async () => {
  const answer = chunked(['retry: 10000\nid: 1\ndata: 1\n'], { ends: false });
  const evidence = await evidenceFrom(answer, ({ connections: [first] }) => (first?.text.open.lines ?? 0) > 2);
  expect(foundBy(FORMAT_RULES, evidence)).toEqual([]);
});

test('a type with a blank at its end is another one (W16)', async () => {
  expect(await found('event: ready \ndata: 1\n\n')).toEqual([
    'named-events blank likely',
    'named-events one information',
  ]);
});

test('a content type with a blank at its end is right', async () => {
  const evidence = await evidenceFrom(chunked(['data: 1\n\n'], { type: 'text/event-stream ' }));
  expect(foundBy(FORMAT_RULES, evidence)).toEqual([]);
  expect(evidence.connections[0]?.eventCount).toBe(1);
});

test('a block without data makes no event (W17)', async () => {
  expect(await found('data: {"n":9}\n\n', 'event: complete\n\n')).toEqual(['without-data likely']);
  expect(await found('data: {"n":9}\n\n', 'event: complete\ndata\n\n')).toEqual(['named-events one information']);
});

test.each<[string, string, string]>([
  ['NDJSON', '{"a":1}\n{"a":2}\n{"a":3}\n', 'ndjson'],
  ['HTML', '<!doctype html>\n<html>\n<p>\n</html>\n', 'html'],
  ['JSON', '{\n  "a": 1\n}\n', 'json'],
])('%s isn’t the format', async (_, body, format) => {
  expect(await found(body)).toContain(`not-the-format ${format} proven`);
});

test('the type of a stream in UTF-16, or of another charset, is told', async () => {
  expect(await found(Buffer.from('data: 1\n\ndata: 2\n\n', 'utf16le'))).toContain('encoding utf16 proven');
  const answer = chunked(['data: 1\n\n'], { type: 'text/event-stream;charset=ISO-8859-1' });
  expect(foundBy(FORMAT_RULES, await evidenceFrom(answer))).toEqual(['encoding charset proven']);
});

test('bytes that aren’t UTF-8 are told with their place, and characters cut between chunks are right', async () => {
  const evidence = await evidenceFrom(chunked([Buffer.from('data: caf\xe9\n\n', 'latin1')]));
  const [finding] = findingsOf(evidence).filter(({ id }) => id === 'encoding');
  expect(finding).toMatchObject({ variant: 'bytes', confidence: 'proven', position: 9 });
  expect(finding?.values['bytes']).toMatch(/^e9/);
  const whole = Buffer.from('data: €😀\n\n');
  expect(await found(...[...whole].map((byte) => Buffer.from([byte])))).toEqual([]);
});

test('a byte order mark in front of a second file hides its first field', async () => {
  expect(await found('\ufeffdata: 1\n\n', '\ufeffdata: 2\n\n')).toEqual([
    'ignored-lines spelling proven',
    'encoding mark proven',
  ]);
  expect(await found('\ufeffdata: 1\n\n')).toEqual([]);
});

test('line ends that were sent as their escapes end nothing', async () => {
  expect(await found('data: 1\\n\\n', 'data: 2\\n\\n')).toEqual(['escaped-newlines never likely']);
  expect(await found('data: a\\n\\ndata: b\n\n')).toEqual(['escaped-newlines events likely']);
  expect(await found('data: {"text":"a\\n\\n"}\n\n')).toEqual([]);
});

test('line ends in JSON are escaped as JSON asks, also in a text about event streams', async () => {
  const text = JSON.stringify({ text: 'Send this:\n\ndata: hello\n\nid: 5' });
  expect(await found(`data: ${text}\n\n`)).toEqual([]);
  expect(await found(`data: ${JSON.stringify({ text: `\n\ndata: ${'a'.repeat(70_000)}` })}\n\n`)).toEqual([]);
});

test('a program’s text with such line ends in quotation marks may be meant so', async () => {
  expect(await found('data: res.write("id: 1\\n\\ndata: hi");\n\n')).toEqual(['escaped-newlines events hint']);
  expect(await found('data: {"a":1}\\n\\ndata: {"a":2}\\n\\n\n\n')).toEqual(['escaped-newlines events likely']);
});

test('odd reconnection times are told', async () => {
  expect(await found('retry: 3s\n\n', 'data: 1\n\n')).toEqual(['odd-retry ignored proven']);
  expect(await found('retry: 5\n\n', 'data: 1\n\n')).toEqual(['odd-retry short hint']);
  expect(await found('retry: 3000\n\n', 'data: 1\n\n')).toEqual([]);
});

test('an error within the stream is told with its message', async () => {
  const evidence = await evidenceFrom(chunked(['data: {"error":{"message":"overloaded"}}\n\n']));
  expect(findingsOf(evidence).find(({ id }) => id === 'failed-inside')?.values['message']).toBe('overloaded');
  expect(await found('data: {"error":null}\n\n')).toEqual([]);
});

test('our own mock raises nothing but information', async () => {
  const mock = await serveMock(
    'retry: 3000\n\nid: 1\nevent: tick\ndata: {"n":1}\n\n: beat\n\nid: 2\ndata: two\ndata: lines\n\n',
  );
  const until = ({ connections: [first] }: Evidence) => first?.eventCount === 2;
  expect(foundBy(FORMAT_RULES, await readEvidence(mock.url, { until }))).toEqual(['named-events one information']);
});

test('servers of others raise nothing but information', async () => {
  const all = ({ connections: [first] }: Evidence) => first?.eventCount === 20;
  for (const url of [await startHono(), await startBetterSse(), await startHono(20)]) {
    const findings = findingsOf(await readEvidence(url, { until: all }));
    expect(findings.filter(({ confidence }) => ['proven', 'likely'].includes(confidence))).toEqual([]);
  }
});
