import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Uri } from 'vscode';
import { ServedFolder } from '../../../../src/extension/mock/content/servedFolder';
import { Turns } from '../../../../src/turns/turns';
import { eventually } from '../../../support/servers/testServer';

async function serve(files: Record<string, string>) {
  const path = await mkdtemp(join(tmpdir(), 'sse-served-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  const write = async (name: string, text: string) => writeFile(join(path, name), text);
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

test('nothing is read, and nothing told, once it is disposed', async () => {
  const { folder, write } = await serve({ 'a.sse': '' });
  folder.dispose();
  folder.dispose();
  await write('b.sse', '');
  await folder.read();
  expect(folder.state().folder?.count).toBe(1);
});
