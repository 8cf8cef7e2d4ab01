import { expect, test } from 'vitest';
import { cutInAnEvent } from '../../../../src/analysis/findings/cut/cutInAnEvent';
import { eventsAt, evidenceOf } from '../../../support/evidence/evidence';
import { said } from '../../../support/evidence/findingText';
import { streamedAt } from '../../../support/evidence/streamed';

const ended = (cause: 'cut' | 'end' | 'left', unfinished: boolean, times = [100, 200, 300]) =>
  streamedAt(times, { end: { at: 400, cause, unfinished } });

test('a cut in the middle of an event is said with its place, and whether it is lost', () => {
  expect(said(cutInAnEvent, evidenceOf([ended('cut', true)]))).toBe(
    'proven: Cut in the middle of event 4: a client drops it. The events have no ids, so it is lost.',
  );
  expect(cutInAnEvent(evidenceOf([ended('cut', true)]))?.position).toBe(60);
  const events = eventsAt(100, 200).map((event) => ({ ...event, id: '7' }));
  expect(said(cutInAnEvent, evidenceOf([{ ...ended('cut', true), events }]))).toMatch(/so it can be sent again\.$/);
});

test('an end within an event is one without its blank line', () => {
  expect(said(cutInAnEvent, evidenceOf([ended('end', true)]))).toMatch(/^proven: The stream ended within event 4/);
});

test('a cut between events is information', () => {
  expect(said(cutInAnEvent, evidenceOf([ended('cut', false)]))).toMatch(
    /^information: Cut before event 4, without the end/,
  );
});

test('of several, the last in an event is told', () => {
  const evidence = evidenceOf([ended('cut', true), ended('cut', true, [100]), ended('cut', false)]);
  expect(cutInAnEvent(evidence)?.values['event']).toBe(2);
});

test.each([
  ['the stream ends as it should', evidenceOf([ended('end', false)])],
  ['we closed it', evidenceOf([ended('left', true)])],
  ['no event was ever finished', evidenceOf([ended('end', true, [])])],
  ['it goes on', evidenceOf([streamedAt([100])])],
])('it isn’t found if %s', (_, evidence) => {
  expect(cutInAnEvent(evidence)).toBeUndefined();
});
