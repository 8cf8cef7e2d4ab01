// Commands of served files, and their panels after the window was reloaded.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { Uri, type WebviewPanel } from 'vscode';
import { MockCommands } from '../../../src/extension/mock/mockCommands';
import { address, FILE, lastPanel, port, shown, useFakes, windowOptions } from '../../support/mock/mockSessions';
import { eventually, isListening, openStream } from '../../support/servers/testServer';
import { EditedDocument } from '../../support/vscode/documents';
import { FakePanel, fake } from '../../support/vscode/index';

useFakes();

const OTHER = '/folder/other.sse';
const uri = Uri.parse(FILE);

function newMocks() {
  const options = windowOptions();
  const mocks = new MockCommands(options);
  onTestFinished(() => mocks.close());
  return { mocks, ...options };
}

const document = (path: string, more: object = {}) =>
  Object.assign(new EditedDocument(Uri.parse(path), 'plaintext', ''), more);

test('a given file is served', async () => {
  const { mocks } = newMocks();
  expect(await mocks.serve(FILE)).toBe(address());
  expect(lastPanel().title).toBe('Stream of ticks.sse');
  await (await openStream(address())).until('data: 1\n\n');
});

test('a file that is served again shows its panel, and no second one', async () => {
  const { mocks } = newMocks();
  await Promise.all([mocks.serve(FILE), mocks.serve(FILE)]);
  expect(fake.panels).toHaveLength(1);
  const { revealed } = lastPanel();
  expect(await mocks.serve(FILE)).toBe(address());
  expect([fake.panels.length, lastPanel().revealed]).toEqual([1, revealed + 1]);
});

test('a file that is served again after Stop starts', async () => {
  const { mocks } = newMocks();
  await mocks.serve(FILE);
  lastPanel().load();
  lastPanel().say({ type: 'command', command: 'stop' });
  await eventually(() => shown(lastPanel(), 'server').server.state === 'stopped');
  expect(await mocks.serve(FILE)).toBe(address());
  expect(fake.panels).toHaveLength(1);
});

test('a file that is served again while its panel’s server ends gets a new panel on the same port', async () => {
  const { mocks } = newMocks();
  await mocks.serve(FILE);
  const stream = await openStream(address());
  lastPanel().dispose();
  expect(await mocks.serve(FILE)).toBe(address());
  expect(fake.panels).toHaveLength(2);
  await stream.whole;
});

test('two files are served side by side; the second panel shows once which panel has the port, without a message', async () => {
  fake.files.write(OTHER, 'data: other\n\n');
  const { mocks } = newMocks();
  const [first = '', second = ''] = [await mocks.serve(FILE), await mocks.serve(OTHER)];
  expect(first).not.toBe(second);
  expect(await (await openStream(first)).until('\n\n')).toBe('data: 1\n\n');
  expect(await (await openStream(second)).until('\n\n')).toBe('data: other\n\n');
  expect(fake.warnings).toEqual([]);
  const note = `Port ${port()} was in use by the panel “Stream of ticks.sse”, so port ${new URL(second).port} is used instead.`;
  lastPanel().load();
  expect(shown(lastPanel(), 'server').server).toMatchObject({ state: 'serving', address: second, note });
  await mocks.close();
  expect(await isListening(Number(new URL(second).port))).toBe(false);
});

test('two stopped files keep their ports, in whatever order they start again; a changed setting takes effect', async () => {
  fake.files.write(OTHER, 'data: other\n\n');
  const { mocks } = newMocks();
  const first = await mocks.serve(FILE);
  const one = lastPanel();
  const second = await mocks.serve(OTHER);
  const two = lastPanel();
  const stop = async (panel: typeof one) => {
    panel.load();
    panel.say({ type: 'command', command: 'stop' });
    await eventually(() => shown(panel, 'server').server.state === 'stopped');
  };
  await Promise.all([stop(one), stop(two)]);
  expect([await mocks.serve(OTHER), await mocks.serve(FILE)]).toEqual([second, first]);
  const kept = shown(two, 'keep').state;
  await stop(two);
  two.dispose();
  const restored = new FakePanel();
  await mocks.restore(restored as unknown as WebviewPanel, kept);
  expect(await mocks.serve(OTHER)).toBe(second);
  await Promise.all([stop(one), stop(restored as unknown as typeof one)]);
  Object.assign(fake.settings, { port: 0 });
  expect(await mocks.serve(FILE)).not.toBe(first);
});

test('a file with an error isn’t served; the message names its position, and goes there', async () => {
  fake.files.write(FILE, 'data: 1\n\n:@ wiat 1s\n');
  fake.choice = 'Go to Line';
  const { mocks } = newMocks();
  expect(await mocks.serve(FILE)).toBeUndefined();
  expect(fake.errors).toEqual([expect.stringMatching(/^ticks\.sse, line 3, column 4: ./)]);
  await eventually(() => fake.done.length === 1);
  const selection = expect.objectContaining({ line: 2, column: 3, endColumn: 7 });
  expect(fake.done[0]).toEqual(['show', expect.objectContaining({ fsPath: FILE }), { viewColumn: -1, selection }]);
  expect([fake.panels, fake.files.watched]).toEqual([[], []]);
});

test('a file that doesn’t exist isn’t served, with a message', async () => {
  const { mocks } = newMocks();
  expect(await mocks.serve('/folder/none.sse')).toBeUndefined();
  expect(fake.errors).toEqual(['File not found: none.sse']);
});

test.each([
  ['of that name', document(FILE)],
  ['of that language', document('/folder/stream.txt', { languageId: 'sse' })],
])('without a file, the active editor’s is served, if it is %s', async (_, active) => {
  fake.files.write('/folder/stream.txt', 'data: 1\n\n');
  fake.files.active = active;
  const { mocks } = newMocks();
  expect(await mocks.serve()).toBe(address());
});

test('if the active editor has another file, the user is asked for one', async () => {
  fake.files.active = document('/folder/notes.txt');
  const { mocks } = newMocks();
  expect(await mocks.serve()).toBeUndefined();
  fake.picked = [uri];
  expect(await mocks.serve()).toBe(address());
});

test('an edited file is saved first; if the user cancels that, nothing happens', async () => {
  const untitled = document('ticks', { isUntitled: true, languageId: 'sse' });
  fake.files.active = untitled;
  fake.files.documents.push(untitled);
  fake.files.saveAs = () => undefined;
  const { mocks } = newMocks();
  expect(await mocks.serve()).toBeUndefined();
  expect([fake.panels, fake.errors]).toEqual([[], []]);
  fake.files.saveAs = () => uri;
  expect(await mocks.serve()).toBe(address());
});

test('an unedited file isn’t saved', async () => {
  fake.files.documents.push(document(FILE));
  fake.files.saveAs = () => undefined;
  const { mocks } = newMocks();
  expect(await mocks.serve(FILE)).toBe(address());
});

const restore = (mocks: MockCommands, panel: FakePanel, state: unknown) =>
  mocks.restore(panel as unknown as WebviewPanel, state);

test('a panel that VS Code kept is restored and serves again, as before', async () => {
  fake.files.write(FILE, ':@ wait 10ms\ndata: 1\n\n:@ loop\n');
  const { mocks } = newMocks();
  const panel = new FakePanel();
  await restore(mocks, panel, { file: FILE, stopped: false, shared: true });
  expect(fake.panels).toEqual([]);
  await (await openStream(address())).until('data: 1\n\n');
  panel.load();
  expect(panel.posted).toContainEqual(
    expect.objectContaining({ type: 'play', play: expect.objectContaining({ shared: true }) }),
  );
  expect(await mocks.serve(FILE)).toBe(address());
  expect(fake.panels).toEqual([]);
});

test('a panel that was kept in the stopped state shows the file, and nothing listens', async () => {
  const { mocks } = newMocks();
  const panel = new FakePanel();
  await restore(mocks, panel, { file: FILE, stopped: true, shared: false });
  panel.load();
  expect(panel.posted).toContainEqual({ type: 'server', server: { state: 'stopped' } });
  const script = { events: 2, duration: 60_000, method: 'GET' };
  expect(panel.posted).toContainEqual({ type: 'file', file: { name: 'ticks.sse', script } });
  expect(await isListening(port())).toBe(false);
});

test('a restored panel reports that its file is gone', async () => {
  fake.files.remove(FILE);
  const { mocks } = newMocks();
  const panel = new FakePanel();
  await restore(mocks, panel, { file: FILE, stopped: false, shared: false });
  panel.load();
  const reason = 'File not found: ticks.sse';
  expect(panel.posted).toContainEqual({ type: 'server', server: { state: 'stopped', reason } });
});

test('a panel without a kept state is closed, and so is one whose file has a panel already', async () => {
  const { mocks } = newMocks();
  const disposed: string[] = [];
  for (const [name, state] of [
    ['none', undefined],
    ['second', { file: FILE, stopped: false, shared: false }],
  ] as const) {
    const panel = new FakePanel();
    panel.onDidDispose(() => void disposed.push(name));
    await restore(mocks, panel, state);
    await mocks.serve(FILE);
  }
  expect(disposed).toEqual(['none', 'second']);
  expect(fake.panels).toHaveLength(1);
});

test('a page’s state that writes the URI of its file in another way gets no second panel, nor a server that nobody ends', async () => {
  const { parse } = Uri;
  vi.spyOn(Uri, 'parse').mockImplementation((text) => parse(text.replace('%2E', '.')));
  const { mocks } = newMocks();
  const state = { file: FILE.replace('.', '%2E'), stopped: false, shared: false };
  await mocks.goOn(state);
  await mocks.goOn(state);
  const panel = new FakePanel();
  let isClosed = false;
  panel.onDidDispose(() => {
    isClosed = true;
  });
  await restore(mocks, panel, state);
  expect([fake.panels.length, isClosed]).toEqual([1, true]);
  await mocks.close();
  expect(await isListening(port())).toBe(false);
});

test('when the extension ends, every port is free; a file that is just being opened isn’t opened', async () => {
  fake.files.write(OTHER, 'data: other\n\n');
  const { mocks } = newMocks();
  await mocks.serve(FILE);
  const late = mocks.serve(OTHER);
  await mocks.close();
  expect(await late).toBeUndefined();
  expect(await isListening(port())).toBe(false);
  expect(fake.panels).toHaveLength(1);
});

test('a folder is served in one panel, and again at its port after the window was reloaded', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sse-folder-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'a.sse'), 'data: a\n\n:@ end\n');
  const first = newMocks().mocks;
  const root = `http://127.0.0.1:${port()}/`;
  expect(await first.serveFolder(Uri.file(folder).toString())).toBe(root);
  lastPanel().load();
  expect(await (await fetch(`${root}a`)).text()).toBe('data: a\n\n');
  const { state } = shown(lastPanel(), 'keep');
  expect(state).toMatchObject({ file: Uri.file(folder).toString(), isFolder: true, stopped: false });
  await first.close();
  const panel = new FakePanel();
  await newMocks().mocks.restore(panel as unknown as WebviewPanel, state);
  expect(await (await fetch(`${root}a`)).text()).toBe('data: a\n\n');
});

test('a folder that isn’t on the disk is an error that says what to do', async () => {
  const { mocks } = newMocks();
  expect(await mocks.serveFolder('vscode-vfs://github/a/b')).toBeUndefined();
  expect(fake.errors.join()).toContain('Only folders on the disk can be served.');
});
