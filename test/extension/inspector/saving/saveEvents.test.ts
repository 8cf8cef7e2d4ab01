import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { beforeEach, expect, test, vi } from 'vitest';
import { commands, Uri, window, workspace } from 'vscode';
import { asSent } from '../../../../src/client/request/streamRequest';
import { SaveDialog } from '../../../../src/extension/inspector/saving/saveDialog';
import { saveEvents } from '../../../../src/extension/inspector/saving/saveEvents';
import type { SaveFormat } from '../../../../src/messages/inspector';
import { parseScript } from '../../../../src/script/parseScript';
import { Turns } from '../../../../src/turns/turns';
import { numbers, streamByHand } from '../../../support/client/recordedByHand';
import { temporaryFile } from '../../../support/client/recordings';
import { eventually } from '../../../support/servers/testServer';
import { longTest } from '../../../support/time/longRun';
import { fake } from '../../../support/vscode/index';

const showSaveDialog = vi.fn<() => Promise<unknown>>();
const showInformationMessage = vi.fn(async () => undefined);
const writeFile = vi.fn(async (_uri: unknown, _bytes: Uint8Array) => undefined);
/** Reported progress, and a callback for each report. */
const reported: { increment: number; message: string }[] = [];
let onReport = (_cancel: () => void) => {};

beforeEach(() => {
  showInformationMessage.mockClear();
  writeFile.mockClear();
  reported.length = 0;
  fake.errors.length = 0;
  onReport = () => undefined;
  const withProgress = async (options: object, task: (progress: object, token: object) => Promise<unknown>) => {
    expect(options).toMatchObject({ title: 'Saving events', cancellable: true });
    const token = { isCancellationRequested: false };
    const report = (step: { increment: number; message: string }) => {
      reported.push(step);
      onReport(() => {
        token.isCancellationRequested = true;
      });
    };
    return task({ report }, token);
  };
  Object.assign(window, { showSaveDialog, showInformationMessage, withProgress });
  Object.assign(Uri, { file: Uri.parse });
  Object.assign(workspace.fs, { writeFile });
});

const made = { method: 'GET', url: 'http://a/', headers: [] as [string, string][], insecure: false };
const request = () => made;

/** Buttons of the message that a file was saved. */
const offered = (format: SaveFormat) => ['Open the file', ...(format === 'sse' ? ['Serve'] : [])];

function choose(path: string, scheme = 'file'): void {
  showSaveDialog.mockResolvedValue({ scheme, fsPath: path, path });
}

test.each<SaveFormat>(['ndjson', 'json', 'sse'])(
  'events are saved as %s, and as many are told as there are in the file',
  async (format) => {
    const { inspection, send } = await streamByHand();
    await send(300);
    const path = temporaryFile(`a.${format}`);
    choose(path);
    await saveEvents({ inspection, request, format, turns: new Turns(), dialog: new SaveDialog() });
    const text = readFileSync(path, 'utf8');
    expect([...text.matchAll(/data(?:: |":")event (\d+)/g)].map(([, number]) => Number(number))).toEqual(numbers(300));
    if (format === 'sse') expect(parseScript(Buffer.from(text)).problems).toEqual([]);
    expect(showInformationMessage).toHaveBeenCalledWith('Events saved: 300', ...offered(format));
    expect(reported.at(-1)?.message).toMatch(/^\d+ %$/);
    expect(reported.reduce((sum, { increment }) => sum + increment, 0)).toBeLessThanOrEqual(100);
    expect(fake.errors).toEqual([]);
  },
);

test('a second run is offered to be compared with the first, by VS Code’s own diff', async () => {
  const { inspection, send } = await streamByHand();
  await send(1);
  const compared: unknown[] = [];
  const executeCommand = vi.spyOn(commands, 'executeCommand').mockImplementation(async (...call) => {
    compared.push(call);
  });
  const [dialog, turns] = [new SaveDialog(), new Turns()];
  const paths = [temporaryFile('a.sse'), temporaryFile('b.sse')];
  for (const path of paths) {
    choose(path);
    await saveEvents({ inspection, request, format: 'sse', turns, dialog });
    showInformationMessage.mockImplementation(async () => 'Compare with Last' as never);
  }
  await eventually(() => compared.length > 0);
  showInformationMessage.mockImplementation(async () => undefined);
  executeCommand.mockRestore();
  expect(compared).toMatchObject([['vscode.diff', ...paths.map((path) => ({ path }))]]);
  expect(showInformationMessage.mock.calls).toEqual([
    ['Events saved: 1', ...offered('sse')],
    ['Events saved: 1', ...offered('sse'), 'Compare with Last'],
  ]);
});

test('a document has the request as it was made, including repeated headers and the body', async () => {
  const { inspection, send } = await streamByHand();
  await send(1);
  const headers: [string, string][] = [
    ['X-A', '1'],
    ['X-A', '2'],
  ];
  const path = temporaryFile('a.json');
  choose(path);
  const asked = { method: 'POST', url: 'http://a/', headers, body: '{"a":"•••1"}', insecure: false };
  await saveEvents({
    inspection,
    request: () => asSent(asked, '7'),
    format: 'json',
    turns: new Turns(),
    dialog: new SaveDialog(),
  });
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({
    request: {
      method: 'POST',
      url: 'http://a/',
      headers: [...headers, ['Accept', 'text/event-stream'], ['Last-Event-ID', '7']],
      body: '{"a":"•••1"}',
    },
    events: [{ number: 1 }],
  });
});

test('a document names the request of its events, also where another was made while the user was asked for the file', async () => {
  const { inspection, send } = await streamByHand();
  await send(1);
  let url = 'http://a/';
  const path = temporaryFile('a.json');
  showSaveDialog.mockImplementation(async () => {
    url = 'http://b/';
    return { scheme: 'file', fsPath: path, path };
  });
  const changing = () => ({ ...made, url });
  await saveEvents({ inspection, request: changing, format: 'json', turns: new Turns(), dialog: new SaveDialog() });
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ request: { url: 'http://b/' } });
});

test('automatic headers are left out if the request sets them itself', () => {
  const headers: [string, string][] = [
    ['accept', '*/*'],
    ['last-event-id', '5'],
  ];
  const asked = { method: 'GET', url: 'http://a/', headers, insecure: false };
  expect(asSent(asked, '').headers).toEqual([['accept', '*/*']]);
  expect(asSent(asked, '6').headers).toEqual([
    ['accept', '*/*'],
    ['Last-Event-ID', '6'],
  ]);
  // The id can't be sent.
  expect(asSent(asked, 'a\u0001').headers).toEqual([['accept', '*/*']]);
});

test.each<SaveFormat>(['ndjson', 'json', 'sse'])(
  'events that come and are evicted while they are saved as %s change nothing',
  async (format) => {
    const { inspection, send } = await streamByHand();
    await send(50, 'x'.repeat(40_000));
    const path = temporaryFile(`a.${format}`);
    choose(path);
    onReport = () => inspection.clear();
    await saveEvents({ inspection, request, format, turns: new Turns(), dialog: new SaveDialog() });
    expect(inspection.history.first).toBe(51);
    const found = [...readFileSync(path, 'utf8').matchAll(/data(?:: |":")event (\d+)x{40000}/g)];
    expect(found.map(([, number]) => Number(number))).toEqual(numbers(50));
    expect(showInformationMessage).toHaveBeenCalledWith('Events saved: 50', ...offered(format));
  },
);

test('a cancelled save leaves the previous file, without a message', async () => {
  const { inspection, send } = await streamByHand();
  await send(100, 'x'.repeat(20_000));
  const path = temporaryFile('a.sse');
  writeFileSync(path, 'old');
  choose(path);
  onReport = (cancel) => cancel();
  await saveEvents({ inspection, request, format: 'sse', turns: new Turns(), dialog: new SaveDialog() });
  expect(reported).toHaveLength(1);
  expect(readFileSync(path, 'utf8')).toBe('old');
  expect(readdirSync(dirname(path))).toEqual([basename(path)]);
  expect([...showInformationMessage.mock.calls, ...fake.errors]).toEqual([]);
});

test.runIf(process.platform !== 'win32')('a pipe is refused in words, before anything is written', async () => {
  const { inspection } = await streamByHand();
  const path = temporaryFile('a.sse');
  execFileSync('mkfifo', [path]);
  choose(path);
  await saveEvents({ inspection, request, format: 'sse', turns: new Turns(), dialog: new SaveDialog() });
  expect(fake.errors).toEqual([
    'The events were not saved to a.sse: It is a folder, a device or a pipe. Choose a regular file.',
  ]);
});

test('a file elsewhere is written as a whole, by VS Code', async () => {
  const { inspection, send } = await streamByHand();
  await send(10);
  choose('/a.ndjson', 'vscode-remote');
  await saveEvents({ inspection, request, format: 'ndjson', turns: new Turns(), dialog: new SaveDialog() });
  expect(writeFile).toHaveBeenCalledTimes(1);
  expect(
    Buffer.from(writeFile.mock.calls[0]?.[1] ?? [])
      .toString()
      .split('\n'),
  ).toHaveLength(11);
});

longTest('a file that would be larger than 128 MB isn’t written, with advice for the user', async () => {
  const { inspection, send } = await streamByHand();
  await send(22, '\u0001'.repeat(1024 * 1024));
  choose('/a.ndjson', 'vscode-remote');
  await saveEvents({ inspection, request, format: 'ndjson', turns: new Turns(), dialog: new SaveDialog() });
  expect(writeFile).not.toHaveBeenCalled();
  expect(fake.errors[0]).toBe(
    'The events were not saved to a.ndjson: It would be larger than 128 MB. Choose a file on the machine that the extension runs on.',
  );
});

test.each<SaveFormat>(['ndjson', 'json', 'sse'])(
  'only the events that the filter shows are saved as %s, if the user wants that, and both numbers are told',
  async (format) => {
    const { inspection, send } = await streamByHand();
    await send(300);
    inspection.view.filter({ event: '', text: 'event 2', isRegExp: false });
    await eventually(() => !inspection.view.searching);
    const path = temporaryFile(`a.${format}`);
    choose(path);
    await saveEvents({ inspection, request, format, shown: true, turns: new Turns(), dialog: new SaveDialog() });
    const text = readFileSync(path, 'utf8');
    const found = [...text.matchAll(/data(?:: |":")event (\d+)/g)].map(([, number]) => Number(number));
    expect(found).toEqual(numbers(300).filter((number) => String(number).startsWith('2')));
    if (format === 'sse') expect(parseScript(Buffer.from(text)).problems).toEqual([]);
    else expect(text).toContain('"number":299');
    expect(showInformationMessage).toHaveBeenCalledWith('Events saved: 111 of 300', ...offered(format));
  },
);

test('an event that came later is written behind a pause, without the events between', async () => {
  const { inspection, write } = await streamByHand();
  write('data: a\n\n');
  await eventually(() => inspection.history.count === 1);
  write('data: b\n\n');
  await eventually(() => inspection.history.count === 2);
  await setTimeout(300);
  write(': c\nid: 3\ndata: a\n\n');
  await eventually(() => inspection.history.count === 3);
  inspection.view.filter({ event: '', text: 'a', isRegExp: false });
  const path = temporaryFile('a.sse');
  choose(path);
  await saveEvents({ inspection, request, format: 'sse', shown: true, turns: new Turns(), dialog: new SaveDialog() });
  expect(readFileSync(path, 'utf8')).toMatch(/^data: a\n\n:@ wait \d+ms\n: c\nid: 3\ndata: a\n\n$/);
});

test('a saved file is opened or served, as the user chooses', async () => {
  const { inspection, send } = await streamByHand();
  await send(1);
  const path = temporaryFile('a.sse');
  choose(path);
  fake.done.length = 0;
  showInformationMessage.mockResolvedValueOnce('Serve' as never);
  await saveEvents({ inspection, request, format: 'sse', turns: new Turns(), dialog: new SaveDialog() });
  await eventually(() => fake.done.some(([command]) => command === 'sseCounter.serve'));
});
