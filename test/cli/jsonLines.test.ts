// `sse-counter read` and `record` of JSON lines, as processes.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith, runCommand } from '../support/programs/commandLine';
import { type Answer, serveInTurn } from '../support/servers/streamServer';

const answer = (text: string, type: string): Answer => {
  return (response) => void response.writeHead(200, { 'Content-Type': type }).end(text);
};
const OLLAMA = '{"message":{"content":"Hel"},"done":false}\n{"message":{"content":"lo"},"done":false}\n{"done":true}';

function rowsOf(stdout: string) {
  return stdout
    .trimEnd()
    .split('\n')
    .map((row) => JSON.parse(row));
}

test('by its type, a stream of JSON lines is read, each as an event; the last needs no line end', async () => {
  const { url, requests } = await serveInTurn(answer(OLLAMA, 'application/x-ndjson'));
  const { code, stdout, stderr } = await runCommand(['read', url, '--json', '--reconnect']);
  expect([code, stderr, requests.length]).toEqual([0, '', 1]);
  const [first, second, third, last] = rowsOf(stdout);
  expect([first, second, third].map(({ data }) => data).join('\n')).toBe(OLLAMA);
  expect(first).toMatchObject({ event: 'message', id: null, lastEventId: '', size: 43 });
  expect(last).toMatchObject({ end: { cause: 'end', events: 3, bytes: OLLAMA.length, reconnects: 0 } });
});

test('--count ends behind a line, also behind the last one, which has no end', async () => {
  const { url } = await serveInTurn(answer(OLLAMA, 'application/x-ndjson'));
  const two = OLLAMA.split('\n').slice(0, 2).join('\n');
  expect(await runCommand(['read', url, '--raw', '--count', '2'])).toEqual({ code: 0, stdout: `${two}\n`, stderr: '' });
  expect(await runCommand(['read', url, '--raw', '--count', '3'])).toEqual({ code: 0, stdout: OLLAMA, stderr: '' });
  expect(await runCommand(['read', url, '--raw', '--count', '4'])).toEqual({
    ...{ code: 1, stdout: OLLAMA },
    stderr: 'The stream ended after 3 of 4 events.\n',
  });
});

test('--as lines reads any text line by line, and --as events any response as an event stream', async () => {
  const { url } = await serveInTurn(answer('data: a\n\ndata: b\n\n', 'text/plain'));
  const data = async (...more: string[]) => {
    const { stdout } = await runCommand(['read', url, '--json', ...more]);
    return rowsOf(stdout).map(({ data, end }) => data ?? end.cause);
  };
  expect(await data()).toEqual(['type']);
  expect(await data('--as', 'lines')).toEqual(['data: a', 'data: b', 'end']);
  expect(await data('--as', 'events')).toEqual(['a', 'b', 'end']);
  expect(await runCommand(['read', url, '--as', 'text'])).toEqual({
    ...{ code: 2, stdout: '' },
    stderr: '--as takes events or lines. See: sse-counter help read\n',
  });
});

const OTHER = 'The response is not an event stream: its type is text/plain, not text/event-stream.';
const HINT = 'Its body looks like JSON lines. Use --as lines to read it so.';
const ADVICE = 'Check the URL, the method and the headers of the request.';
test.each([
  ['two lines of JSON', '{"a":1}\n{"b":', '2}\n', HINT],
  ['JSON of which the last line has no end', '{"a":1}\n', '[2]', HINT],
  ['JSON over several lines', '{\n"a":1\n}', '\n', ADVICE],
  ['a single line of JSON', '{"a":1}', '\n', ADVICE],
  ['lines of numbers', '1\n2', '\n', ADVICE],
  ['nothing', '', '', ADVICE],
])('a body of another type is looked at: %s', async (_, first, second, advice) => {
  const { url } = await serveInTurn((response) => {
    response.writeHead(200, { 'Content-Type': 'text/plain' }).flushHeaders();
    if (first !== '') response.write(first);
    setImmediate(() => response.end(second));
  });
  expect(await runCommand(['read', url, '--raw'])).toEqual({ code: 1, stdout: '', stderr: `${OTHER} ${advice}\n` });
});

test('JSON lines of another type are told at once, though they don’t end; and a body that says nothing isn’t waited for', async () => {
  const { url } = await serveInTurn(
    (response) => void response.writeHead(200, { 'Content-Type': 'text/plain' }).write('{}\n{}\n'),
    (response) => response.writeHead(200, { 'Content-Type': 'text/plain' }).flushHeaders(),
  );
  expect((await runCommand(['read', url])).stderr).toBe(`${OTHER} ${HINT}\n`);
  expect((await runCommand(['read', url])).stderr).toBe(`${OTHER} ${ADVICE}\n`);
});

test('lines that break off are a failure that --reconnect doesn’t help', async () => {
  const { url, requests } = await serveInTurn((response) => {
    response.writeHead(200, { 'Content-Type': 'application/jsonl' }).write('1\n{"b', () => response.destroy());
  });
  const { code, stderr } = await runCommand(['read', url, '--reconnect']);
  expect([code, requests.length]).toEqual([1, 1]);
  expect(stderr).toBe(
    'The response ended before it was complete. Its last event was incomplete and was discarded. ' +
      'JSON lines are not asked for again: they have no IDs to go on behind.\n',
  );
});

test.each([
  ['application/x-ndjson', []],
  ['text/plain', ['--as', 'lines']],
])('a recording of %s %j is a .sse file in which each line is the data of an event', async (type, more) => {
  const { url } = await serveInTurn(answer(OLLAMA, type));
  const folder = folderWith({});
  const { code } = await runCommand(['record', url, '-o', join(folder, 'ollama.sse'), ...more]);
  const recorded = readFileSync(join(folder, 'ollama.sse'), 'utf8').replace(/:@ wait .*\n/g, '');
  expect([code, recorded]).toEqual([0, `${OLLAMA.replace(/^/gm, 'data: ').replaceAll('\n', '\n\n')}\n\n:@ end\n`]);
});
