import type { Between, TimelineMark } from '../../../messages/timeline';
import { drawConnections } from './drawConnections';
import { Labels } from './drawLabels';
import { BASE, HEIGHT, LABELS_END, LANE_FROM, PADDING, type Plot, placeOf, polygon, shade, upright } from './plot';

/** Height of a column for each doubling of its events, at most, in pixels. */
const DOUBLING = 10;
/** Room for the columns. */
const ROOM = BASE - LABELS_END - 2;
/** Maximum number of findings that are drawn. */
const MAX_MARKS = 50;

/** Marks over the picture. Times as `Date.now()` counts. */
export interface Marks {
  findings: TimelineMark[];
  /** Time of the table's selected row. */
  row: number | undefined;
  cursor: number | undefined;
  selected: Between | undefined;
}

/** Draws a timeline: columns of events above, connections below. Takes time by its width, not by the number of events. */
export function drawTimeline(plot: Plot, marks: Marks): void {
  const { context, width } = plot;
  context.clearRect(-PADDING, 0, width + 2 * PADDING, HEIGHT);
  const labels = new Labels(plot);
  labels.drawSilences();
  const topOf = drawColumns(plot);
  labels.drawBursts(topOf);
  drawConnections(plot);
  drawMarks(plot, marks);
}

/** Draws the columns, and returns a function that returns the top of one. Its height grows with the logarithm of its events. */
function drawColumns({ context, picture, colours, width }: Plot): (column: number) => number {
  const { events, comments } = picture;
  const most = events.reduce((one, other) => Math.max(one, other), 1);
  const doubling = Math.min(DOUBLING, ROOM / Math.log2(1 + most));
  const topOf = (column: number) => BASE - doubling * Math.log2(1 + (events[column] ?? 0));
  const each = width / events.length;
  context.fillStyle = colours.lines;
  context.fillRect(0, BASE, width, 1);
  context.fillStyle = colours.events;
  for (const [column, count] of events.entries())
    if (count > 0) context.fillRect(column * each, topOf(column), Math.max(1, each), BASE - topOf(column));
  context.fillStyle = colours.comments;
  context.beginPath();
  for (const [column, count] of comments.entries()) {
    if (count === 0) continue;
    const middle = (column + 0.5) * each;
    context.moveTo(middle, BASE);
    context.arc(middle, BASE + 0.5, 2, 0, 2 * Math.PI);
  }
  context.fill();
  return topOf;
}

function drawMarks(plot: Plot, { findings, row, cursor, selected }: Marks): void {
  const { colours, picture, width } = plot;
  const isSeen = (time: number | undefined): time is number =>
    time !== undefined && time >= picture.from && time <= picture.to;
  if (selected && selected.to >= picture.from && selected.from <= picture.to) drawSelection(plot, selected);
  for (const { at } of findings.slice(0, MAX_MARKS)) if (isSeen(at)) drawFinding(plot, placeOf(plot, at));
  if (isSeen(row)) drawRow(plot, placeOf(plot, row));
  if (isSeen(cursor)) {
    const x = Math.min(width - 1, placeOf(plot, cursor));
    upright(plot, colours.text, [x, 0, HEIGHT], [4, 2]);
  }
}

function drawSelection(plot: Plot, { from, to }: Between): void {
  const { context, colours } = plot;
  const [left, right] = [placeOf(plot, from), placeOf(plot, to)];
  shade(plot, colours.selection, [left, 0, right - left, HEIGHT]);
  context.strokeStyle = colours.selection;
  context.lineWidth = 2;
  context.strokeRect(left + 1, 1, Math.max(1, right - left - 2), HEIGHT - 2);
}

/** ◆ on a line. */
function drawFinding(plot: Plot, x: number): void {
  const { findings } = plot.colours;
  upright(plot, findings, [x, 10, LANE_FROM]);
  polygon(plot, findings, [
    [x, 0],
    [x + 5, 5],
    [x, 10],
    [x - 5, 5],
  ]);
}

/** ▼ on a line. */
function drawRow(plot: Plot, x: number): void {
  const { selection } = plot.colours;
  upright(plot, selection, [x, 0, HEIGHT]);
  polygon(plot, selection, [
    [x - 4, 0],
    [x + 4, 0],
    [x, 7],
  ]);
}
