// A folder of files as one server, over the API.
import { execFile } from 'node:child_process';
import { rename, rm, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { serveEventStream } from '../../src/api';
import type { ServeOptions } from '../../src/api/mock/eventStreamMock';
import { findIn } from '../../src/folder/foundFiles';
import { folderOf, write } from '../support/mock/mockFolder';
import { hasBashAndCurl } from '../support/servers/echoServer';
import { ask, eventually } from '../support/servers/testServer';

async function serve(served: string | string[], options?: ServeOptions) {
  const mock = await serveEventStream(served, options);
  onTestFinished(() => mock.close());
  const root = `http://127.0.0.1:${mock.port}`;
  const get = async (path: string, headers = {}) => (await ask(root + path, { headers })).body;
  const post = (path: string, body = '') => ask(root + path, { method: 'POST', body: Buffer.from(body) });
  return { mock, root, get, post };
}

const one = (data: string, top = '') => `${top}data: ${data}\n\n:@ end\n`;

test('each file of a folder is on the path of its name, or on the one that it names', async () => {
  const folder = await folderOf({
    'orders.sse': one('orders'),
    'api/über uns (1).sse': one('about'),
    'api/v1/chat.sse': one('chat', ':@ path /v1/chat/completions\n:@ method POST\n'),
  });
  const { mock, root, get, post } = await serve(folder);
  expect(mock.url).toBe(`${root}/`);
  expect(await get('/orders')).toBe('data: orders\n\n');
  expect(await get('/api/%C3%BCber%20uns%20(1)')).toBe('data: about\n\n');
  expect((await post('/v1/chat/completions', '{}')).body).toBe('data: chat\n\n');
  expect(mock.requests.map(({ url }) => url)).toEqual([
    '/orders',
    '/api/%C3%BCber%20uns%20(1)',
    '/v1/chat/completions',
  ]);
});

test('the page on / lists the streams with their curl lines, and an unknown path is 404 and lists them, too', async () => {
  const folder = await folderOf({ "a'b.sse": one('a'), 'chat.sse': one('b', ':@ method POST\n') });
  const { root, get } = await serve(folder);
  const lines = [
    '2 streams',
    `/a'b\n  curl -N '${root}/a'"'"'b'`,
    `POST /chat\n  curl -N -H 'Content-Type: application/json' -d '{"stream": true}' '${root}/chat'`,
  ];
  expect(await get('/')).toBe(`${lines.join('\n\n')}\n`);
  const page = await ask(`${root}/`, { headers: { accept: 'text/html,*/*' } });
  expect(page.headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8' });
  expect(page.body).toContain(`<a href="/a'b">/a'b</a>`);
  expect(await ask(`${root}/event`)).toMatchObject({
    status: 404,
    body: `Not found. The streams: /a'b, POST /chat. The page on / lists them.\n`,
  });
});

test.runIf(hasBashAndCurl)('the curl lines on / reach streams whose names curl would take for many', async () => {
  const folder = await folderOf({ 'a[1-3].sse': one('a'), 'b{1,2}.sse': one('b') });
  const { get } = await serve(folder);
  const lines = (await get('/')).split('\n').filter((line) => line.startsWith('  curl'));
  const run = promisify(execFile);
  const answers = await Promise.all(lines.map((line) => run('bash', ['--norc', '-c', line])));
  expect(answers.map(({ stdout }) => stdout)).toEqual(['data: a\n\n', 'data: b\n\n']);
});

test('several files are served together, and a single one on the path of its name, too', async () => {
  const folder = await folderOf({ 'a.sse': one('a'), 'in/b.sse': one('b'), 'drop.sse': one('c') });
  const both = await serve([join(folder, 'a.sse'), join(folder, 'in/b.sse')]);
  expect([await both.get('/a'), await both.get('/b')]).toEqual(['data: a\n\n', 'data: b\n\n']);
  const single = await serve(join(folder, 'in/b.sse'));
  expect([await single.get('/event'), await single.get('/b')]).toEqual(['data: b\n\n', 'data: b\n\n']);
  // Its name is a path of the server's own.
  const own = await serve(join(folder, 'drop.sse'));
  expect([await own.get('/event'), (await ask(`${own.root}/drop`)).status]).toEqual(['data: c\n\n', 405]);
});

test('what can’t be served is an error that names the files', async () => {
  const folder = await folderOf({ 'a.sse': ':@ path /x\n', 'b.sse': ':@ path /x\n', 'publish.sse': 'data: a\n\n' });
  await expect(serve(folder)).rejects.toThrow(
    'a.sse and b.sse are both on /x. Give one of them a condition, as “:@ when request 2”, or another path.\n' +
      'publish.sse: /publish is one of the server’s own paths. Rename the file, or name another by “:@ path”.',
  );
  await write(folder, { 'b.sse': 'data: b\n\n:@ sleep\n', 'publish.sse': '', 'publish.json': '{' });
  await rm(join(folder, 'publish.sse'));
  await expect(serve(folder)).rejects.toThrow(/^b\.sse:3:4: There is no directive “sleep”/);
  await expect(serve([join(folder, 'a.sse'), join(folder, 'c.sse')])).rejects.toThrow(/c\.sse can’t be read: .*ENOENT/);
  await expect(serve([])).rejects.toThrow('No file is given');
  await expect(serve(await folderOf({ 'a.json': '{}' }))).rejects.toThrow(/^There is no \.sse file in .*watch it\.$/);
});

test('several files may be on one path where each but one has a condition', async () => {
  const path = ':@ path /x\n';
  const folder = await folderOf({
    'a.sse': one('a', path),
    'b.sse': one('b', `${path}:@ when request 2\n`),
    'c.sse': one('c', `${path}:@ when query tenant = c\n`),
  });
  const { get } = await serve(folder);
  expect([await get('/x'), await get('/x'), await get('/x?tenant=c'), await get('/x')]).toEqual(
    ['a', 'b', 'c', 'a'].map((name) => `data: ${name}\n\n`),
  );
  await write(folder, { 'd.sse': one('d', path) });
  await expect(serve(folder)).rejects.toThrow('a.sse and d.sse are both on /x. Give one of them a condition');
});

test('a GET and a POST may be on one path', async () => {
  const folder = await folderOf({
    'a.sse': one('get', ':@ path /mcp\n'),
    'b.sse': one('post', ':@ path /mcp\n:@ method POST\n'),
  });
  const { get, post } = await serve(folder);
  expect([await get('/mcp'), (await post('/mcp')).body]).toEqual(['data: get\n\n', 'data: post\n\n']);
});

test('chat.json beside chat.sse is the response to a POST that doesn’t ask for a stream', async () => {
  const folder = await folderOf({
    'chat.sse': one('chunk', ':@ method POST\n:@ status 429\n:@ body {"error":1}\n'),
    'chat.json': '{"whole": true}',
    'package.json': 'not ours {',
  });
  const { root, post, mock } = await serve(folder);
  expect((await post('/chat', '{"stream":false}')).body).toBe('{"error":1}');
  expect(await post('/chat', '{"stream":false}')).toMatchObject({
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: '{"whole": true}',
  });
  expect((await post('/chat', '{"stream":true}')).body).toBe('data: chunk\n\n');
  expect((await post('/chat', 'no JSON')).body).toBe('{"whole": true}');
  const large = Buffer.alloc(2 ** 20 + 1, 0x20);
  expect((await ask(`${root}/chat`, { method: 'POST', body: large })).status).toBe(413);
  expect(mock.requests.map(({ status }) => status)).toEqual([429, 200, 200, 200, 413]);
});

test('a file that is added, changed, renamed, broken or removed is taken up without a restart', async () => {
  const folder = await folderOf({ 'a.sse': one('a') });
  const read: (string | undefined)[] = [];
  const { get } = await serve(folder, { watch: true, onRead: (problem) => read.push(problem) });
  await write(folder, { 'new/b.sse': one('b') });
  await eventually(async () => (await get('/new/b')) === 'data: b\n\n');
  await write(folder, { 'a.sse': one('a2') });
  await eventually(async () => (await get('/a')) === 'data: a2\n\n');
  await write(folder, { 'a.sse': ':@ sleep\n' });
  await eventually(() => read.at(-1)?.startsWith('a.sse:1:4: There is no directive') === true);
  expect(await get('/a')).toBe('data: a2\n\n');
  await rename(join(folder, 'new'), join(folder, 'old'));
  await eventually(async () => (await get('/old/b')) === 'data: b\n\n');
  expect(await get('/new/b')).toContain('Not found');
  await rm(join(folder, 'a.sse'));
  await eventually(async () => (await get('/a')).startsWith('Not found. The streams: /old/b.'));
  expect(read.at(-1)).toBeUndefined();
});

test('a file that is written again with the time and size that it had, as by reproducible builds, is read again', async () => {
  const folder = await folderOf({ 'a.sse': one('1') });
  const file = join(folder, 'a.sse');
  await utimes(file, 0, 0);
  const { get } = await serve(folder, { watch: true });
  expect(await get('/a')).toBe('data: 1\n\n');
  await writeFile(file, one('2'));
  await utimes(file, 0, 0);
  await eventually(async () => (await get('/a')) === 'data: 2\n\n');
});

test('links that lead out, dot folders and node_modules are not served', async () => {
  const outside = await folderOf({ 'secret.sse': one('secret') });
  const folder = await folderOf({
    'a.sse': one('a'),
    '.git/b.sse': one('b'),
    'node_modules/c.sse': one('c'),
    '.d.sse': one('d'),
  });
  await symlink(join(outside, 'secret.sse'), join(folder, 'file.sse'));
  await symlink(outside, join(folder, 'dir'));
  await symlink(folder, join(folder, 'circle'));
  await symlink(join(folder, 'a.sse'), join(folder, 'link.sse'));
  const { get } = await serve(folder);
  expect(await get('/x')).toBe('Not found. The streams: /a, /link. The page on / lists them.\n');
});

test('a folder may have 1,000 files and 64 MB', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 1001 }, (_, n) => [`f${String(n).padStart(4, '0')}.sse`, 'data\n\n']),
  );
  const folder = await folderOf(files);
  await expect(serve(folder)).rejects.toThrow('f1000.sse isn’t served: a folder may have 1000 files.');
  await rm(join(folder, 'f1000.sse'));
  const { get } = await serve(folder);
  expect(await get('/')).toMatch(/^1000 streams/);
  await truncate(join(folder, 'f0999.sse'), 64 * 2 ** 20);
  await expect(serve(folder)).rejects.toThrow('f0999.sse isn’t served: the files of a folder may have 64 MB.');
});

test('events are published on one path, or on all', async () => {
  const folder = await folderOf({ 'a.sse': ': a\n', 'b.sse': ':@ method POST\n: b\n' });
  const { mock, root, post } = await serve(folder);
  // Kept, as undici closes the connection of a response that is garbage.
  const kept = [await fetch(`${root}/a`), await fetch(`${root}/b`, { method: 'POST' })];
  expect((await post('/a', 'x')).body).toBe('Sent on 1 connection.\n');
  expect((await post('/publish?path=/b', 'x')).body).toBe('Sent on 1 connection.\n');
  expect((await post('/publish', 'x')).body).toBe('Sent on 2 connections.\n');
  expect(await post('/publish?path=/c', 'x')).toMatchObject({
    status: 400,
    body: expect.stringContaining('none on "/c"'),
  });
  expect(mock.publish({ data: 'x', path: '/a' })).toBe(1);
  expect(() => mock.publish({ data: 'x', path: '/c' })).toThrow('There is no stream on "/c".');
  expect(JSON.parse((await ask(`${root}/connections`)).body)).toMatchObject([
    { id: 1, path: '/a' },
    { id: 2, path: '/b' },
  ]);
  for (const { body } of kept) await body?.cancel();
});

test('a refusal that a file’s top says is for its own path, one that was asked for is for the next request on any', async () => {
  const folder = await folderOf({ 'a.sse': one('a', ':@ status 503\n'), 'b.sse': one('b') });
  const { mock, root } = await serve(folder);
  const status = async (path: string) => (await ask(root + path)).status;
  expect([await status('/b'), await status('/a'), await status('/a')]).toEqual([200, 503, 200]);
  mock.refuseNext(429);
  expect([await status('/b'), await status('/a')]).toEqual([429, 200]);
});

test('of several links to a folder, the first by name says where its streams are', async () => {
  const folder = await folderOf({ '.kept/a.sse': 'data: 1\n\n' });
  for (const name of 'hcgbfaed') await symlink(join(folder, '.kept'), join(folder, name));
  const { files } = await findIn(folder);
  expect(files.map(({ name }) => name)).toEqual(['a/a.sse']);
});
