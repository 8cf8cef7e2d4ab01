// A recording that begins during an event whose beginning was evicted.
import { readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { RecordedFiles } from '../../../src/client/files/recordedFiles';
import { History } from '../../../src/client/history/history';
import { Recorder } from '../../../src/client/recording/recorder';
import { recordFiles, streamByHand } from '../../support/client/recordedByHand';
import { temporaryFile, withoutWaits } from '../../support/client/recordings';
import { eventually } from '../../support/servers/testServer';
import { longestGo } from '../../support/time/longestGo';
import { longTest } from '../../support/time/longRun';

/** Writes, and resolves when the client has received it. */
async function streamWritten(history?: History) {
  const stream = await streamByHand(history);
  const write = async (text: string) => {
    const { bytes } = stream.inspection.history;
    const size = bytes.size + Buffer.byteLength(text);
    stream.write(text);
    await eventually(() => bytes.size === size);
  };
  return { ...stream, write };
}

const rowsOf = ({ view }: Awaited<ReturnType<typeof streamByHand>>['inspection']) =>
  Array.from({ length: view.rows }, (_, row) => view.at(row)?.number);

test.each([
  [':\n', 'data: 2\n\n'],
  [': keep', '-alive\ndata: 2\n\n'],
  [': a\n: b\r', '\ndata: 2\n\n'],
  ['retry: 1000\n', 'data: 2\n\n'],
  ['heartbeat\n', 'event: e\ndata: 2\n\n'],
  [':\n', 'id: 2\ndata: 2\n\n'],
])('an event after %j, and Clear, is in the list and in the recording: %j', async (before, event) => {
  const { inspection, write } = await streamWritten();
  await write(`data: 1\n\n${before}`);
  inspection.clear();
  const { files, omitted } = await recordFiles(inspection);
  await write(event);
  await write('data: 3\n\n');
  await files.stop();
  expect(rowsOf(inspection)).toEqual([2, 3]);
  expect(inspection.history.evicted).toBe(0);
  const recorded = withoutWaits(readFileSync(files.path, 'utf8'));
  expect(recorded).toBe(`${event.slice(event.search(/event|id|data/))}data: 3\n\n`);
  expect(omitted).toEqual([]);
});

test.each(['data: 2\n', 'id: 2\n', 'event: e\n', 'dat'])(
  'an event that began with %j before Clear is omitted, and that is reported',
  async (before) => {
    const { inspection, write } = await streamWritten();
    await write(`data: 1\n\n: of 2\n${before}`);
    inspection.clear();
    const { files, omitted } = await recordFiles(inspection);
    await write(`${before === 'dat' ? 'a: 2' : 'data: half'}\n\n`);
    await write('data: 3\n\n');
    await files.stop();
    expect(withoutWaits(readFileSync(files.path, 'utf8'))).toBe('data: 3\n\n');
    expect([omitted, rowsOf(inspection), inspection.history.evicted]).toEqual([[2], [3], 1]);
  },
);

test('a connection that ends before the next event has its end in the file', async () => {
  const { inspection, write, hangUp } = await streamWritten();
  await write('data: half\n');
  inspection.clear();
  const { files, omitted } = await recordFiles(inspection);
  hangUp();
  await eventually(() => !inspection.running);
  await files.stop();
  expect(withoutWaits(readFileSync(files.path, 'utf8'))).toBe(':@ end\n');
  expect(omitted).toEqual([]);
});

const MAX_BYTES = 16 * 1024 * 1024;
/** More than the history keeps. */
const MANY_COMMENTS = `${':'.repeat(600)}\n`.repeat(29_000);

test('an event after more comments than are kept is listed and recorded, and so is the next, however large', async () => {
  const { inspection, write } = await streamWritten(new History({ maxBytes: MAX_BYTES }));
  await write(MANY_COMMENTS);
  const { files, ends, omitted } = await recordFiles(inspection);
  await write('data: a\n');
  await write(MANY_COMMENTS);
  const goOn = async () => {
    await write('\n');
    await write(MANY_COMMENTS);
    await write('data: b\n\n');
    await files.stop();
  };
  expect(await longestGo(goOn())).toBeLessThan(100);
  expect({ ends, omitted }).toEqual({ ends: [], omitted: [] });
  const recorded = withoutWaits(readFileSync(files.path, 'utf8'));
  expect(recorded === `data: a\n${MANY_COMMENTS}\n${MANY_COMMENTS}data: b\n\n`).toBe(true);
  const event = inspection.history.get(2);
  expect(event && [inspection.history.data(event), event.end - event.start]).toEqual(['b', 9]);
});

longTest('the next event is recorded as it comes, in time slices, where the evicted block ends', async () => {
  const { inspection, write } = await streamWritten(new History({ maxBytes: MAX_BYTES }));
  await write(`data: half\n${MANY_COMMENTS}`);
  const { files, ends, omitted, written } = await recordFiles(inspection);
  await write('\n');
  const goOn = async () => {
    await write(':@\n'.repeat(5_000_000));
    await written(15_000_000);
    await write('data: x\n\n');
    await files.stop();
  };
  expect(await longestGo(goOn())).toBeLessThan(100);
  expect({ ends, omitted }).toEqual({ ends: [], omitted: [1] });
  expect(readFileSync(files.path, 'utf8').endsWith('\ndata: x\n\n')).toBe(true);
});

test('the server has to wait while too much is queued for the disk', async () => {
  const { inspection, write: send } = await streamByHand();
  const recorder = await Recorder.create(temporaryFile('a.sse'), new RecordedFiles(), () => undefined);
  onTestFinished(() => recorder.close());
  let drain = () => {};
  const drained = new Promise<void>((resolve) => {
    drain = resolve;
  });
  const isFull = vi.spyOn(recorder, 'isFull', 'get').mockReturnValue(true);
  vi.spyOn(recorder, 'drained').mockReturnValue(drained);
  inspection.record(recorder);
  send('data: x\n\n'.repeat(300_000));
  await eventually(() => inspection.history.count > 0);
  const { count } = inspection.history;
  for (let round = 0; round < 50; round += 1) await setImmediate();
  expect(inspection.history.count).toBe(count);
  isFull.mockRestore();
  drain();
  await eventually(() => inspection.history.count === 300_000);
});
