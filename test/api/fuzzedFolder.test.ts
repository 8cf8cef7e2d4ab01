// Random files, served as folders: each response is what its file says, and no request makes the server fail.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type IncomingMessage, type RequestOptions, request } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { findIn } from '../../src/folder/foundFiles';
import { StreamFolder } from '../../src/folder/streamFolder';
import { ScriptSource } from '../../src/server/script/scriptSource';
import { Turns } from '../../src/turns/turns';
import { fuzz } from '../support/random/fuzz';
import { mutate, pick } from '../support/random/random';
import { type RandomFile, randomFile } from '../support/random/randomFile';
import { randomNonsense } from '../support/random/randomScript';
import { eventually, startServer } from '../support/servers/testServer';

/** Number of files of a folder, about. */
const FILES = 20;
const NAMES = ['a', 'b c', 'ü', 'x/y', 'x/é/z', "q'q", '100%', 'a#b', 'a+b&c=d', 'v1/chat', 'event', 'A', '…'];

/** An event, where lines end with LF: a line of data, and a blank line somewhere behind it. */
const EVENT = /^data(?::.*)?\n(?:.+\n)*\n/m;

interface Answer {
  status: number;
  headers: IncomingMessage['headers'];
  body: string;
  /** Whether it is complete, or all that was wanted of it has come. */
  isWhole: boolean;
}

interface Question extends RequestOptions {
  body?: string;
  /** Number of bytes that are wanted. Default: all. */
  size?: number;
  /** Time after which it is given up, in milliseconds. Default: 10 s, in which each has to be answered. */
  timeout?: number;
}

/** Makes a request, and resolves with its response when that has ended, or has so many bytes; with status 0 if none came. */
async function ask(url: string, question: Question = {}): Promise<Answer> {
  const { size = Number.POSITIVE_INFINITY, body = '', timeout = 10_000, ...options } = question;
  const asked = request(url, { agent: false, ...options }).end(body);
  const timer = setTimeout(() => asked.destroy(), timeout);
  const chunks: Buffer[] = [];
  let response: IncomingMessage | undefined;
  const got = () => Buffer.concat(chunks);
  await new Promise<void>((resolve) => {
    asked.on('error', () => resolve()).on('close', resolve);
    asked.on('response', (one) => {
      response = one;
      if (size === 0) resolve();
      one.on('error', () => undefined).on('close', resolve);
      one.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        if (got().length >= size) resolve();
      });
    });
  });
  clearTimeout(timer);
  asked.destroy();
  const isWhole = response?.complete === true || got().length >= size;
  return { status: response?.statusCode ?? 0, headers: response?.headers ?? {}, body: got().toString(), isWhole };
}

/** A random folder: files whose responses are known, with JSON files beside some, and others that may be anything. */
class RandomFolder {
  readonly files = new Map<string, RandomFile>();
  readonly json = new Map<string, string>();
  readonly others = new Map<string, string>();

  constructor(random: () => number) {
    for (let at = 0; at < FILES; at += 1) {
      const name = `${pick(NAMES, random)}${random() < 0.7 ? at : ''}`;
      if (random() < 0.2) {
        const text = random() < 0.5 ? randomNonsense(random) : mutate(randomFile(random).text, random);
        this.others.set(`other/${name}.sse`, text);
      } else {
        this.files.set(name, randomFile(random));
        if (random() < 0.2) this.json.set(name, JSON.stringify({ name }));
      }
    }
  }

  async write(folder: string): Promise<void> {
    const texts = [
      ...[...this.files].map(([name, { text }]) => [`${name}.sse`, text]),
      ...[...this.json].map(([name, text]) => [`${name}.json`, text]),
      ...this.others,
    ] as [string, string][];
    for (const [name, text] of texts) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
    }
  }
}

/** Expects the response to each request to be as its file says. */
async function expectServed(url: string, file: RandomFile, json: string | undefined): Promise<void> {
  const { method, refusals, sent, ending, headers, unknownId, want } = file;
  const resumed = file.isResumedByGet && file.asksBody ? [] : file.resumed;
  const wanted = { 'X-Want': want };
  const body = method === 'POST' ? JSON.stringify({ stream: true, want }) : '';
  for (const refusal of refusals) {
    const answer = await ask(url, { method, body, headers: wanted });
    expect([url, answer.status, answer.body]).toEqual([url, refusal.status, expect.anything()]);
    if (refusal.body !== undefined) expect(answer.body.trimEnd()).toBe(refusal.body);
  }
  const expected = Buffer.from(ending === 'loop' ? sent.repeat(3) : sent);
  const isOpen = ending === 'open' || ending === 'stall' || ending === 'loop';
  const answer = await ask(url, { method, body, headers: wanted, ...(isOpen ? { size: expected.length } : {}) });
  expect([url, answer.status, answer.status === 200 ? '' : answer.body]).toEqual([url, 200, '']);
  for (const [name] of headers) {
    const values = headers.filter((one) => one[0].toLowerCase() === name.toLowerCase()).map(([, value]) => value);
    // Node takes the first of several types.
    const expected = name === 'Content-Type' ? values[0] : values.join(', ');
    expect(answer.headers[name.toLowerCase()]).toBe(expected);
  }
  if (isOpen) expect(answer.body.slice(0, expected.toString().length)).toBe(expected.toString());
  // A reset takes what is on its way, also within a character.
  else if (ending === 'reset') expect(sent.startsWith(answer.body.replace(/\ufffd+$/, ''))).toBe(true);
  else expect([answer.body, answer.isWhole]).toEqual([sent, ending === 'end']);
  if (json !== undefined && method === 'POST' && resumed.length > 0)
    expect(await ask(url, { method, body: JSON.stringify({ want }), headers: wanted })).toMatchObject({
      status: 200,
      body: json,
    });
  for (const [id, rest] of resumed) await expectResumed(url, file, { id, rest });
  if (resumed.length > 0) {
    const unknown = await ask(url, { method, body, headers: { ...wanted, 'Last-Event-ID': 'none' }, size: 1 });
    expect(unknown.status).toBe(unknownId === '204' || unknownId === '409' ? Number(unknownId) : 200);
    if (unknownId === 'resync') expect(unknown.body).toMatch(/^event: resync\n/);
  }
}

async function expectResumed(url: string, file: RandomFile, { id, rest }: { id: string; rest: string }): Promise<void> {
  const method = file.isResumedByGet ? 'GET' : file.method;
  const body = method === 'POST' ? JSON.stringify({ stream: true, want: file.want }) : '';
  const size = file.ending === 'open' ? Buffer.byteLength(rest) : Number.POSITIVE_INFINITY;
  const answer = await ask(url, { method, body, headers: { 'X-Want': file.want, 'Last-Event-ID': id }, size });
  // A client that has all events needn't come again.
  const isDone = file.ending === 'end' && !EVENT.test(rest.replace(/\r\n?/g, '\n'));
  expect([id, answer.status, answer.body]).toEqual(isDone ? [id, 204, ''] : [id, 200, rest]);
}

/** Asks for anything, in any way, for a moment. */
async function askAnything(root: string, paths: readonly string[], random: () => number): Promise<void> {
  const path = pick(
    [...paths, ...paths, '/', '/nothing', '/%', '/a%2fb', '/publish', '/connections', '//', '/..'],
    random,
  );
  const query = pick(['', '', '?speed=1000', '?speed=x', '?lastEventId=i1', '?%', `?${'x'.repeat(2000)}`], random);
  const method = pick(['GET', 'GET', 'POST', 'POST', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'], random);
  const id = pick([undefined, undefined, 'i1', 'i2', 'none', ' '], random);
  const headers = {
    ...(id === undefined ? {} : { 'Last-Event-ID': id }),
    ...(random() < 0.1 ? { Origin: 'https://a.example' } : {}),
  };
  const body = pick(['', '{"stream": true}', '{', 'data: x\n\n', 'x'.repeat(3000)], random);
  const { status } = await ask(`${root}${path}${query}`, {
    method,
    headers,
    body,
    size: pick([0, 1, 50], random),
    timeout: random() * 20,
  });
  expect(status).not.toBe(500);
}

/** Returns the path of a file's name, as a browser asks for it. */
function pathOf(name: string): string {
  return `/${encodeURI(name).replace('#', '%23')}`;
}

/** Serves a random folder, and asks for all in it. */
async function serveOne(random: () => number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'sse-fuzz-'));
  const wanted = new RandomFolder(random);
  await wanted.write(folder);
  const turns = new Turns();
  const { scripts, problems } = await new StreamFolder(() => findIn(folder), turns).read();
  const source = new ScriptSource(undefined, { turns, onChange: () => undefined });
  source.serve(scripts);
  const { server, url, errors } = await startServer({ source });
  const root = url.replace(/\/$/, '');
  try {
    for (const [name, file] of wanted.files) {
      const problem = problems.find((one) => one.file === `${name}.sse`);
      if (problem) expect(problem).toMatchObject({ file: `${name}.sse`, code: 'samePath' });
      else await expectServed(`${root}${file.path ?? pathOf(name)}?want=${file.want}`, file, wanted.json.get(name));
    }
    const paths = scripts.map(({ path }) => path);
    for (let left = 30; left > 0; left -= 1) await askAnything(root, paths, random);
    await eventually(() => server.connectionCount === 0);
    expect(errors).toEqual([]);
  } finally {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

test('random files of a folder are served as they say, and no request makes the server fail', async () => {
  await fuzz(100, serveOne, { atOnce: 4 });
});
