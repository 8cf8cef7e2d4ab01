// The npm package: what is in it, and that it works when it is installed in an empty project, with the Node that runs the tests.
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, inject, onTestFinished, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { type Ended, Project } from '../support/package/project';

const MAX_SIZE = 230_000;
const ORDERS =
  'retry: 100\n\nid: 1\ndata: {"number": 1}\n\nid: 2\ndata:\n:@ drop\ndata: {"number": 2}\n\nid: 3\ndata: {"number": 3}\n\n:@ end\n';

const project = new Project();
const command = join(project.installed, 'dist/npm/cli.mjs');

/** Runs the installed command line. */
function cli(...words: string[]): Promise<Ended> {
  return project.run(process.execPath, [command, ...words]);
}

/** Starts the installed command line as a server; resolves with its URL. */
async function serve(...words: string[]): Promise<string> {
  const running = project.start(process.execPath, [command, 'serve', ...words, '--port', '0']);
  onTestFinished(() => void running.child.kill('SIGKILL'));
  const isOver = running.ended.then(({ stdout, stderr }) => Promise.reject(new Error(`It ended: ${stdout}${stderr}`)));
  while (!running.stdout().includes('\n')) await Promise.race([once(running.child.stdout, 'data'), isOver]);
  isOver.catch(() => undefined);
  return /^Serving \S+ on (http:\/\/127\.0\.0\.1:\d+\/event)\n$/.exec(running.stdout())?.[1] ?? running.stdout();
}

beforeAll(async () => {
  await project.install();
  writeFileSync(join(project.folder, 'orders.sse'), ORDERS);
  writeFileSync(join(project.folder, 'wrong.sse'), 'data: 1\n\n:@ wiat 1s\n');
}, 120_000);

afterAll(() => project.delete());

test('the package has the command line, the API, its types and what a person reads, and nothing else', () => {
  const files = readdirSync(project.installed, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => statSync(join(project.installed, file)).isFile())
    .map((file) => file.replace(/(?<=^dist\/npm\/parts\/)[\w-]+-[A-Z\d]{8}(?=\.mjs$)/, '*'));
  expect([...new Set(files)].sort()).toEqual([
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'dist/npm/ThirdPartyNotices.txt',
    'dist/npm/cli.mjs',
    'dist/npm/index.d.ts',
    'dist/npm/index.mjs',
    'dist/npm/parts/*.mjs',
    'package.json',
  ]);
});

test(`it has at most ${MAX_SIZE} bytes, and needs no other package`, () => {
  expect(statSync(inject('tarball')).size).toBeLessThan(MAX_SIZE);
  expect(readdirSync(join(project.folder, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual([
    manifest.name,
  ]);
});

test('it has the licence of each package that is in its code', () => {
  const notices = readFileSync(join(project.installed, 'dist/npm/ThirdPartyNotices.txt'), 'utf8');
  for (const name of ['http-proxy-agent', 'proxy-from-env', 'agent-base'])
    expect(notices).toMatch(new RegExp(`^${name} \\d`, 'm'));
});

test('a Redis stream needs no other package', async () => {
  const { code, stderr } = await cli('serve', 'redis://127.0.0.1:1/orders');
  expect([code, stderr]).toEqual([1, expect.stringContaining('can’t be used: connect ECONNREFUSED 127.0.0.1:1.')]);
});

test('npx runs it', async () => {
  const { code, stdout } = await project.runNpm('npx', ['--no', '--', 'sse-counter', '--version']);
  expect([code, stdout.trim()]).toEqual([0, manifest.version]);
});

test('it serves a file, and reads it through a drop, complete', async () => {
  const url = await serve('orders.sse');
  const { code, stdout, stderr } = await cli('read', url, '--reconnect', '--json');
  const rows = stdout
    .trimEnd()
    .split('\n')
    .map((row) => JSON.parse(row));
  expect([code, stderr]).toEqual([0, '']);
  expect(rows.map(({ id, data, reconnect, end }) => end?.cause ?? (reconnect ? 'reconnect' : [id, data]))).toEqual([
    ['1', '{"number": 1}'],
    'reconnect',
    ['2', '\n{"number": 2}'],
    ['3', '{"number": 3}'],
    'reconnect',
    'noContent',
  ]);
});

test('it records a stream to a file that it finds no fault with', async () => {
  const url = await serve('orders.sse');
  const file = join(project.folder, 'recorded.sse');
  const recorded = await cli('record', url, '-o', 'recorded.sse', '--reconnect', '--count', '3');
  onTestFinished(() => rmSync(file, { force: true }));
  expect(recorded).toMatchObject({ code: 0, stdout: '' });
  expect(existsSync(file)).toBe(true);
  expect(await cli('check', 'recorded.sse')).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^recorded\.sse: 3 events, /),
  });
});

test('each exit code means what the help says', async () => {
  const url = await serve('orders.sse', '--speed', '0.1');
  const codes = await Promise.all([
    cli('read', url, '--count', '1'),
    cli('read', url),
    cli('read', 'http://127.0.0.1:1/'),
    cli('read', url, '--coutn', '1'),
    cli('check', 'wrong.sse'),
    cli('read', url.replace('/event', '/none')),
  ]);
  expect(codes.map(({ code }) => code)).toEqual([0, 1, 1, 2, 2, 1]);
  writeFileSync(join(project.folder, 'silent.sse'), ':@ wait 100s\n\ndata: 1\n\n');
  expect(await cli('read', await serve('silent.sse'), '--timeout', '0.2')).toMatchObject({ code: 124 });
});

test('its API is imported by its name, and serves and reads', async () => {
  const script = `
    import { checkEventStream, diagnoseEventStream, readEventStream, recordEventStream, serveEventStream } from 'sse-counter';
    const mock = await serveEventStream('orders.sse');
    const ids = [];
    for await (const event of readEventStream(mock.url, { count: 3, timeout: 20000, reconnect: true })) ids.push(event.id);
    const came = mock.requests.map(({ lastEventId }) => lastEventId);
    const { ok, events } = await checkEventStream('orders.sse');
    const { evidence } = await diagnoseEventStream(mock.url, { second: false });
    console.log(JSON.stringify({ ids, came, ok, events, probes: evidence.probes.length > 3, record: typeof recordEventStream }));
    await mock.close();
  `;
  writeFileSync(join(project.folder, 'api.mjs'), script);
  const { code, stdout, stderr } = await project.run(process.execPath, ['api.mjs']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(JSON.parse(stdout)).toEqual({
    ids: ['1', '2', '3'],
    came: ['', '1'],
    ok: true,
    events: 3,
    probes: true,
    record: 'function',
  });
});

const TYPED = `
import { type EventStreamMock, readEventStream, recordEventStream, serveEventStream, checkEventStream } from 'sse-counter';
import { diagnoseEventStream, type StreamFinding } from 'sse-counter';
const mock: EventStreamMock = await serveEventStream({ text: 'data: 1' }, { port: 0, speed: 10, allowOrigins: ['https://a.example'] });
const first = await mock.connection({ timeout: 5000 });
const taken: number = mock.publish({ event: 'order', id: '7', data: { number: 7 } });
mock.drop(first);
mock.refuseNext(503, { retryAfter: 1 });
const reading = readEventStream(new URL(mock.url), { count: 3, signal: AbortSignal.timeout(1000) });
for await (const { id, data } of reading) console.log(id?.length, data.length, taken);
const { cause } = await reading.end;
const { file } = await recordEventStream({ url: mock.url, headers: { a: 'b' } }, 'a.sse', { duration: 1000 });
const { problems } = await checkEventStream(new URL('file:///a.sse'));
console.log(cause, file, problems[0]?.line);
const { findings, evidence } = await diagnoseEventStream(mock.url, { compare: new URL('http://localhost/'), onProgress: ({ done }) => console.log(done) });
const texts: string[] = findings.map(({ text, fix }: StreamFinding) => text + fix[0]?.code);
console.log(texts, evidence.probes[0]?.connection.head?.status);
await mock[Symbol.asyncDispose]();
// @ts-expect-error There is no such option.
await serveEventStream('a.sse', { prot: 0 });
// @ts-expect-error A port is a number.
await serveEventStream('a.sse', { port: '8080' });
`;

test.each([
  ['node16', 'node16'],
  ['bundler', 'esnext'],
])('its types hold with moduleResolution %s, without other types', async (moduleResolution, module) => {
  const compilerOptions = {
    ...{ target: 'es2022', lib: ['es2023', 'dom'], types: [], strict: true, skipLibCheck: false, noEmit: true },
    ...{ moduleResolution, module, exactOptionalPropertyTypes: true },
  };
  writeFileSync(join(project.folder, 'typed.mts'), TYPED);
  writeFileSync(join(project.folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['typed.mts'] }));
  expect(await project.run(process.execPath, [resolve('node_modules/typescript/bin/tsc'), '-p', '.'])).toEqual({
    code: 0,
    stdout: '',
    stderr: '',
  });
});
