// A recorder that catches up while the user clears the list.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { RecordedFiles } from '../../../src/client/files/recordedFiles';
import { History } from '../../../src/client/history/history';
import type { Exchange } from '../../../src/client/http/exchange';
import { Journal } from '../../../src/client/recording/journal';
import { Recorder } from '../../../src/client/recording/recorder';
import { EventStreamParser } from '../../../src/stream/parse';
import { Turns } from '../../../src/turns/turns';
import { temporaryFile, withoutWaits } from '../../support/client/recordings';

/** Returns a journal of an open stream, and functions that feed it. */
function openJournal() {
  const history = new History();
  const newParser = () => new EventStreamParser((event) => history.addEvent(event, 1), { start: history.bytes.size });
  let parser = newParser();
  const journal = new Journal(history, () => ({
    method: 'GET',
    blockStart: parser.blockStart,
    fieldsStart: parser.fieldsStart,
  }));
  const connect = () => {
    journal.response('GET', { status: 200, headers: [] as [string, string][] } as Exchange, 'events');
    parser = newParser();
  };
  const feed = (text: string) => {
    const chunk = Buffer.from(text);
    history.addBytes(chunk);
    journal.bytes(chunk);
    parser.feed(chunk);
  };
  const clear = () => {
    journal.clear();
    history.clear();
  };
  return { journal, connect, feed, clear };
}

/** Returns a recorder that keeps its calls, and stops an endless loop. */
function fakeRecorder() {
  const told: string[] = [];
  let asked = 0;
  const recorder = {
    closed: false,
    get isFull() {
      asked += 1;
      if (asked > 10_000) throw new Error('It is asked for ever.');
      return false;
    },
    response: () => undefined,
    bytes: (chunk: Uint8Array) => void told.push(Buffer.from(chunk).toString()),
    end: () => undefined,
  };
  return { recorder: recorder as unknown as Recorder, told };
}

test.each([1, 2, 3, 4, 10])(
  'a recorder gets everything once if the list is cleared %i times before it has caught up',
  (times) => {
    const { journal, feed, clear } = openJournal();
    const { recorder, told } = fakeRecorder();
    const begun = `data: x\n${':\n'.repeat(50_000)}`;
    feed(begun);
    journal.record(recorder, { turns: new Turns() });
    for (let time = 1; time <= times; time += 1) {
      feed(`: ${time}\n`);
      clear();
    }
    feed('\n');
    journal.record(undefined);
    const all = `${begun}${Array.from({ length: times }, (_, index) => `: ${index + 1}\n`).join('')}\n`;
    expect(told.join('') === all).toBe(true);
  },
);

test('a further file lacks what was cleared if it isn’t in the history, even before the next event has come', () => {
  const { journal, connect, feed, clear } = openJournal();
  connect();
  journal.record(fakeRecorder().recorder);
  feed('data: 1\n\ndata: 2\n\n');
  clear();
  journal.end({ cause: 'end' });
  connect();
  feed(': keep-alive\n');
  const { recorder, told } = fakeRecorder();
  expect(journal.recordAnew(recorder, {})).toBe(3);
  expect(told.join('')).toBe(': keep-alive\n');
});

test('a third file lacks what the second one lacked', () => {
  const { journal, connect, feed, clear } = openJournal();
  connect();
  journal.record(fakeRecorder().recorder);
  feed('data: 1\n\n');
  clear();
  feed('data: 2\n\n');
  expect(journal.recordAnew(fakeRecorder().recorder, {})).toBe(2);
  feed('data: 3\n\n');
  expect(journal.recordAnew(fakeRecorder().recorder, {})).toBe(2);
  clear();
  expect(journal.recordAnew(fakeRecorder().recorder, {})).toBe(4);
  // The same before anything else has come.
  expect(journal.recordAnew(fakeRecorder().recorder, {})).toBe(4);
  journal.record(fakeRecorder().recorder);
  feed('data: 4\n\n');
  expect(journal.recordAnew(fakeRecorder().recorder, {})).toBeUndefined();
});

test.each([
  ['without time slices', {}],
  ['that can’t wait for its time slices', { turns: new Turns() }],
])('a recording %s begins with all of an event that is larger than what may be queued', async (_, options) => {
  const { journal, connect, feed } = openJournal();
  connect();
  const begun = `data: ${'x'.repeat(1000)}\n`.repeat(20_000);
  feed(begun);
  const file = temporaryFile('a.sse');
  const errors: Error[] = [];
  const recorder = await Recorder.create(file, new RecordedFiles(), (error) => errors.push(error));
  journal.record(recorder, options);
  journal.record(undefined);
  recorder.close();
  expect(errors).toEqual([]);
  expect(withoutWaits(readFileSync(file, 'utf8')) === begun).toBe(true);
});
