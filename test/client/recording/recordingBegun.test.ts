import { readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { RecordingError } from '../../../src/client/files/recordingError';
import { parseScriptInSteps } from '../../../src/script/parseScript';
import { inspectionOf, recordFiles } from '../../support/client/recordedByHand';
import { eventually } from '../../support/servers/testServer';
import { longestGo } from '../../support/time/longestGo';
import { longTest } from '../../support/time/longRun';

/**
 * Returns an inspection that has read a number of lines, none of which ends an event: all belong to the event in progress.
 */
async function streamUnderWay(line: string, count: number) {
  const bytes = Buffer.from(line.repeat(count));
  const { inspection, connect } = await inspectionOf((_request, answer) => {
    answer.writeHead(200, { 'Content-Type': 'text/event-stream', 'Content-Encoding': 'gzip' });
    answer.write(gzipSync(bytes));
  });
  connect();
  await eventually(() => inspection.history.bytes.size === bytes.length);
  return { inspection, bytes };
}

/** Returns the bytes that a file sends. */
function sentBy(path: string): Buffer {
  const steps = parseScriptInSteps(readFileSync(path));
  for (;;) {
    const step = steps.next();
    if (step.done) return Buffer.concat(step.value.steps.flatMap((one) => (one.kind === 'send' ? [one.bytes] : [])));
  }
}

test('a recording begins in time slices if much is in progress: nothing is blocked, and everything is in the file', async () => {
  const { inspection, bytes } = await streamUnderWay(':@\n', 2_000_000);
  await setImmediate();
  const recorded = recordFiles(inspection);
  const longest = await longestGo(recorded.then(({ files }) => files.stop()));
  const { files, moves, ends } = await recorded;
  // Without breaks, it takes half a second.
  expect(longest).toBeLessThan(150);
  expect({ moves, ends }).toEqual({ moves: [], ends: [] });
  expect(sentBy(files.path).equals(bytes)).toBe(true);
});

longTest('repeated clearing meanwhile doesn’t make it write everything at once', async () => {
  const { inspection, bytes } = await streamUnderWay(':@\n', 2_000_000);
  await setImmediate();
  const recorded = recordFiles(inspection);
  const clearAndStop = async () => {
    const { files } = await recorded;
    for (let round = 0; round < 2; round += 1) {
      inspection.clear();
      await setImmediate();
    }
    await files.stop();
  };
  const longest = await longestGo(clearAndStop());
  const { files, ends } = await recorded;
  expect(longest).toBeLessThan(150);
  expect(ends).toEqual([]);
  expect(sentBy(files.path).equals(bytes)).toBe(true);
});

test.each(['stop', 'close', 'clear', 'disconnect', 'change'] as const)(
  'everything in progress is in the file, whatever happens before it is written: %s',
  async (act) => {
    const { inspection, bytes } = await streamUnderWay('data: of an event that never ends\n', 30_000);
    for (const rounds of [0, 1, 4]) {
      const { files, ends } = await recordFiles(inspection);
      for (let round = 0; round < rounds; round += 1) await setImmediate();
      if (act === 'close') files.close();
      else if (act === 'clear' && rounds === 4) inspection.clear();
      else if (act === 'disconnect' && rounds === 4) inspection.disconnect();
      else if (act === 'change') inspection.recorder?.fail(new RecordingError('changed'));
      await files.stop();
      expect(ends).toEqual([]);
      expect(sentBy(files.path).equals(bytes)).toBe(true);
      expect(inspection.recorder).toBeUndefined();
    }
  },
);
