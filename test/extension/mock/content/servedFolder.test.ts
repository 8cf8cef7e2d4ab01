import fs from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { l10n, Uri } from 'vscode';
import bundle from '../../../../l10n/bundle.l10n.ja.json' with { type: 'json' };
import { ServedFolder } from '../../../../src/extension/mock/content/servedFolder';
import { Turns } from '../../../../src/turns/turns';
import { shownName } from '../../../../src/webview/mock/shownName';
import { eventually } from '../../../support/servers/testServer';

async function serve(files: Record<string, string>) {
  const path = await mkdtemp(join(tmpdir(), 'sse-served-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  const write = async (name: string, text: string) => {
    await mkdir(dirname(join(path, name)), { recursive: true });
    await writeFile(join(path, name), text);
  };
  for (const [name, text] of Object.entries(files)) await write(name, text);
  const folder = new ServedFolder(Uri.file(path), new Turns());
  onTestFinished(() => folder.dispose());
  await folder.read();
  const source = folder.newSource({ turns: new Turns(), onChange: () => undefined });
  return { folder, source, path, write };
}

test('its state has the streams with their paths, methods and events, and what is wrong with the other files', async () => {
  const { folder } = await serve({
    'a.sse': 'data: 1\n\n',
    'b.sse': ':@ method POST\n:@ path /x\n',
    'c.sse': ':@ x\n',
  });
  expect(folder.state().folder).toEqual({
    count: 2,
    streams: [
      { file: 'a.sse', path: '/a', method: 'GET', events: 1 },
      { file: 'b.sse', path: '/x', method: 'POST', events: 0 },
    ],
    problems: [{ file: 'c.sse', text: expect.stringMatching(/^c\.sse:1:4: There is no directive “x”/) }],
    leavesHeadersOut: false,
  });
  expect(folder.fileOf('c.sse')?.range?.start).toMatchObject({ line: 0, character: 3 });
  expect(folder.streamAddress('http://127.0.0.1:8080/', 'b.sse')?.curl).toBe('curl -N -X POST http://127.0.0.1:8080/x');
});

test('a page can’t name a file that isn’t served', async () => {
  const { folder } = await serve({ 'a.sse': '' });
  for (const name of ['../a.sse', 'b.sse', '/etc/passwd', ''])
    expect([folder.fileOf(name), folder.streamAddress('http://127.0.0.1:8080/', name)]).toEqual([undefined, undefined]);
});

test('a file that comes is taken up by its source, and told', async () => {
  const { folder, source, write } = await serve({ 'a.sse': '' });
  folder.onRead(() => folder.load(source));
  await write('b.sse', 'data: b\n\n');
  await eventually(() => source.streamOn('/b') !== undefined);
  expect(folder.state().folder?.count).toBe(2);
});

test('a folder that has gone has a problem, and what was read before goes on', async () => {
  const { folder, source, path } = await serve({ 'a.sse': '' });
  await rm(path, { recursive: true });
  await folder.read();
  expect(folder.problem?.text).toContain('can’t be read');
  expect([folder.isReady, source.streamOn('/a') !== undefined]).toEqual([true, true]);
});

test('a folder that has gone with the one around it is read when both come again', async () => {
  const around = await mkdtemp(join(tmpdir(), 'sse-served-'));
  onTestFinished(() => rm(around, { recursive: true, force: true }));
  const path = join(around, 'dist/mocks');
  await mkdir(path, { recursive: true });
  const folder = new ServedFolder(Uri.file(path), new Turns());
  onTestFinished(() => folder.dispose());
  await folder.read();
  await rm(join(around, 'dist'), { recursive: true });
  await eventually(() => folder.problem !== undefined);
  await mkdir(path, { recursive: true });
  await writeFile(join(path, 'a.sse'), '');
  await eventually(() => folder.state().folder?.count === 1 && folder.problem === undefined);
});

test.skipIf(process.platform === 'win32')('that not all of it is watched is told until it is', async () => {
  const around = await mkdtemp(join(tmpdir(), 'sse-served-'));
  onTestFinished(() => rm(around, { recursive: true, force: true }));
  const path = join(around, 'mocks');
  // A link to itself.
  await symlink(path, path);
  const folder = new ServedFolder(Uri.file(path), new Turns());
  onTestFinished(() => folder.dispose());
  await folder.read();
  expect(folder.state().note).toContain('Not all of it is watched: ');
  await rm(path);
  await mkdir(path);
  await eventually(() => folder.problem === undefined && folder.state().note === undefined);
});

/** Serves a folder with these within it, and returns the notes that are told. */
async function serveFolders(names: string[]) {
  const { folder, path } = await serve({});
  for (const name of names) await mkdir(join(path, name), { recursive: true });
  const notes: (string | undefined)[] = [];
  folder.onRead(() => notes.push(folder.state().note));
  return { folder, path, notes };
}

const named = (count: number, name: string) => Array.from({ length: count }, (_, n) => name + n);

test('that one of many folders couldn’t be watched is told no longer once it is', async () => {
  let failures = 0;
  const real = fs.watch;
  const spy = vi.spyOn(fs, 'watch').mockImplementation(((path: string, options: fs.WatchOptions) => {
    // So slow that the folders are done bit by bit.
    for (const until = performance.now() + 1; performance.now() < until; );
    if (!path.endsWith('f99') || failures > 0) return real(path, options);
    failures += 1;
    throw new Error('broken');
  }) as typeof fs.watch);
  syncBuiltinESMExports();
  onTestFinished(() => {
    spy.mockRestore();
    syncBuiltinESMExports();
  });
  const { folder, notes } = await serveFolders(named(100, 'f'));
  await eventually(() => notes.at(-1) === 'Not all of it is watched: broken');
  await folder.read();
  await eventually(() => notes.at(-1) === undefined);
});

test('nothing is read, and nothing told, once it is disposed', async () => {
  const { folder, write } = await serve({ 'a.sse': '' });
  folder.dispose();
  folder.dispose();
  await write('b.sse', '');
  await folder.read();
  expect(folder.state().folder?.count).toBe(1);
});

test.each(['x', '\u3042', '\u202e', '\u{1f600}'])(
  'what is wrong with files whose paths are long, of %j, is shown to its end: the names are shortened in it',
  async (character) => {
    const long = `${`${character.repeat(Math.floor(250 / Buffer.byteLength(character)))}/`.repeat(6)}`;
    const { folder } = await serve({
      [`${long}a.sse`]: ':@ x\n',
      [`${long}b.sse`]: `:@ path /${'p'.repeat(200)}\n`,
      [`${long}c.sse`]: `:@ path /${'p'.repeat(200)}\n`,
    });
    const { problems = [] } = folder.state().folder ?? {};
    expect(problems.map(({ file }) => file)).toEqual([`${long}a.sse`, `${long}c.sse`]);
    const shown = problems.map(({ text }) => shownName(text));
    expect(shown[0]).toMatch(/…:1:4: There is no directive “x”/);
    expect(shown[1]).toMatch(/… and .*… are both on \/p+\. Give one of them .*, or another path\.$/);
    const inJapanese: Record<string, string> = bundle;
    const spy = vi.spyOn(l10n, 't').mockImplementation((text: unknown, ...given: unknown[]) => {
      return (inJapanese[String(text)] ?? '').replace(/\{(\d)\}/g, (_, at: string) => String(given[Number(at)]));
    });
    const last = folder.state().folder?.problems[1]?.text ?? '';
    spy.mockRestore();
    expect(last).toContain('どちらも');
    expect(shownName(last)).toBe(last);
  },
);

test('it is read once for all that ask while it is read, and they see what was saved until then', async () => {
  const { folder, write } = await serve({ 'a.sse': 'data: 1\n\n' });
  let count = 0;
  folder.onRead(() => {
    count += 1;
  });
  await write('b.sse', 'data: 1\n\n');
  const first = folder.read();
  await Promise.resolve();
  await write('c.sse', 'data: 1\n\n');
  await Promise.all([first, folder.read(), folder.read(), folder.read()]);
  expect(folder.state().folder?.count).toBe(3);
  expect(count).toBeLessThanOrEqual(2);
  const asked = [folder.read(), folder.read()];
  expect(asked[0]).toBe(asked[1]);
  await Promise.all(asked);
});
