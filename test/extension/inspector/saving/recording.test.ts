import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { Uri, window } from 'vscode';
import { RecordedFiles } from '../../../../src/client/files/recordedFiles';
import { Inspection } from '../../../../src/client/inspection';
import { Recording } from '../../../../src/extension/inspector/saving/recording';
import { SaveDialog } from '../../../../src/extension/inspector/saving/saveDialog';
import { Turns } from '../../../../src/turns/turns';
import { canMount, fullDisk } from '../../../support/client/fullDisk';
import { settled } from '../../../support/client/recordedByHand';
import { temporaryFile } from '../../../support/client/recordings';
import { serveInTurn } from '../../../support/servers/streamServer';
import { eventually, startServer } from '../../../support/servers/testServer';
import { fake } from '../../../support/vscode/index';

const showSaveDialog = vi.fn<(options: { defaultUri: Uri }) => Promise<unknown>>();
const { showErrorMessage, showWarningMessage } = window;
const showInformationMessage = vi.fn<(message: string, ...buttons: string[]) => Promise<string | undefined>>();

beforeEach(() => {
  Object.assign(window, { showSaveDialog, showInformationMessage, showErrorMessage, showWarningMessage });
  Object.assign(Uri, { file: Uri.parse });
  showSaveDialog.mockReset();
  showInformationMessage.mockReset().mockResolvedValue(undefined);
  fake.errors.length = 0;
  fake.done.length = 0;
});

function file(path: string, scheme = 'file') {
  return { scheme, fsPath: path, toString: () => `${scheme}://${path}` };
}

/** Inspects a stream, by default the counter's. Returns the inspection and its recording. */
async function inspect(recorded = new RecordedFiles(), stream?: string) {
  const url = stream ?? `${(await startServer()).url}event?interval=10`;
  const inspection = new Inspection(() => undefined);
  const save = vi.fn(async () => undefined);
  const onError = (error: unknown) => {
    throw error;
  };
  const [turns, dialog] = [new Turns(), new SaveDialog()];
  const recording = new Recording({ inspection, turns, recorded, dialog, save, onError });
  onTestFinished(() => {
    inspection.close();
    recording.close();
  });
  const asked = { method: 'GET', url, headers: [], insecure: false };
  inspection.connect(asked, { reconnect: false, lastEventId: '' });
  return { inspection, recording, save };
}

test('it asks for a file named after the stream and the day, records, and when stopped offers the file, which a click serves', async () => {
  const { inspection, recording } = await inspect();
  const path = temporaryFile('chat.sse');
  showSaveDialog.mockResolvedValue(file(path));
  showInformationMessage.mockResolvedValue('Serve');
  await recording.start('https://api.example.com:8443/v1/chat?key=s3cret');
  expect(showSaveDialog.mock.calls[0]?.[0].defaultUri.toString()).toMatch(/chat-\d{4}-\d\d-\d\d\.sse$/);
  expect(inspection.recorder?.name).toBe('chat.sse');
  const first = inspection.history.count + 1;
  await eventually(() => inspection.history.count >= first + 2);
  await recording.stop();
  expect(inspection.recorder).toBeUndefined();
  expect(readFileSync(path, 'utf8')).toContain(`data: ${first + 2}\n\n`);
  expect(showInformationMessage).toHaveBeenCalledWith('Recorded to chat.sse', 'Open the file', 'Serve');
  expect(fake.done).toContainEqual(['sseCounter.serve', path]);
  expect(fake.errors).toEqual([]);
});

test.each([
  ['http://[::1]:8080/event', /\/1-[\d-]{10}\.sse$/],
  ['http://[::]:8080/event', /\/events-[\d-]{10}\.sse$/],
  ['no URL', /\/events-[\d-]{10}\.sse$/],
])('a recording of %s is named %s', async (url, name) => {
  const { recording } = await inspect();
  showSaveDialog.mockResolvedValue(undefined);
  await recording.start(url);
  expect(showSaveDialog.mock.calls[0]?.[0].defaultUri.toString()).toMatch(name);
});

test('it doesn’t ask twice at once; a user who chooses no file gets no recording, and may start again', async () => {
  const { inspection, recording } = await inspect();
  let response = (_file: unknown) => {};
  showSaveDialog.mockReturnValueOnce(
    new Promise((resolve) => {
      response = resolve;
    }),
  );
  const asked = recording.start('');
  await recording.start('');
  await vi.waitFor(() => expect(showSaveDialog).toHaveBeenCalledTimes(1));
  response(undefined);
  await asked;
  expect(inspection.recorder).toBeUndefined();
  const path = temporaryFile('a.sse');
  showSaveDialog.mockResolvedValueOnce(file(path));
  await recording.start('');
  expect(inspection.recorder?.path).toBe(path);
});

test('a panel that is closed while it asks records nothing, and creates no file', async () => {
  const { inspection, recording } = await inspect();
  const path = temporaryFile('a.sse');
  showSaveDialog.mockImplementation(async () => {
    recording.close();
    return file(path);
  });
  await recording.start('');
  expect(inspection.recorder).toBeUndefined();
  expect(existsSync(path)).toBe(false);
});

test('once its panel is closed, no file is asked for, which nothing would be recorded to', async () => {
  const { recording } = await inspect();
  showSaveDialog.mockClear();
  recording.close();
  await recording.start('');
  expect(showSaveDialog).not.toHaveBeenCalled();
});

test('close writes all received data to the file at once, without a message', async () => {
  const { inspection, recording } = await inspect();
  const path = temporaryFile('a.sse');
  showSaveDialog.mockResolvedValue(file(path));
  await recording.start('');
  const first = inspection.history.count + 1;
  await eventually(() => inspection.history.count >= first + 2);
  recording.close();
  expect(readFileSync(path, 'utf8')).toContain(`data: ${inspection.history.count}\n\n`);
  expect([...showInformationMessage.mock.calls, ...fake.errors]).toEqual([]);
});

test('a file that isn’t on this machine can’t be recorded to, and the user is told what to do', async () => {
  const { inspection, recording } = await inspect();
  showSaveDialog.mockResolvedValue(file('/a.sse', 'vscode-local'));
  await recording.start('');
  expect(fake.errors[0]).toMatch(/^Can’t record to vscode-local:\/\/\/a\.sse: Choose a file .* or use Save/);
  expect(inspection.recorder).toBeUndefined();
});

test('a file that can’t be created is reported', async () => {
  const { recording } = await inspect();
  showSaveDialog.mockResolvedValue(file(join(temporaryFile('none'), 'a.sse')));
  await recording.start('');
  expect(fake.errors[0]).toMatch(/^Can’t record to a\.sse: ENOENT/);
});

test.runIf(canMount())(
  'a recording that fails stops, the reason is told, and Save is offered; the file isn’t',
  async () => {
    const { inspection, recording, save } = await inspect();
    const showErrorMessage = vi.fn(async (_text: string, button: string) => button);
    Object.assign(window, { showErrorMessage });
    const folder = fullDisk();
    writeFileSync(join(folder, 'large'), Buffer.alloc(64 * 1024));
    showSaveDialog.mockResolvedValue(file(join(folder, 'a.sse')));
    await recording.start('');
    await eventually(() => save.mock.calls.length > 0);
    expect(showErrorMessage.mock.calls).toEqual([
      [expect.stringMatching(/^The recording to a\.sse has stopped: ENOSPC/), 'Save Events…'],
    ]);
    expect(inspection.recorder).toBeUndefined();
    await recording.stop();
    expect(showInformationMessage).not.toHaveBeenCalled();
  },
);

test('a change of the file by another program is reported at once, with the new file, which is offered after the stop', async () => {
  const { inspection, recording } = await inspect();
  const showWarningMessage = vi.fn(async (_text: string, button: string) => button);
  Object.assign(window, { showWarningMessage });
  const path = temporaryFile('a.sse');
  showSaveDialog.mockResolvedValue(file(path));
  await recording.start('');
  await eventually(() => (inspection.recorder?.size ?? 0) > 0);
  // Not in the middle of a write.
  await settled();
  writeFileSync(path, 'mine');
  await eventually(() => showWarningMessage.mock.calls.length > 0);
  expect(showWarningMessage.mock.calls[0]).toEqual([
    'a.sse was changed by another program. The recording goes on in a-2.sse, which has all since it began.',
    'Open the file',
  ]);
  await eventually(() => fake.done.length > 0);
  expect(fake.done[0]?.[0]).toBe('show');
  await recording.stop();
  expect(showInformationMessage).toHaveBeenCalledWith('Recorded to a-2.sse', 'Open the file', 'Serve');
  expect(readFileSync(path, 'utf8')).toBe('mine');
});

test('an event whose beginning was cleared before the recording began is told of', async () => {
  let goOn = (_text: string) => {};
  const { url } = await serveInTurn((response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write('data: 1\n\ndata: 2\n');
    goOn = (text) => void response.write(text);
  });
  const { inspection, recording } = await inspect(undefined, url);
  await eventually(() => inspection.history.bytes.size === 17);
  inspection.clear();
  const showWarningMessage = vi.fn(async (_text: string) => undefined);
  Object.assign(window, { showWarningMessage });
  showSaveDialog.mockResolvedValue(file(temporaryFile('a.sse')));
  await recording.start('');
  goOn('\ndata: 3\n\n');
  await eventually(() => showWarningMessage.mock.calls.length > 0);
  expect(showWarningMessage.mock.calls[0]?.[0]).toBe(
    'The recording to a.sse begins behind event 2: the beginning of that event was no longer kept.',
  );
});

test.runIf(process.platform !== 'win32')('a pipe is refused in words', async () => {
  const { recording } = await inspect();
  const path = temporaryFile('pipe.sse');
  execFileSync('mkfifo', [path]);
  showSaveDialog.mockResolvedValue(file(path));
  await recording.start('');
  expect(fake.errors).toEqual(['Can’t record to pipe.sse: It is a folder, a device or a pipe. Choose a regular file.']);
});

test('a file that another panel records to is refused in words if no other name is free', async () => {
  const recorded = new RecordedFiles();
  const [one, two] = [await inspect(recorded), await inspect(recorded)];
  const path = temporaryFile('a.sse');
  for (let number = 2; number <= 1000; number += 1) writeFileSync(path.replace('.sse', `-${number}.sse`), '');
  showSaveDialog.mockResolvedValue(file(path));
  await one.recording.start('');
  await two.recording.start('');
  expect(fake.errors).toEqual(['Can’t record to a.sse: It is still being recorded to. Choose another file.']);
  expect(one.inspection.recorder?.path).toBe(path);
  expect(two.inspection.recorder).toBeUndefined();
});
