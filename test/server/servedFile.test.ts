// A file that is served and edited.
import { expect, test } from 'vitest';
import { Uri } from 'vscode';
import { ServedFile } from '../../src/editor/servedFile';
import { address, FILE, openSession, port, shown, useFakes } from './replaySessions';
import { ask, eventually, openStream } from './testServer';
import { fake } from './vscode';

useFakes();

async function started() {
  const opened = openSession();
  await opened.session.start();
  return opened;
}

const ERROR = 'ticks.sse, line 1, column 4: ';

test('a file that was changed is played to new connections; those before go on with the old one', async () => {
  fake.files.write(FILE, 'data: old\n\n:@ wait 300ms\ndata: old still\n\n');
  const { panel } = await started();
  const old = await openStream(address());
  fake.files.write(FILE, 'data: new\n\ndata: new too\n\ndata: three\n\n');
  fake.files.changed.fire(Uri.parse(FILE));
  await eventually(() => shown(panel, 'file').file.script?.events === 3);
  expect(await (await openStream(address())).until('\n\n')).toBe('data: new\n\n');
  await old.until('data: old still\n\n');
});

test('a document that is saved is read again, also where its file system isn’t watched', async () => {
  const { panel } = await started();
  fake.files.write(FILE, 'data: saved\n\n');
  fake.files.saved.fire({ uri: Uri.parse(FILE) });
  await eventually(() => shown(panel, 'file').file.script?.events === 1);
});

test('other files of its folder don’t matter', async () => {
  const { panel } = await started();
  panel.posted.length = 0;
  fake.files.saved.fire({ uri: Uri.parse('/folder/other.sse') });
  fake.files.changed.fire(Uri.parse('/folder/other.sse'));
  // Saved after them, it is read once.
  fake.files.changed.fire(Uri.parse(FILE));
  await eventually(() => panel.posted.some(({ type }) => type === 'file'));
  expect(panel.posted.filter(({ type }) => type === 'file')).toHaveLength(1);
});

test('with an error in it, the one before is played on, and the panel shows the error until it is mended', async () => {
  const { panel } = await started();
  fake.files.write(FILE, ':@ wiat 1s\ndata: never\n\n');
  fake.files.changed.fire(Uri.parse(FILE));
  await eventually(() => shown(panel, 'file').file.problem !== undefined);
  expect(shown(panel, 'file').file.problem).toContain(ERROR);
  expect(shown(panel, 'file').file.script?.events).toBe(2);
  expect(await (await openStream(address())).until('\n\n')).toBe('data: 1\n\n');
  fake.files.write(FILE, 'data: mended\n\n');
  fake.files.changed.fire(Uri.parse(FILE));
  await eventually(() => shown(panel, 'file').file.problem === undefined);
  expect(await (await openStream(address())).until('\n\n')).toBe('data: mended\n\n');
  expect(fake.errors).toEqual([]);
});

test('the file’s name leads to the place of its error', async () => {
  const { panel } = await started();
  fake.files.write(FILE, 'data: 1\n\n:@ wiat 1s\n');
  fake.files.changed.fire(Uri.parse(FILE));
  await eventually(() => shown(panel, 'file').file.problem !== undefined);
  panel.say({ type: 'command', command: 'openFile' });
  await eventually(() => fake.done.length === 1);
  const selection = expect.objectContaining({ line: 2, column: 3 });
  expect(fake.done[0]).toEqual(['show', expect.objectContaining({ fsPath: FILE }), { viewColumn: -2, selection }]);
});

test('a warning stops nothing', async () => {
  fake.files.write(FILE, 'date: 1\n\ndata: 1\n\n');
  const { panel } = await started();
  expect(shown(panel, 'file').file.problem).toBeUndefined();
  expect(await (await openStream(address())).until('data: 1\n\n')).toBe('date: 1\n\ndata: 1\n\n');
});

test('a method that changes with the file is followed by the server, and by the lines', async () => {
  const { panel } = await started();
  fake.files.write(FILE, ':@ method POST\ndata: 1\n\n');
  fake.files.changed.fire(Uri.parse(FILE));
  const publish = `curl -d hello http://127.0.0.1:${port()}/publish`;
  await eventually(() => shown(panel, 'file').file.script?.method === 'POST');
  expect(shown(panel, 'server').server).toEqual({ state: 'serving', address: address(), publish });
  expect((await ask(address())).status).toBe(405);
  expect(await (await openStream(address(), { method: 'POST' })).until('\n\n')).toBe('data: 1\n\n');
});

test('a file that is gone is played on, and said to be gone', async () => {
  const { panel } = await started();
  fake.files.remove(FILE);
  fake.files.changed.fire(Uri.parse(FILE));
  await eventually(() => shown(panel, 'file').file.problem !== undefined);
  expect(shown(panel, 'file').file.problem).toBe('There is no file ticks.sse any more.');
  expect(await (await openStream(address())).until('\n\n')).toBe('data: 1\n\n');
});

test('a file that is gone when it is to be served again is asked for anew with each Start', async () => {
  const { session, panel } = openSession();
  fake.files.remove(FILE);
  await session.start();
  const reason = 'There is no file ticks.sse any more.';
  expect(shown(panel, 'server').server).toEqual({ state: 'stopped', reason });
  expect(fake.errors).toEqual([reason]);
  fake.files.write(FILE, 'data: back\n\n');
  await session.start();
  expect(await (await openStream(address())).until('\n\n')).toBe('data: back\n\n');
});

test('Start doesn’t serve a file that has got an error, and says where it is', async () => {
  const { session, panel } = await started();
  await session.stop();
  fake.files.write(FILE, ':@ wiat 1s\n');
  fake.files.changed.fire(Uri.parse(FILE));
  await eventually(() => shown(panel, 'file').file.problem !== undefined);
  await session.start();
  expect(shown(panel, 'server').server).toEqual({ state: 'stopped', reason: expect.stringContaining(ERROR) });
  expect(fake.errors).toEqual([expect.stringContaining(ERROR)]);
});

test('a file that is too large isn’t read, and is said to be', async () => {
  fake.files.write(FILE, 'data: 1\n\n', 128 * 1024 * 1024 + 1);
  const file = new ServedFile(Uri.parse(FILE));
  await file.read();
  expect(file.problem).toEqual({ text: 'ticks.sse is larger than 128 MB.' });
  expect(file.script).toBeUndefined();
  fake.files.write(FILE, 'data: 1\n\n', 128 * 1024 * 1024);
  await file.read();
  expect([file.problem, file.script?.events]).toEqual([undefined, 1]);
  file.dispose();
});

test('a name that has a meaning in patterns is watched all the same', () => {
  const file = new ServedFile(Uri.parse('/folder/a[1]{2,3}*.sse'));
  expect(fake.files.watched).toEqual(['a?1??2?3??.sse']);
  file.dispose();
});

test('what can’t be read is said so, in the system’s words', async () => {
  fake.files.read = () => Promise.reject(new Error('Permission denied'));
  const file = new ServedFile(Uri.parse(FILE));
  await file.read();
  expect(file.problem?.text).toBe('ticks.sse can’t be read: Permission denied');
  file.dispose();
});

test('disposed while it is read, it tells no one', async () => {
  const file = new ServedFile(Uri.parse(FILE));
  let reads = 0;
  file.onRead(() => {
    reads += 1;
  });
  const reading = file.read();
  file.dispose();
  await reading;
  expect([reads, file.script]).toEqual([0, undefined]);
});
