import { expect, onTestFinished, test, vi } from 'vitest';
import { Inspection } from '../../src/client/inspection';
import type { Recorder } from '../../src/client/recording/recorder';
import { Turns } from '../../src/turns/turns';

const EVENT = { event: 'message', id: undefined, lastEventId: '', omitted: 0 };

/** A recorder that accepts everything and keeps nothing. */
const recorder = new Proxy({}, { get: () => () => undefined }) as unknown as Recorder;

test('a view that fails loses its filter and reports that; changes are reported as before', async () => {
  let changed = () => {};
  const inspection = new Inspection(() => changed());
  onTestFinished(() => inspection.close());
  let told = 0;
  inspection.view.filter({ event: '', text: 'a', isRegExp: false }, () => {
    told += 1;
  });
  inspection.view.update = () => {
    throw new RangeError('Maximum call stack size exceeded');
  };
  for (let time = 0; time < 3; time += 1) {
    await new Promise<void>((resolve) => {
      changed = resolve;
      inspection.clear();
    });
  }
  expect(told).toBe(1);
});

test.each<[string, (inspection: Inspection) => unknown]>([
  ['a recording begins', (inspection) => inspection.record(recorder)],
  ['a recording ends', (inspection) => inspection.record(undefined)],
  ['a recording begins anew', (inspection) => inspection.recordAnew(recorder, { turns: new Turns() })],
  ['all is forgotten', (inspection) => inspection.clear()],
  ['it is disconnected', (inspection) => inspection.disconnect()],
  ['a pause begins', (inspection) => inspection.view.pause(true)],
  ['a filter is set', (inspection) => inspection.view.filter({ event: 'a', text: '', isRegExp: false })],
])('%s is reported', async (_, act) => {
  let told = () => {};
  const inspection = new Inspection(() => told());
  onTestFinished(() => inspection.close());
  await new Promise<void>((resolve) => {
    told = resolve;
    act(inspection);
  });
});

test('simultaneous changes are reported once, and none after close', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  let told = 0;
  const inspection = new Inspection(() => {
    told += 1;
  });
  for (let time = 0; time < 5; time += 1) inspection.clear();
  vi.advanceTimersByTime(99);
  expect(told).toBe(0);
  vi.advanceTimersByTime(1);
  expect(told).toBe(1);
  vi.advanceTimersByTime(10_000);
  expect(told).toBe(1);
  inspection.clear();
  inspection.close();
  inspection.clear();
  vi.advanceTimersByTime(10_000);
  expect(told).toBe(1);
});

test('the first rows of a filter are reported at once, and what follows within a tenth of a second only once', () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  onTestFinished(() => void vi.useRealTimers());
  vi.advanceTimersByTime(1000);
  const rows: number[] = [];
  const inspection = new Inspection(() => rows.push(inspection.view.rows));
  onTestFinished(() => inspection.close());
  inspection.history.addBytes(Buffer.from('data: a\n\n'));
  inspection.history.addEvent({ ...EVENT, data: 'a', start: 0, fieldsStart: 0, end: 9 }, 0);
  inspection.view.filter({ event: '', text: 'a', isRegExp: false });
  vi.advanceTimersByTime(1);
  expect(rows).toEqual([1]);
  for (const text of ['b', 'c']) inspection.view.filter({ event: '', text, isRegExp: false });
  vi.advanceTimersByTime(98);
  expect(rows).toEqual([1]);
  vi.advanceTimersByTime(1);
  expect(rows).toEqual([1, 0]);
});
