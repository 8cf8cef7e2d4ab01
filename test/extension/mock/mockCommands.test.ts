// Commands of served files, and their panels after the window was reloaded.
import { expect, onTestFinished, test } from 'vitest';
import { Uri, type WebviewPanel } from 'vscode';
import { MockCommands } from '../../../src/extension/mock/mockCommands';
import { address, FILE, lastPanel, port, shown, useFakes, windowOptions } from '../../support/mock/mockSessions';
import { eventually, isListening, openStream } from '../../support/servers/testServer';
import { EditedDocument } from '../../support/vscode/documents';
import { FakePanel, fake } from '../../support/vscode/index';

useFakes();

const OTHER = '/folder/other.sse';
const uri = Uri.parse(FILE);

function newReplays() {
  const options = windowOptions();
  const mocks = new MockCommands(options);
  onTestFinished(() => mocks.close());
  return { mocks, ...options };
}

const document = (path: string, more: object = {}) =>
  Object.assign(new EditedDocument(Uri.parse(path), 'plaintext', ''), more);

test('a file that is given is served', async () => {
  const { mocks } = newReplays();
  expect(await mocks.serve(FILE)).toBe(address());
  expect(lastPanel().title).toBe('Stream of ticks.sse');
  await (await openStream(address())).until('data: 1\n\n');
});

test('served again, it shows its panel, and no second one', async () => {
  const { mocks } = newReplays();
  await Promise.all([mocks.serve(FILE), mocks.serve(FILE)]);
  expect(fake.panels).toHaveLength(1);
  const { revealed } = lastPanel();
  expect(await mocks.serve(FILE)).toBe(address());
  expect([fake.panels.length, lastPanel().revealed]).toEqual([1, revealed + 1]);
});

test('served again after Stop, it starts', async () => {
  const { mocks } = newReplays();
  await mocks.serve(FILE);
  lastPanel().load();
  lastPanel().say({ type: 'command', command: 'stop' });
  await eventually(() => shown(lastPanel(), 'server').server.state === 'stopped');
  expect(await mocks.serve(FILE)).toBe(address());
  expect(fake.panels).toHaveLength(1);
});

test('served again while its panel’s server ends, it gets a new panel on the same port', async () => {
  const { mocks } = newReplays();
  await mocks.serve(FILE);
  const stream = await openStream(address());
  lastPanel().dispose();
  expect(await mocks.serve(FILE)).toBe(address());
  expect(fake.panels).toHaveLength(2);
  await stream.whole;
});

test('two files are served side by side; the panel of the second says which has the port, once and in no message', async () => {
  fake.files.write(OTHER, 'data: other\n\n');
  const { mocks } = newReplays();
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

test('two files that are stopped keep their ports, in whatever order they start again; a new setting is asked for anew', async () => {
  fake.files.write(OTHER, 'data: other\n\n');
  const { mocks } = newReplays();
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

test('a file with an error isn’t served; the message says where it is, and goes there', async () => {
  fake.files.write(FILE, 'data: 1\n\n:@ wiat 1s\n');
  fake.choice = 'Go to Line';
  const { mocks } = newReplays();
  expect(await mocks.serve(FILE)).toBeUndefined();
  expect(fake.errors).toEqual([expect.stringMatching(/^ticks\.sse, line 3, column 4: ./)]);
  await eventually(() => fake.done.length === 1);
  const selection = expect.objectContaining({ line: 2, column: 3, endColumn: 7 });
  expect(fake.done[0]).toEqual(['show', expect.objectContaining({ fsPath: FILE }), { viewColumn: -1, selection }]);
  expect([fake.panels, fake.files.watched]).toEqual([[], []]);
});

test('a file that isn’t there isn’t served, which is said', async () => {
  const { mocks } = newReplays();
  expect(await mocks.serve('/folder/none.sse')).toBeUndefined();
  expect(fake.errors).toEqual(['File not found: none.sse']);
});

test.each([
  ['of that name', document(FILE)],
  ['of that language', document('/folder/stream.txt', { languageId: 'sse' })],
])('without a file, the active editor’s is served, if it is %s', async (_, active) => {
  fake.files.write('/folder/stream.txt', 'data: 1\n\n');
  fake.files.active = active;
  const { mocks } = newReplays();
  expect(await mocks.serve()).toBe(address());
});

test('with another file in the active editor, the user is asked for one', async () => {
  fake.files.active = document('/folder/notes.txt');
  const { mocks } = newReplays();
  expect(await mocks.serve()).toBeUndefined();
  fake.picked = [uri];
  expect(await mocks.serve()).toBe(address());
});

test('what was edited is saved first; where the user cancels that, nothing happens', async () => {
  const untitled = document('ticks', { isUntitled: true, languageId: 'sse' });
  fake.files.active = untitled;
  fake.files.documents.push(untitled);
  fake.files.saveAs = () => undefined;
  const { mocks } = newReplays();
  expect(await mocks.serve()).toBeUndefined();
  expect([fake.panels, fake.errors]).toEqual([[], []]);
  fake.files.saveAs = () => uri;
  expect(await mocks.serve()).toBe(address());
});

test('a file that isn’t edited isn’t saved', async () => {
  fake.files.documents.push(document(FILE));
  fake.files.saveAs = () => undefined;
  const { mocks } = newReplays();
  expect(await mocks.serve(FILE)).toBe(address());
});

const restore = (mocks: MockCommands, panel: FakePanel, state: unknown) =>
  mocks.restore(panel as unknown as WebviewPanel, state);

test('a panel that VS Code kept is back and serves again, as it did', async () => {
  fake.files.write(FILE, ':@ wait 10ms\ndata: 1\n\n:@ loop\n');
  const { mocks } = newReplays();
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

test('a panel that was kept as it was stopped shows the file, and nothing listens', async () => {
  const { mocks } = newReplays();
  const panel = new FakePanel();
  await restore(mocks, panel, { file: FILE, stopped: true, shared: false });
  panel.load();
  expect(panel.posted).toContainEqual({ type: 'server', server: { state: 'stopped' } });
  const script = { events: 2, duration: 60_000, method: 'GET' };
  expect(panel.posted).toContainEqual({ type: 'file', file: { name: 'ticks.sse', script } });
  expect(await isListening(port())).toBe(false);
});

test('a panel whose file is gone says so', async () => {
  fake.files.remove(FILE);
  const { mocks } = newReplays();
  const panel = new FakePanel();
  await restore(mocks, panel, { file: FILE, stopped: false, shared: false });
  panel.load();
  const reason = 'File not found: ticks.sse';
  expect(panel.posted).toContainEqual({ type: 'server', server: { state: 'stopped', reason } });
});

test('a panel of which nothing was kept goes, and so does one whose file has a panel already', async () => {
  const { mocks } = newReplays();
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

test('when the extension ends, every port is free; what is still being opened isn’t', async () => {
  fake.files.write(OTHER, 'data: other\n\n');
  const { mocks } = newReplays();
  await mocks.serve(FILE);
  const late = mocks.serve(OTHER);
  await mocks.close();
  expect(await late).toBeUndefined();
  expect(await isListening(port())).toBe(false);
  expect(fake.panels).toHaveLength(1);
});
