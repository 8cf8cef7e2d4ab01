// `sse-counter read --result`, as a process: what the events say together, at the end.
import { expect, test } from 'vitest';
import { serveScript } from '../support/mock/scriptServer';
import { runCommand } from '../support/programs/commandLine';
import { EXAMPLES, type ExampleName } from '../support/protocols/examples';
import { streamOf } from '../support/protocols/reading';
import { serveInTurn } from '../support/servers/streamServer';

const serve = (name: ExampleName, lines = Number.POSITIVE_INFINITY) =>
  serveScript(`${streamOf(EXAMPLES[name].slice(0, lines))}:@ end\n`);
const rowsOf = (stdout: string) =>
  stdout
    .split('\n')
    .filter(Boolean)
    .map((row) => JSON.parse(row));

test('--result prints one object for the answer, and nothing else', async () => {
  const { stream } = await serve('chat');
  const { code, stdout, stderr } = await runCommand(['read', stream, '--result']);
  expect([code, stderr]).toEqual([0, '']);
  expect(rowsOf(stdout)).toMatchObject([
    { protocol: 'openai-chat', items: [{ text: 'Two tides.' }, {}, {}], complete: true },
  ]);
});

test('--json has the events before it, and the end last', async () => {
  const { stream } = await serve('anthropic', 4);
  const { code, stdout } = await runCommand(['read', stream, '--result', '--json']);
  expect(code).toBe(0);
  expect(rowsOf(stdout).map((row) => row.event ?? row.protocol ?? row.end.cause)).toEqual([
    ...['message_start', 'content_block_start', 'content_block_delta', 'content_block_delta', 'anthropic', 'end'],
  ]);
  expect(rowsOf(stdout)[4].problems).toEqual([{ code: 'unfinished', event: 4 }]);
});

test('a stream of no protocol, or of one that is only named, prints nothing but a sentence', async () => {
  const { stream } = await serveScript('data: 1\n\n:@ end\n');
  expect(await runCommand(['read', stream, '--result'])).toEqual({
    ...{ code: 0, stdout: '' },
    stderr: 'There is no result: the events are of no protocol that is known. See them without --result.\n',
  });
  const cohere = await serve('cohere');
  expect(await runCommand(['read', cohere.stream, '--result'])).toEqual({
    ...{ code: 0, stdout: '' },
    stderr: 'There is no result: results of Cohere v2 aren’t assembled. See its events without --result.\n',
  });
});

test('a stream that breaks off prints its result, and fails', async () => {
  const { stream } = await serveScript(`${streamOf(EXAMPLES.chat.slice(0, 2))}data: x\n:@ drop\n`);
  const { code, stdout, stderr } = await runCommand(['read', stream, '--result']);
  expect([code, rowsOf(stdout)]).toMatchObject([
    1,
    [{ items: [{ text: 'Two ' }], problems: [{ code: 'openBlock' }, { code: 'unfinished' }] }],
  ]);
  expect(stderr).not.toBe('');
});

/** A stream that ends in the middle of its last event, as text and its media type. */
const OPEN: [name: string, type: string, text: string, said: string][] = [
  [
    'an event',
    'text/event-stream',
    `${streamOf(EXAMPLES.chat.slice(0, 2))}${streamOf(EXAMPLES.chat.slice(2, 3)).trimEnd()}`,
    'Two tides.',
  ],
  [
    'a line',
    'application/x-ndjson',
    EXAMPLES.ollama
      .slice(0, 2)
      .map((line) => line.replace(/^[^|]*\| /, ''))
      .join('\n'),
    'Ebb.',
  ],
];

test.each(OPEN)('%s that the stream breaks off in is read, and flagged', async (_, type, text, said) => {
  const { url } = await serveInTurn((response) => {
    response.writeHead(200, { 'Content-Type': type }).write(text, () => response.destroy());
  });
  const { stdout, stderr } = await runCommand(['read', url, '--result']);
  const [result] = rowsOf(stdout);
  expect(result.items.at(-1).text).toBe(said);
  expect(result.problems.map(({ code }: { code: string }) => code)).toContain('openBlock');
  expect(stderr).toContain('Its last event was incomplete and was discarded.');
});

test('an event of another type than the wanted one isn’t read, though the stream ends in it', async () => {
  const { url } = await serveInTurn((response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' }).end('event: a\ndata: 1\n\nevent: b\ndata: 2\n');
  });
  const { stderr } = await runCommand(['read', url, '--result', '--event', 'c']);
  expect(stderr).toBe('There is no result, as no event came.\n');
});

test('--result and --raw together are wrong usage', async () => {
  expect((await runCommand(['read', 'http://127.0.0.1:1/', '--result', '--raw'])).code).toBe(2);
});
