import { expect, test } from 'vitest';
import { History } from '../../../src/client/history/history';
import { Journal } from '../../../src/client/recording/journal';
import type { Recorder } from '../../../src/client/recording/recorder';
import { Turns } from '../../../src/turns/turns';

/** More than is retold at once. */
const UNDER_WAY = Buffer.from(`data: ${'x'.repeat(100_000)}\n`);
const UNDER_WAY_STREAM = { method: 'GET', blockStart: 0, fieldsStart: 0 };

/** Returns a journal of a stream with a large event in progress. */
function journalUnderWay() {
  const history = new History();
  const stream = { open: UNDER_WAY_STREAM };
  const journal = new Journal(history, () => stream.open);
  const add = (bytes: Uint8Array) => {
    history.addBytes(bytes);
    journal.bytes(bytes);
  };
  add(UNDER_WAY);
  return { journal, history, add, stream };
}

/** Returns a recorder that keeps its calls. */
function listener() {
  const told = { text: '', ends: 0 };
  const recorder = {
    isFull: false,
    closed: false,
    response: () => undefined,
    bytes: (chunk: Uint8Array) => {
      told.text += Buffer.from(chunk).toString();
    },
    end: () => {
      told.ends += 1;
    },
  };
  return { told, recorder: recorder as unknown as Recorder };
}

test('a replaced recorder gets nothing more, even if it was catching up', async () => {
  const { journal } = journalUnderWay();
  const [first, second] = [listener(), listener()];
  const turns = new Turns();
  journal.record(first.recorder, { turns });
  const before = journal.handover;
  const firstEvent = journal.recordAnew(second.recorder, { turns });
  await Promise.all([before?.done, journal.handover?.done]);
  expect([before === undefined, firstEvent]).toEqual([false, undefined]);
  expect(first.told.text).toBe('');
  expect(second.told.text).toBe(UNDER_WAY.toString());
});

test('bytes that come while a recorder catches up are passed on after that, once', async () => {
  const { journal, add } = journalUnderWay();
  const { told, recorder } = listener();
  journal.record(recorder, { turns: new Turns() });
  add(Buffer.from('data: y\n\n'));
  expect(told.text).toBe('');
  await journal.handover?.done;
  add(Buffer.from('data: z\n\n'));
  expect(told.text).toBe(`${UNDER_WAY}data: y\n\ndata: z\n\n`);
});

test('ending a recording retells the rest at once', () => {
  const { journal } = journalUnderWay();
  const { told, recorder } = listener();
  journal.record(recorder, { turns: new Turns() });
  journal.record(undefined);
  expect(told.text).toBe(UNDER_WAY.toString());
});

test('what is cleared meanwhile is retold all the same, in time slices', async () => {
  const { journal, history } = journalUnderWay();
  const { told, recorder } = listener();
  journal.record(recorder, { turns: new Turns() });
  const { handover } = journal;
  journal.clear();
  history.clear();
  await handover?.done;
  expect(told.text).toBe(UNDER_WAY.toString());
});

test('the end of a stream is passed on if there is a recorder', () => {
  const { journal, stream } = journalUnderWay();
  const { told, recorder } = listener();
  journal.end();
  stream.open = { ...UNDER_WAY_STREAM, blockStart: UNDER_WAY.length };
  journal.record(recorder);
  journal.end({ cause: 'end' });
  expect(told.ends).toBe(1);
  journal.record(undefined);
  journal.end({ cause: 'end' });
  expect(told.ends).toBe(1);
});
