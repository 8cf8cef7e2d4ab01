// Places that a mock fills in, and files that it chooses by conditions, as clients get them over HTTP.
import { describe, expect, test } from 'vitest';
import { ScriptSource } from '../../../src/server/script/scriptSource';
import { EventStreamParser } from '../../../src/stream/parse';
import { Turns } from '../../../src/turns/turns';
import { scriptOf } from '../../support/mock/scriptServer';
import { ask, eventually, openStream, type Question, type Stream, startServer } from '../../support/servers/testServer';

/** Serves files, each with its name, or a single one. Resolves with the source and the address of its stream. */
async function serve(files: string | Record<string, string>, seed?: number) {
  const single = typeof files === 'string' ? scriptOf(files) : undefined;
  const source = new ScriptSource(single, { turns: new Turns(), onChange: () => undefined, seed });
  if (typeof files !== 'string')
    source.serve(Object.entries(files).map(([name, text]) => ({ name, path: '/event', script: scriptOf(text) })));
  const { url } = await startServer({ source });
  return { source, stream: `${url}event`, url };
}

const get = (stream: string, lastEventId?: string) =>
  openStream(stream, lastEventId === undefined ? {} : { headers: { 'Last-Event-ID': lastEventId } });

const post = (body: unknown, headers: Record<string, string> = {}): Question => ({
  method: 'POST',
  body: typeof body === 'string' ? body : JSON.stringify(body),
  headers: { 'Content-Type': 'application/json', ...headers },
});

/** Resolves with a response's body as far as it has come when it has that end; leaves then. */
async function textUntil(stream: Stream, end: string): Promise<string> {
  const text = await stream.until(end);
  stream.response.destroy();
  return text;
}

function eventsIn(text: string) {
  const events: { data: string; event: string; id: string | undefined }[] = [];
  new EventStreamParser(({ data, event, id }) => events.push({ data, event, id })).feed(Buffer.from(text));
  return events;
}

const FILL = ':@ fill\n';
const POST = ':@ method POST\n';
const LOOP = ':@ wait 5ms\n:@ loop\n';

describe('what is filled in', () => {
  test('the number, the time, a UUID and a random number', async () => {
    const { stream } = await serve(`${FILL}data: {{n}} {{now}} {{now ms}} {{uuid}} {{random 5 6}}\n\n:@ end\n`);
    const before = Date.now();
    const [, n, now = '', ms, uuid, random] =
      /^data: (\S+) (\S+) (\S+) (\S+) (\S+)\n\n$/.exec(await (await get(stream)).whole) ?? [];
    expect([n, now]).toEqual(['1', new Date(Number(ms)).toISOString()]);
    expect(Number(ms)).toBeGreaterThanOrEqual(before);
    expect(Number(ms)).toBeLessThanOrEqual(Date.now());
    expect(uuid).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(['5', '6']).toContain(random);
  });

  test('a large event is filled in as it is read, with the values of its own file, and what begins meanwhile is behind it', async () => {
    const long = 'x'.repeat(12_000_000);
    const { source, stream } = await serve(`${FILL}data: {{query a}}${long}{{query b}}\n\n:@ wait 60s\n`);
    const one = await openStream(`${stream}?a=1&b=2`);
    one.response.pause();
    await eventually(() => [...source.connections].some(({ connection }) => connection.isFull));
    source.publish({ bytes: Buffer.from('data: p\n\n'), events: 1, ids: [] });
    source.load(scriptOf(`${FILL}data: {{query b}}\n\n:@ end\n`));
    source.restart();
    one.response.resume();
    expect((await one.whole) === `data: 1${long}2\n\ndata: p\n\ndata: 2\n\n`).toBe(true);
  });

  test('values of the query, also where a body is not read', async () => {
    const { stream } = await serve(`${FILL}: {{query a}}\nevent: {{query b}}\ndata: {{query c}}|\n\n:@ end\n`);
    const text = await (await get(`${stream}?a=1%0D2&b=%E5%8C%97+x&speed=10`)).whole;
    expect(text).toBe(': 12\nevent: 北 x\ndata: |\n\n');
  });

  test('values of the body, in JSON', async () => {
    const { stream } = await serve(
      `${FILL}${POST}data: {"echo": "{{body /messages/-1/content}}", "n": {{body /n}}}\n\n:@ end\n`,
    );
    const body = { n: [1, { a: null }], messages: [{ content: 'a' }, { content: 'two\nlines, "quoted"\u2028' }] };
    const text = await (await openStream(stream, post(body))).whole;
    expect(JSON.parse(text.slice('data: '.length))).toEqual({ echo: body.messages[1]?.content, n: body.n });
    const { whole } = await openStream(stream, post('no JSON'));
    expect(await whole).toBe('data: {"echo": "", "n": }\n\n');
  });

  test('a refused body of more than 1 MB is told so', async () => {
    const { stream } = await serve(`${FILL}${POST}data: {{body /a}}\n\n:@ end\n`);
    expect((await ask(stream, post({ a: 'x'.repeat(1024 * 1024) }))).status).toBe(413);
    expect((await ask(stream, post({ a: 'x'.repeat(1024 * 1024 - 100) }))).body).toHaveLength(
      65_536 + 'data: \n\n'.length,
    );
  });

  test('a refused body of JSON that would take V8 too long to parse is told so', async () => {
    const { stream } = await serve(`${FILL}${POST}data: {{body /a1}}\n\n:@ end\n`);
    const object = (names: number) =>
      JSON.stringify(Object.fromEntries(Array.from({ length: names }, (_, n) => [`a${n}`, n])));
    const refused = await ask(stream, post(object(40_000)));
    expect(refused.status).toBe(413);
    expect(refused.body).toMatch(/^The file reads the request’s JSON, which has too many different names/);
    expect((await ask(stream, post(`${'['.repeat(501)}${']'.repeat(501)}`))).status).toBe(413);
    expect((await ask(stream, post(object(10_000)))).body).toBe('data: 1\n\n');
    expect((await ask(stream, post(`${'['.repeat(500)}${']'.repeat(500)}`))).body).toBe('data: \n\n');
    // As it is no JSON, whatever it would take.
    expect((await ask(stream, post('x'.repeat(100_000)))).body).toBe('data: \n\n');
  });

  test('with a seed, each connection gets the same in each run, and other values than the others', async () => {
    const text = `${FILL}${'data: {{uuid}} {{random 1 1000000}}\n\n'.repeat(3)}:@ end\n`;
    const [one, other, third] = [await serve(text, 7), await serve(text, 7), await serve(text, 8)];
    const first = await (await get(one.stream)).whole;
    const second = await (await get(one.stream)).whole;
    expect(await (await get(other.stream)).whole).toBe(first);
    expect(await (await get(other.stream)).whole).toBe(second);
    expect(await (await get(third.stream)).whole).not.toBe(first);
    expect(new Set(`${first}${second}`.split('\n\n')).size).toBe(7);
  });

  test('without `:@ fill`, nothing', async () => {
    const text = 'id: {{n}}\ndata: {{query a}} {{{{ {{x}}\n\n';
    const { stream } = await serve(`${text}:@ end\n`);
    expect(await (await get(`${stream}?a=1`)).whole).toBe(text);
  });
});

describe('hostile requests', () => {
  const ECHO = `${FILL}${POST}id: {{n}}\nevent: e{{body /a}}\ndata: {{body /a}}{{query q}}\ndata: "{{body /a}}"\n\nid: {{n}}\ndata: ["{{body /a}}", {{body /b}}]\n\n:@ end\n`;

  test.each([
    '\n',
    '\r',
    '\r\n',
    '\n\nid: 9\nevent: evil\ndata: x\n\n',
    '"}\r\rretry: 1\r\r',
    '\0\u2028\u2029\u0085',
    '\ud800',
  ])('a value %j leaves the events as they are', async (value) => {
    const { stream } = await serve(ECHO);
    const query = encodeURIComponent(value.replace(/\ud800/g, ''));
    const text = await (await openStream(`${stream}?q=${query}`, post({ a: value, b: value }))).whole;
    const events = eventsIn(text);
    expect(events.map(({ id }) => id)).toEqual(['1', '2']);
    expect(events.map(({ event }) => event)).toEqual([
      `e${value.replace(/[\r\n]/g, '')}`.replace('\ud800', '\ufffd'),
      'message',
    ]);
    expect(text).not.toMatch(/^(?:retry|id: 9|event: evil)/m);
  });

  test('nothing is read of prototypes', async () => {
    const { stream } = await serve(
      `${FILL}${POST}data: <{{body /__proto__}}{{body /constructor/name}}{{body /a/length}}{{query __proto__}}{{query constructor}}>\n\n:@ end\n`,
    );
    expect((await ask(stream, post('{"a": [1]}'))).body).toBe('data: <>\n\n');
    expect((await ask(`${stream}?__proto__=q`, post('{"__proto__": 5}'))).body).toBe('data: <5q>\n\n');
  });

  test('a query of broken encoding is no error', async () => {
    const { stream } = await serve(`${FILL}data: {{query a}}\n\n:@ end\n`);
    expect((await ask(`${stream}?a=%&a%zz=%ff`)).body).toBe('data: %\n\n');
  });

  test('many large values arrive whole, and the connection is let go', async () => {
    const { stream, source } = await serve(`${FILL}${POST}data: "${'{{body /a}}'.repeat(100)}"\n\n${LOOP}`);
    const client = await openStream(stream, post({ a: '\u0001'.repeat(65_000) }));
    const [event] = eventsIn(await textUntil(client, '"\n\n'));
    expect((event?.data.length ?? 0) > 4_000_000).toBe(true);
    expect((event?.data.length ?? 0) < 5_000_000).toBe(true);
    await eventually(() => [...source.connections].length === 0);
  });
});

const EVENT = 'id: o-{{n}}\ndata: {{n}}\n\n';
/** Returns the numbers of a stream's events. */
const numbers = (text: string) => eventsIn(text).map(({ data }) => Number(data));

describe('the number of events', () => {
  test('counts on over loops, on each connection from 1', async () => {
    const { stream } = await serve(`${FILL}${EVENT}${EVENT}${LOOP}`);
    for (let n = 0; n < 2; n += 1)
      expect(numbers(await textUntil(await get(stream), 'data: 7\n\n'))).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  test('goes on behind the id of a client that resumes, in any round', async () => {
    const { stream } = await serve(`${FILL}${EVENT}${EVENT}${EVENT}${LOOP}`);
    for (const id of ['o-1', 'o-3', 'o-5', 'o-3000000'])
      expect(numbers(await textUntil(await get(stream, id), `data: ${Number(id.slice(2)) + 5}\n\n`))).toEqual(
        [1, 2, 3, 4, 5].map((n) => Number(id.slice(2)) + n),
      );
  });

  test.each(['o-0', 'o-01', 'o-9007199254740992', 'x-1', 'o-1.5'])(
    'begins anew behind the id %s, which can’t have been sent',
    async (id) => {
      const { stream } = await serve(`${FILL}${EVENT}${LOOP}`);
      expect(numbers(await textUntil(await get(stream, id), 'data: 2\n\n'))).toEqual([1, 2]);
    },
  );

  test('misses and repeats nothing for a client that is dropped in each round', async () => {
    const { stream } = await serve(`${FILL}${EVENT}${EVENT}:@ wait 2ms\n:@ drop\n${EVENT}:@ wait 2ms\n:@ loop\n`);
    const seen: number[] = [];
    let id: string | undefined;
    while (seen.length < 12) {
      const client = await get(stream, id);
      await client.whole.catch(() => undefined);
      const events = eventsIn(client.text());
      seen.push(...events.map(({ data }) => Number(data)));
      id = events.at(-1)?.id ?? id;
    }
    expect(seen).toEqual(seen.map((_, index) => index + 1));
  });

  test('goes on for a client that resumes behind a published id', async () => {
    const { stream, source } = await serve(`${FILL}data: {{n}}\n\ndata: {{n}}\n\n:@ wait 5ms\n:@ loop\n`);
    const client = await get(stream);
    await client.until('data: 7\n\n');
    source.pause(true);
    await ask(`${stream}?id=p`, { method: 'POST', body: 'published' });
    await client.until('data: published\n\n');
    const last = numbers(client.text()).findLast((n) => !Number.isNaN(n)) ?? 0;
    client.response.destroy();
    await eventually(() => [...source.connections].length === 0);
    const again = await get(stream, 'p');
    source.pause(false);
    expect(numbers(await textUntil(again, `data: ${last + 3}\n\n`))).toEqual([last + 1, last + 2, last + 3]);
  });

  test('counts the rounds of a shared timeline, also for who comes late', async () => {
    const { stream, source } = await serve(`${FILL}:@ wait 30ms\n${EVENT}:@ wait 30ms\n${EVENT}:@ wait 5ms\n:@ loop\n`);
    source.pause(true);
    source.share(true);
    const first = await get(stream);
    source.pause(false);
    await first.until('data: 6\n\n');
    const late = await get(stream);
    const resumed = await get(stream, 'o-3');
    await Promise.all([first, late, resumed].map((client) => client.until('data: 12\n\n')));
    expect(numbers(await first.until('data: 12\n\n'))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(numbers(await resumed.until('data: 12\n\n'))).toEqual([4, 5, 6, 7, 8, 9, 10, 11, 12]);
    const seen = numbers(await late.until('data: 12\n\n'));
    expect(seen[0]).toBeGreaterThan(5);
    expect(seen).toEqual(seen.map((_, index) => (seen[0] ?? 0) + index));
  });

  test('begins anew with a restart, by the file as it was saved, whose new values are empty', async () => {
    const { stream, source } = await serve(`${FILL}data: {{n}} {{query a}}\n\n:@ wait 5ms\n:@ loop\n`);
    const client = await get(`${stream}?a=1&b=2`);
    await client.until('data: 3 1\n\n');
    source.load(scriptOf(`${FILL}data: {{n}} again {{query b}}{{query a}}|\n\n:@ wait 5ms\n:@ loop\n`));
    source.restart();
    expect(await client.until('data: 2 again 1|\n\n')).toContain('data: 1 again 1|\n\n');
    expect(await textUntil(await get(`${stream}?a=1&b=2`), '|\n\n')).toBe('data: 1 again 21|\n\n');
  });
});

describe('which file answers', () => {
  const file = (name: string, top = '') => `${top}data: ${name}\n\n:@ end\n`;
  const answerOf = async (stream: string, question?: Question) => (await ask(stream, question)).body.slice(6, -2);

  test('the first that fits, in the order of their names; without a condition, the last', async () => {
    const { stream } = await serve({
      'a.sse': file('a'),
      'b.sse': file('b', ':@ when request 2\n'),
      'c.sse': file('c', ':@ when request 2\n:@ when query x = 1\n'),
      'd.sse': file('d', ':@ when query x = 1\n'),
    });
    const answers: string[] = [];
    for (const query of ['', '?x=1', '?x=1', '']) answers.push(await answerOf(stream + query));
    expect(answers).toEqual(['a', 'b', 'd', 'a']);
  });

  test('by a header, a method and the body', async () => {
    const { stream } = await serve({
      'a.sse': file('tenant', ':@ when header X-Tenant = a\n'),
      'b.sse': file('stream', `${POST}:@ when body /stream = true\n`),
      'c.sse': file('last', `${POST}:@ when body /messages/-1/role = user\n`),
      'd.sse': file('post', POST),
      'e.sse': file('get'),
    });
    expect(await answerOf(stream, { headers: { 'X-TENANT': 'a' } })).toBe('tenant');
    expect(await answerOf(stream)).toBe('get');
    expect(await answerOf(stream, post({ stream: true }))).toBe('stream');
    expect(await answerOf(stream, post({ messages: [{ role: 'user' }] }))).toBe('last');
    expect(await answerOf(stream, post({ stream: 'true' }))).toBe('post');
    expect(await answerOf(stream, post('{'))).toBe('post');
  });

  test('a HEAD is answered as the next request, and doesn’t count; a restart counts anew', async () => {
    const { stream, source } = await serve({
      'a.sse': file('first', ':@ when request 1\n:@ header X-File: a\n'),
      'b.sse': file('others', ':@ header X-File: b\n'),
    });
    const head = async () => (await ask(stream, { method: 'HEAD' })).headers['x-file'];
    expect([await head(), await head(), await answerOf(stream)]).toEqual(['a', 'a', 'first']);
    expect([await head(), await answerOf(stream)]).toEqual(['b', 'others']);
    source.restart();
    expect(await answerOf(stream)).toBe('first');
  });

  test('none that fits: 404, which says why', async () => {
    const { stream } = await serve(file('a', ':@ when query x = 1\n'));
    expect(await ask(stream)).toMatchObject({ status: 404, body: expect.stringContaining(':@ when') });
    expect(await answerOf(`${stream}?x=1`)).toBe('a');
  });
});
