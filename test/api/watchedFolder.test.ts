// Folders that go and come again, and what can't be watched or told apart.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { mkdir, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { serveEventStream } from '../../src/api';
import type { ServeOptions } from '../../src/api/mock/eventStreamMock';
import { FolderWatch } from '../../src/folder/folderWatch';
import { folderOf, write } from '../support/mock/mockFolder';
import { ask, eventually } from '../support/servers/testServer';

async function serve(served: string | string[], options?: ServeOptions) {
  const mock = await serveEventStream(served, options);
  onTestFinished(() => mock.close());
  const get = async (path: string, headers = {}) => ask(`http://127.0.0.1:${mock.port}${path}`, { headers });
  return { mock, get };
}

const one = (data: string, top = '') => `${top}data: ${data}\n\n:@ end\n`;

test('a folder within it that is deleted and made anew is watched again', async () => {
  const folder = await folderOf({ 'api/a.sse': one('a') });
  const { get } = await serve(folder, { watch: true });
  await rm(join(folder, 'api'), { recursive: true });
  await mkdir(join(folder, 'api'));
  await eventually(async () => (await get('/api/a')).status === 404);
  await write(folder, { 'api/b.sse': one('b') });
  await eventually(async () => (await get('/api/b')).status === 200);
});

test('the folder itself may go and come again: both are told', async () => {
  const folder = await folderOf({ 'a.sse': one('a') });
  const told: (string | undefined)[] = [];
  const { get } = await serve(folder, { watch: true, onRead: (problem) => told.push(problem) });
  await rename(folder, `${folder}-away`);
  await eventually(() => told.at(-1)?.startsWith('The folder can’t be read: ') === true);
  expect((await get('/a')).status).toBe(200);
  await rename(`${folder}-away`, folder);
  await eventually(() => told.length > 1 && told.at(-1) === undefined);
  await write(folder, { 'b.sse': one('b') });
  await eventually(async () => (await get('/b')).status === 200);
});

test('the folder of a file that is given beside others may go, and another come in its place', async () => {
  const folders = [await folderOf({ 'a.sse': one('a') }), await folderOf({ 'b.sse': one('b') })] as const;
  const told: (string | undefined)[] = [];
  const files = [join(folders[0], 'a.sse'), join(folders[1], 'b.sse')];
  const { get } = await serve(files, { watch: true, onRead: (problem) => told.push(problem) });
  await rename(folders[1], `${folders[1]}-away`);
  await eventually(() => told.length > 0);
  await write(folders[1], { 'b.sse': one('new') });
  await eventually(async () => (await get('/b')).body.includes('new'));
  await rm(`${folders[1]}-away`, { recursive: true });
});

test.skipIf(process.platform === 'win32')(
  'a link that leads to another folder is followed, also above what is served, by a folder and by a file',
  async () => {
    const around = await folderOf({ 'v1/in/a.sse': one('first'), 'v2/in/a.sse': one('second') });
    const link = join(around, 'current');
    await symlink('v1', link);
    const served = await Promise.all(['', 'in', 'in/a.sse'].map((path) => serve(join(link, path), { watch: true })));
    const says = (data: string) =>
      eventually(async () => {
        const paths = ['/in/a', '/a', '/event'];
        const replies = await Promise.all(served.map(({ get }, at) => get(paths[at] ?? '')));
        return replies.every(({ body }) => body.includes(data));
      });
    // All that is read at first is read once more when its watch has begun.
    await write(around, { 'v1/in/a.sse': one('first, saved') });
    await says('first, saved');
    await symlink('v2', `${link}-new`);
    await rename(`${link}-new`, link);
    await says('second');
    await write(around, { 'v2/in/a.sse': one('third') });
    await says('third');
  },
);

test('folders around what is served may go, too, and come again later, for a folder and for a file', async () => {
  const around = await folderOf({ 'dist/out/in/a.sse': one('first') });
  const told: (string | undefined)[][] = [[], []];
  const [whole, file] = await Promise.all(
    ['dist/out/in', 'dist/out/in/a.sse'].map((path, index) =>
      serve(join(around, path), { watch: true, onRead: (problem) => told[index]?.push(problem) }),
    ),
  );
  const both = async (data: string) => {
    await eventually(async () => (await whole?.get('/a'))?.body.includes(data) === true);
    await eventually(async () => (await file?.get('/event'))?.body.includes(data) === true);
  };
  await rm(join(around, 'dist'), { recursive: true });
  await eventually(() => told.every((list) => list.at(-1) !== undefined));
  await write(around, { 'dist/out/in/a.sse': one('second') });
  await both('second');
  await write(around, { 'dist/out/in/a.sse': one('third') });
  await both('third');
});

test.skipIf(process.platform === 'win32')(
  'a link to itself in the place of a folder ends no watch, of a folder or a file',
  async () => {
    const folder = await folderOf({ 'a.sse': one('a') });
    const told: (string | undefined)[][] = [[], []];
    const [whole, file] = await Promise.all(
      [folder, join(folder, 'a.sse')].map((path, index) =>
        serve(path, { watch: true, onRead: (problem) => told[index]?.push(problem) }),
      ),
    );
    await rename(folder, `${folder}-away`);
    await symlink(folder, folder);
    await eventually(() => told.every((list) => list.at(-1) !== undefined));
    await rm(folder);
    await write(folder, { 'a.sse': one('new') });
    await eventually(async () => (await whole?.get('/a'))?.body.includes('new') === true);
    await eventually(async () => (await file?.get('/event'))?.body.includes('new') === true);
    await write(folder, { 'a.sse': one('later') });
    await eventually(async () => (await whole?.get('/a'))?.body.includes('later') === true);
    await eventually(async () => (await file?.get('/event'))?.body.includes('later') === true);
    await rm(`${folder}-away`, { recursive: true });
  },
);

test('a folder that can’t be watched is told once, and read once', async () => {
  const [errors, changes] = [[] as string[], [] as number[]];
  const watch = new FolderWatch({
    onChange: () => {
      changes.push(1);
      watch.follow(['/bad\0folder']);
    },
    onError: (reason) => errors.push(reason),
  });
  onTestFinished(() => watch.close());
  const fine = await folderOf({ 'a.sse': '' });
  watch.follow([fine, '/bad\0folder']);
  await eventually(() => changes.length === 1);
  watch.follow([fine, '/bad\0folder']);
  expect(errors).toHaveLength(1);
});

test.runIf(process.platform === 'linux')('after close, no folder is watched', async () => {
  const folder = await folderOf({ 'a.sse': one('a'), 'api/b.sse': one('b') });
  const before = watched();
  const watch = new FolderWatch({ onChange: () => undefined, onError: expect.fail });
  watch.follow([folder, join(folder, 'api')]);
  expect(watched()).toBe(before + 3);
  watch.close();
  expect(watched()).toBe(before);
});

/** Returns the number of folders that Linux watches for this process. */
function watched(): number {
  const descriptors = readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`) === 'anon_inode:inotify';
    } catch {
      // The folder itself was opened for the list, and is closed by now.
      return false;
    }
  });
  const lists = descriptors.map((fd) => readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8'));
  return lists.join('').match(/^inotify wd:/gm)?.length ?? 0;
}

test('a resumed stream with a published id goes to its file; an unknown id gets what the file says', async () => {
  const top = ':@ path /mcp\n:@ method POST, GET\n:@ when body /a = 1\n:@ unknown-id 409\n';
  const folder = await folderOf({ 'a.sse': `${top}id: 1\ndata: a\n\n:@ wait 60s\ndata: b\n\n` });
  const { mock, get } = await serve(folder);
  mock.publish({ id: 'P1', data: 'p' });
  const response = await fetch(`${mock.url}mcp`, { headers: { 'Last-Event-ID': 'P1' } });
  expect(response.status).toBe(200);
  await response.body?.cancel();
  expect((await get('/mcp', { 'Last-Event-ID': 'none' })).status).toBe(409);
  expect((await get('/mcp')).status).toBe(405);
});

test('JSON in place of a stream is no refusal', async () => {
  const refused: number[] = [];
  const folder = await folderOf({ 'c.sse': one('c', ':@ method POST\n'), 'c.json': '{}' });
  const { mock } = await serve(folder, { onRefuse: ({ status }) => refused.push(status) });
  expect(await (await fetch(`${mock.url}c`, { method: 'POST', body: '{}' })).text()).toBe('{}');
  expect(refused).toEqual([]);
});

test('a file that is too large doesn’t keep the others out', async () => {
  const folder = await folderOf({ 'a.sse': one('a'), 'c.sse': one('c') });
  const told: (string | undefined)[] = [];
  const { get } = await serve(folder, { watch: true, onRead: (problem) => told.push(problem) });
  await writeFile(join(folder, 'b.sse'), '');
  await truncate(join(folder, 'b.sse'), 64 * 2 ** 20);
  await eventually(() => told.at(-1) !== undefined);
  expect(told.at(-1)).toBe('b.sse isn’t served: the files of a folder may have 64 MB. Serve one of its folders.');
  expect([(await get('/a')).status, (await get('/c')).status]).toEqual([200, 200]);
});

test('a link to a folder within doesn’t hide that', async () => {
  const folder = await folderOf({ 'v1/x.sse': one('x') });
  await symlink(join(folder, 'v1'), join(folder, 'latest'));
  await symlink(join(folder, 'v1/x.sse'), join(folder, 'y.sse'));
  const { get } = await serve(folder);
  expect([(await get('/v1/x')).status, (await get('/y')).status]).toEqual([200, 200]);
});

test('a file name with brackets is on the path that a browser asks for', async () => {
  const folder = await folderOf({ '[id]|x.sse': one('a') });
  const { mock } = await serve(folder);
  expect(await (await fetch(`${mock.url}[id]|x`)).text()).toBe('data: a\n\n');
});

test('files that are given may include the JSON beside them; another kind of file is an error', async () => {
  const folder = await folderOf({
    'c.sse': one('c', ':@ method POST\n'),
    'c.json': '{}',
    'a.sse': one('a'),
    'b.txt': '',
  });
  const paths = ['c.sse', 'c.json', 'a.sse'].map((name) => join(folder, name));
  const { get } = await serve(paths);
  expect((await get('/a')).status).toBe(200);
  await expect(serve([...paths, join(folder, 'b.txt')])).rejects.toThrow(
    /^b\.txt is no \.sse file\. A folder is served alone\.$/,
  );
  await write(folder, { 'in/a.sse': one('a') });
  await expect(serve([...paths, join(folder, 'in/a.sse')])).rejects.toThrow(
    /^Two files are named a\.sse, and the name is the path\./,
  );
});

test('a long query is decoded once, however many files ask for it', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 900 }, (_, n) => [`f${n}.sse`, `:@ path /x\n:@ when query q = ${n}\n`]),
  );
  const { get } = await serve(await folderOf(files));
  const began = performance.now();
  expect((await get(`/x?${'%e9&'.repeat(3500)}`)).status).toBe(404);
  expect(performance.now() - began).toBeLessThan(1000);
});

test('what a file says of later requests is void once it has gone', async () => {
  const folder = await folderOf({ 'a.sse': 'data: a\n\n:@ wait 500ms\n:@ drop\n:@ status 503\n', 'b.sse': one('b') });
  const { mock, get } = await serve(folder, { watch: true });
  const broken = expect(fetch(`${mock.url}a`).then((response) => response.text())).rejects.toThrow();
  await mock.connection();
  await rm(join(folder, 'a.sse'));
  // By HEAD: a GET would be dropped, too.
  await eventually(async () => (await ask(`${mock.url}a`, { method: 'HEAD' })).status === 404);
  await broken;
  expect((await get('/b')).status).toBe(200);
  for (let n = 0; n < 1000; n += 1) mock.refuseNext();
});
