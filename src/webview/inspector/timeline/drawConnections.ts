import type { Connection } from '../../../analysis/timeline/timelineView';
import { HEIGHT, hatch, LANE_FROM, type Plot, placeOf, polygon, upright } from './plot';

const LANE = HEIGHT - LANE_FROM;
/** Top and height of a band: its marks are higher. */
const [BAND_TOP, BAND] = [LANE_FROM + 3, LANE - 6];

/** Draws the connections as bands: connecting is hatched, open is solid, waiting is empty, and a refusal is a notch. */
export function drawConnections(plot: Plot): void {
  const { connections, folded, now } = plot.picture;
  if (folded) drawFolded(plot, folded);
  for (const [index, connection] of connections.entries())
    drawConnection(plot, connection, connections[index + 1]?.requestedAt ?? now);
}

/** @param next time of the next request, or now */
function drawConnection(plot: Plot, connection: Connection, next: number): void {
  const { context, colours, picture } = plot;
  const { requestedAt, headAt, firstEventAt, endedAt, end, waits } = connection;
  const until = endedAt ?? picture.now;
  const [asked, over] = [placeOf(plot, requestedAt), placeOf(plot, until)];
  const head = placeOf(plot, headAt ?? until);
  if (head > asked) hatch(plot, colours.connecting, [asked, BAND_TOP, head - asked, BAND]);
  if (headAt !== undefined && end !== 'refused') {
    context.fillStyle = colours.open;
    context.fillRect(head, BAND_TOP, Math.max(1, over - head), BAND);
  }
  if (waits) drawWait(plot, over, placeOf(plot, next));
  const isSeen = (time: number | undefined): time is number =>
    time !== undefined && time >= picture.from && time <= picture.to;
  if (isSeen(requestedAt)) drawRequest(plot, asked);
  if (isSeen(headAt)) drawHead(plot, head);
  if (isSeen(firstEventAt)) drawFirst(plot, placeOf(plot, firstEventAt));
  if (!isSeen(endedAt)) return;
  if (end === 'refused') drawNotch(plot, over);
  else if (end === 'cut' || end === 'failed') drawCut(plot, over);
  else upright(plot, colours.text, [Math.max(0, over - 1), BAND_TOP, BAND_TOP + BAND]);
}

function drawWait({ context, colours }: Plot, from: number, to: number): void {
  if (to - from < 2) return;
  context.strokeStyle = colours.lines;
  context.lineWidth = 1;
  context.strokeRect(from + 0.5, BAND_TOP + 0.5, to - from - 1, BAND - 1);
}

/** Draws the oldest connections, which are too many to be told apart. */
function drawFolded(plot: Plot, { from, to }: { from: number; to: number }): void {
  const [left, right] = [placeOf(plot, from), placeOf(plot, to)];
  if (to < plot.picture.from) return;
  hatch(plot, plot.colours.lines, [left, BAND_TOP, Math.max(1, right - left), BAND]);
}

/** ▲ */
function drawRequest(plot: Plot, x: number): void {
  const bottom = HEIGHT - 1;
  polygon(plot, plot.colours.text, [
    [x - 3, bottom],
    [x + 3, bottom],
    [x, bottom - 6],
  ]);
}

/** ┃ */
function drawHead({ context, colours }: Plot, x: number): void {
  context.fillStyle = colours.text;
  context.fillRect(Math.floor(x), LANE_FROM + 1, 2, LANE - 2);
}

/** ● with a rim, as it lies on the band. */
function drawFirst({ context, colours }: Plot, x: number): void {
  context.beginPath();
  context.arc(x + 3, LANE_FROM + LANE / 2, 3, 0, 2 * Math.PI);
  context.fillStyle = colours.text;
  context.strokeStyle = colours.background;
  context.lineWidth = 1;
  context.fill();
  context.stroke();
}

/** ✕ with a rim. */
function drawCut({ context, colours }: Plot, x: number): void {
  const [middle, size] = [LANE_FROM + LANE / 2, 4];
  context.save();
  context.lineCap = 'round';
  for (const [colour, width] of [
    [colours.background, 4],
    [colours.broken, 2],
  ] as const) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.beginPath();
    for (const slope of [1, -1]) {
      context.moveTo(x - size, middle - slope * size);
      context.lineTo(x + size, middle + slope * size);
    }
    context.stroke();
  }
  context.restore();
}

/** A notch: ▼ that hangs from above, with a line below it. */
function drawNotch(plot: Plot, x: number): void {
  const top = LANE_FROM + 1;
  polygon(plot, plot.colours.broken, [
    [x - 5, top],
    [x + 5, top],
    [x, top + 8],
  ]);
  upright(plot, plot.colours.broken, [x, top + 8, HEIGHT - 1]);
}
