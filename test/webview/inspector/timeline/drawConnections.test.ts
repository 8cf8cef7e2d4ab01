// The connections below a timeline's columns, on a surface that notes what is drawn: 10 pixels are a second.
import { expect, test } from 'vitest';
import type { Connection, TimelinePicture } from '../../../../src/analysis/timeline/timelineView';
import { drawConnections } from '../../../../src/webview/inspector/timeline/drawConnections';
import { notedPlot } from '../../../support/page/notedPlot';

const OPEN: Connection = { number: 1, requestedAt: 10_000, headAt: 12_000, lastEventId: '' };

/** Returns the rectangles that are drawn, as name, colour, left edge and width. */
function bandsOf(connections: Connection[], more: Partial<TimelinePicture> = {}) {
  const { plot, drawn } = notedPlot({ connections, ...more });
  drawConnections(plot);
  return drawn
    .filter(([name]) => /Rect$/.test(String(name)))
    .map(([name, colour, x, , width]) => [name, colour, x, width]);
}

/** Returns how often each shape is drawn in each colour. */
function shapesOf(connections: Connection[], more: Partial<TimelinePicture> = {}) {
  const { plot, drawn } = notedPlot({ connections, ...more });
  drawConnections(plot);
  return drawn.filter(([name]) => name === 'fill' || name === 'stroke').map(([name, colour]) => `${name} ${colour}`);
}

test('a connection is open from its head to now, and has a mark where the head came', () => {
  expect(bandsOf([OPEN], { now: 50_000 })).toEqual([
    ['fillRect', 'open', 120, 380],
    ['fillRect', 'text', 120, 2],
  ]);
});

test('one that has ended is open until its end, and what waits for the next one is empty', () => {
  const ended: Connection = { ...OPEN, endedAt: 20_000, end: 'cut', waits: true };
  expect(bandsOf([ended, { ...OPEN, number: 2, requestedAt: 30_000, headAt: undefined }])).toEqual([
    ['fillRect', 'open', 120, 80],
    ['strokeRect', 'lines', 200.5, 99],
    ['fillRect', 'text', 120, 2],
  ]);
});

test('a short one is a pixel wide, and a short wait isn’t drawn', () => {
  const short: Connection = { ...OPEN, endedAt: 12_010, end: 'end', waits: true };
  expect(bandsOf([short], { now: 12_100 })).toEqual([
    ['fillRect', 'open', 120, 1],
    ['fillRect', 'text', 120, 2],
  ]);
});

test('one without a head is hatched, as is one that was refused', () => {
  expect(shapesOf([{ ...OPEN, headAt: undefined }])).toEqual(['stroke connecting', 'fill text']);
  const refused: Connection = { ...OPEN, endedAt: 12_000, end: 'refused' };
  expect(bandsOf([refused])).toEqual([['fillRect', 'text', 120, 2]]);
  expect(shapesOf([refused])).toEqual(['stroke connecting', 'fill text', 'fill broken', 'stroke broken']);
});

test.each([
  ['cut', ['stroke background', 'stroke broken']],
  ['failed', ['stroke background', 'stroke broken']],
  ['end', ['stroke text']],
  ['left', ['stroke text']],
] as const)('an end that is “%s” has its mark', (end, mark) => {
  const ended: Connection = { ...OPEN, requestedAt: -1, headAt: -1, endedAt: 20_000, end };
  expect(shapesOf([ended])).toEqual(mark);
});

test('marks beyond the range aren’t drawn, and its edges belong to it', () => {
  const seen = (times: Partial<Connection>) =>
    shapesOf([{ ...OPEN, ...times }]).filter((shape) => shape === 'fill text');
  expect(seen({ requestedAt: 0, headAt: 0, firstEventAt: 60_000 })).toHaveLength(2);
  expect(seen({ requestedAt: -1, headAt: -1, firstEventAt: 60_001 })).toHaveLength(0);
});

test('the oldest connections are one hatched band, unless they are before the range', () => {
  const folded = (to: number) => shapesOf([], { folded: { count: 9, from: -20_000, to } });
  expect([folded(-1), folded(0)]).toEqual([[], ['stroke lines']]);
});
