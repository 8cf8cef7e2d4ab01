// A recording that is stopped, or whose panel is closed, while another program touches or changes its file.
import { closeSync, openSync, readFileSync, utimesSync, writeSync } from 'node:fs';
import { utimes } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { Uri, window } from 'vscode';
import { WrittenContent } from '../../../src/client/files/writtenContent';
import { eventsIn, numbers, recordFiles, streamByHand } from '../../support/client/recordedByHand';
import { temporaryFile } from '../../support/client/recordings';
import { InspectorBench, statusOf } from '../../support/inspector/inspectors';
import { eventually } from '../../support/servers/testServer';

const isInSync = vi.spyOn(WrittenContent.prototype, 'isInSync');
beforeEach(() => void isInSync.mockClear());

/** Changes the times of a file as fast as possible, until the test is over. */
function keepTouching(path: string): void {
  let isOver = false;
  onTestFinished(() => {
    isOver = true;
  });
  void (async () => {
    for (let time = 1; !isOver; time += 1) await utimes(path, time, time).catch(() => undefined);
  })();
}

test('a file that is touched all the time is compared in time slices when the recording is stopped, never at once', async () => {
  const { inspection, send } = await streamByHand();
  const { files, path, moves, ends } = await recordFiles(inspection);
  await send(1000, 'x'.repeat(4000));
  keepTouching(path);
  await files.stop();
  expect(isInSync).not.toHaveBeenCalled();
  expect({ moves, ends }).toEqual({ moves: [], ends: [] });
  expect(eventsIn(path)).toEqual(numbers(1000));
});

test('a file that is touched is compared at once only if the process may be about to exit', async () => {
  const { inspection, send } = await streamByHand();
  const { files, path, moves, written } = await recordFiles(inspection);
  await send(10);
  await written(140);
  utimesSync(path, 1, 1);
  files.close();
  expect(isInSync).toHaveBeenCalled();
  expect([moves, eventsIn(path)]).toEqual([[], numbers(10)]);
});

test.each([0, 1, 2, 5])(
  'a file that is changed during the comparison, after %i system calls, is detected',
  async (rounds) => {
    const { inspection, send } = await streamByHand();
    const { files, path, moves, written } = await recordFiles(inspection);
    await send(1000, 'x'.repeat(4000));
    await written(4_000_000);
    const stopping = files.stop();
    for (let round = 0; round < rounds; round += 1) await setImmediate();
    expect(files.ended).toBe(false);
    const file = openSync(path, 'r+');
    writeSync(file, 'spoilt', 0);
    closeSync(file);
    await stopping;
    expect(moves).toHaveLength(1);
    expect(eventsIn(files.path)).toEqual(numbers(1000));
  },
);

/** Opens a panel that records a stream which sends what it is given. */
async function recordInPanel() {
  const path = temporaryFile('a.sse');
  Object.assign(window, { showSaveDialog: async () => ({ scheme: 'file', fsPath: path }) });
  Object.assign(Uri, { file: Uri.parse });
  const { url, send, inspection } = await streamByHand();
  inspection.disconnect();
  const bench = new InspectorBench();
  const panel = await bench.inspect(url);
  await statusOf(panel, ({ state }) => state === 'open');
  panel.say({ type: 'record', recording: true });
  await statusOf(panel, ({ recording }) => recording !== undefined);
  return { path, bench, panel, send };
}

test('a closed panel ends its recording in time slices, too, and everything is in the file', async () => {
  const { path, panel, send } = await recordInPanel();
  void send(2000, 'x'.repeat(1000));
  await eventually(() => readFileSync(path).length > 2_000_000);
  keepTouching(path);
  panel.dispose();
  await eventually(() => eventsIn(path).length === 2000);
  expect(isInSync).not.toHaveBeenCalled();
});

test('everything is in the file at once if the extension ends before that', async () => {
  const { path, bench, panel, send } = await recordInPanel();
  void send(3);
  await eventually(() => readFileSync(path).length > 30);
  panel.dispose();
  bench.inspector.dispose();
  expect(eventsIn(path)).toEqual(numbers(3));
});
