import { expect, test } from 'vitest';
import { Timeline } from '../../../src/analysis/timeline/timeline';
import type { TimelinePicture } from '../../../src/analysis/timeline/timelineView';

/** Times in these tests count from here, since a clock never begins at 0. */
const T = 1_700_000_000_000;

/** Returns a timeline with an open stream whose head has come after 100 ms. */
function opened(): Timeline {
  const timeline = new Timeline();
  timeline.request(T, '', 1);
  timeline.head(T + 100, true);
  return timeline;
}

/** Lets events come at a time. */
function events(timeline: Timeline, time: number, count = 1): void {
  timeline.bytes(T + time);
  for (let event = 0; event < count; event += 1) timeline.event();
}

function pictureOf(timeline: Timeline, range: 'last' | 'all', width: number, now: number): TimelinePicture {
  return timeline.view(range, width, T + now).picture ?? expect.fail('no picture');
}

/** Returns the columns with something in them. */
function filled(counts: number[]): [column: number, count: number][] {
  return [...counts.entries()].filter(([, count]) => count > 0);
}

test('nothing has a summary and no picture', () => {
  const { summary, picture } = new Timeline().view('all', 600, T);
  expect([summary.events, summary.connections, summary.isRunning, picture]).toEqual([0, 0, false, undefined]);
});

test('events, comments and bursts are in the columns of their times, in both ranges', () => {
  const timeline = opened();
  events(timeline, 1_000, 1);
  timeline.bytes(T + 2_000);
  for (let comment = 0; comment < 3; comment += 1) timeline.comment();
  events(timeline, 30_000, 212);
  for (const range of ['last', 'all'] as const) {
    const picture = pictureOf(timeline, range, 600, 60_000);
    expect([picture.from - T, picture.to - T]).toEqual([0, 60_000]);
    expect(filled(picture.events)).toEqual([
      [10, 1],
      [300, 212],
    ]);
    expect(filled(picture.comments)).toEqual([[20, 3]]);
    expect(picture.bursts[300]).toBe(212);
  }
});

test('a young stream doesn’t fill the picture: it begins at the left, with 10 s of room', () => {
  const timeline = opened();
  events(timeline, 1_000);
  const { from, to } = pictureOf(timeline, 'all', 100, 1_200);
  expect([from - T, to - T]).toEqual([0, 10_000]);
});

test('the last minute moves in whole columns, so that what is in one stays together', () => {
  const timeline = opened();
  events(timeline, 100_000, 2);
  events(timeline, 100_090, 3);
  for (const now of [120_000, 120_050, 120_099, 130_001]) {
    const picture = pictureOf(timeline, 'last', 600, now);
    expect((picture.from - T) % 100).toBe(0);
    expect(filled(picture.events).map(([, count]) => count)).toEqual([5]);
  }
});

test('what comes at once after the request is in the first column, wherever its slot begins', () => {
  for (let begin = T; begin < T + 20; begin += 1) {
    const timeline = new Timeline();
    timeline.request(begin, '', 1);
    timeline.head(begin, true);
    events(timeline, begin - T);
    expect(filled(pictureOf(timeline, 'last', 600, 1_000).events)).toEqual([[0, 1]]);
  }
});

test('the picture of what is over stands still', () => {
  const timeline = opened();
  events(timeline, 1_000);
  timeline.end(T + 70_000, 'end');
  const early = timeline.view('last', 600, T + 80_000);
  expect(timeline.view('last', 600, T + 500_000)).toEqual(early);
  expect([early.summary.span, early.summary.isRunning, early.summary.silentFor]).toEqual([70_000, false, undefined]);
});

test('no event is lost when the scale of all time becomes coarser, up to weeks', () => {
  const timeline = opened();
  for (let hour = 0; hour < 24 * 21; hour += 1) events(timeline, hour * 3_600_000 + 1_000, hour % 5);
  const sent = Array.from({ length: 24 * 21 }, (_, hour) => hour % 5).reduce((sum, count) => sum + count, 0);
  for (const width of [1, 7, 600, 2_000]) {
    const picture = pictureOf(timeline, 'all', width, 24 * 21 * 3_600_000);
    expect(picture.events).toHaveLength(width);
    expect(picture.events.reduce((sum, count) => sum + count, 0)).toBe(sent);
  }
});

test('a picture has at most 2,000 columns', () => {
  expect(pictureOf(opened(), 'all', 1_000_000, 1_000).events).toHaveLength(2_000);
});

test('events within 5 ms of each other are one burst; the gaps are those between bursts', () => {
  const timeline = opened();
  for (const time of [1_000, 1_004, 1_009, 1_259, 1_509]) events(timeline, time);
  expect(Math.max(...pictureOf(timeline, 'all', 10, 2_000).bursts)).toBe(3);
  expect(timeline.view('all', 0, T + 2_000).summary.medianGap).toBe(250);
});

test('a fast stream is no burst, however long it goes on', () => {
  const timeline = opened();
  for (let time = 1_000; time < 5_000; time += 1) events(timeline, time);
  const { bursts, events: counts } = pictureOf(timeline, 'last', 600, 6_000);
  expect(Math.max(...bursts)).toBe(0);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(4_000);
});

test('the time between two connections is no gap', () => {
  const timeline = opened();
  events(timeline, 1_000);
  timeline.end(T + 1_100, 'cut', true);
  timeline.request(T + 60_000, '', 2);
  timeline.head(T + 60_100, true);
  events(timeline, 60_200);
  expect(timeline.view('all', 0, T + 61_000).summary.medianGap).toBeUndefined();
});

test('silences of more than 15 s are shown, up to the cut and up to now, and the longest always', () => {
  const timeline = opened();
  events(timeline, 2_000);
  expect(pictureOf(timeline, 'all', 100, 3_000).silences).toEqual([{ from: T + 100, to: T + 2_000 }]);
  events(timeline, 3_000);
  events(timeline, 20_000);
  timeline.end(T + 80_000, 'cut', true);
  const silences = [
    { from: T + 3_000, to: T + 20_000 },
    { from: T + 20_000, to: T + 80_000 },
  ];
  expect(pictureOf(timeline, 'all', 100, 90_000).silences).toEqual(silences);
  timeline.request(T + 90_000, '', 4);
  timeline.head(T + 90_000, true);
  const { summary, picture } = timeline.view('all', 100, T + 110_000);
  expect(picture?.silences).toEqual([...silences, { from: T + 90_000, to: T + 110_000 }]);
  expect([summary.longest, summary.silentFor]).toEqual([60_000, 20_000]);
});

test('bytes that make no event end a silence, too', () => {
  const timeline = opened();
  for (let time = 10_000; time <= 60_000; time += 10_000) timeline.bytes(T + time);
  expect(timeline.view('all', 0, T + 61_000).summary).toMatchObject({ longest: 10_000, silentFor: 1_000 });
});

test('connections have their request, head, first event and end', () => {
  const timeline = opened();
  events(timeline, 1_000, 5);
  timeline.end(T + 2_000, 'cut', true);
  timeline.request(T + 5_000, '5', 6);
  timeline.head(T + 5_100, false);
  timeline.request(T + 6_000, '5', 6);
  timeline.end(T + 6_050, 'failed');
  expect(pictureOf(timeline, 'all', 100, 7_000).connections).toEqual([
    {
      number: 1,
      requestedAt: T,
      lastEventId: '',
      headAt: T + 100,
      firstEventAt: T + 1_000,
      endedAt: T + 2_000,
      end: 'cut',
      waits: true,
    },
    {
      number: 2,
      requestedAt: T + 5_000,
      lastEventId: '5',
      headAt: T + 5_100,
      endedAt: T + 5_100,
      end: 'refused',
      waits: false,
    },
    { number: 3, requestedAt: T + 6_000, lastEventId: '5', endedAt: T + 6_050, end: 'failed', waits: false },
  ]);
  expect([1, 5, 6].map((event) => timeline.connectionOf(event)?.number)).toEqual([1, 1, 3]);
});

test('of very many connections the oldest are only counted', () => {
  const timeline = new Timeline();
  for (let number = 0; number < 1_000; number += 1) {
    timeline.request(T + number * 3_000, `${number}`.repeat(1_000), number + 1);
    timeline.end(T + number * 3_000 + 10, 'failed', true);
  }
  const { summary, picture } = timeline.view('all', 600, T + 3_000_000);
  expect(summary.connections).toBe(1_000);
  expect(picture?.connections).toHaveLength(200);
  expect(picture?.folded).toEqual({ count: 800, from: T, to: T + 799 * 3_000 + 10 });
  expect(picture?.connections[0]?.lastEventId).toHaveLength(100);
  expect(timeline.connectionOf(1)).toBeUndefined();
});

test('of very many silences the longest are kept, and the picture has 100 of them', () => {
  const timeline = opened();
  let time = 100;
  for (let number = 0; number < 3_000; number += 1) {
    time += number === 700 ? 100_000 : 15_001 + (number % 7);
    events(timeline, time);
  }
  const { silences } = pictureOf(timeline, 'all', 600, time);
  expect(silences).toHaveLength(100);
  expect(Math.max(...silences.map(({ from, to }) => to - from))).toBe(100_000);
});

test('a clear forgets all but the connection in progress, which goes on', () => {
  const timeline = opened();
  events(timeline, 1_000, 3);
  timeline.end(T + 2_000, 'cut', true);
  timeline.request(T + 3_000, '3', 4);
  timeline.head(T + 3_100, true);
  timeline.clear(T + 10_000);
  events(timeline, 11_000);
  const { summary, picture } = timeline.view('all', 100, T + 12_000);
  expect([summary.events, summary.connections, summary.span]).toEqual([1, 1, 2_000]);
  expect(picture?.connections.map(({ number }) => number)).toEqual([2]);
  expect(filled(picture?.events ?? [])).toEqual([[10, 1]]);
});

test('a clock that is set back moves nothing, and one that jumps ahead by years costs no memory', () => {
  const timeline = opened();
  events(timeline, 5_000);
  events(timeline, -100_000);
  expect(filled(pictureOf(timeline, 'all', 10, 10_000).events)).toEqual([[5, 2]]);
  const years = 40 * 365 * 86_400_000;
  events(timeline, years);
  const { events: counts } = pictureOf(timeline, 'all', 10, years);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(3);
});

test('an attempt that is repeated, since its response isn’t valid HTTP, stays one connection', () => {
  const timeline = new Timeline();
  timeline.request(T, '', 1);
  timeline.head(T + 10, false);
  timeline.head(T + 50, true);
  expect(timeline.view('all', 0, T + 100).summary).toMatchObject({ connections: 1, isRunning: true, silentFor: 50 });
});
