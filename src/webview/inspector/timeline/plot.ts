import type { TimelinePicture } from '../../../analysis/timeline/timelineView';
import type { Colours } from './timelineColours';

/** Height of a timeline, and of its parts from above: labels, columns, and connections, in pixels. */
export const HEIGHT = 84;
export const LABELS_END = 14;
/** Line on which the columns stand. */
export const BASE = 66;
export const LANE_FROM = 70;

/** Room at the left and right edge for marks that are wider than their time, in pixels. */
export const PADDING = 5;

/** Surface on which a picture is drawn, in CSS pixels. */
export interface Plot {
  context: CanvasRenderingContext2D;
  picture: TimelinePicture;
  colours: Colours;
  /** Width between the paddings: 0 is at the right of the left one. */
  width: number;
}

/** Returns where a time is drawn; outside of the picture, its nearer edge. */
export function placeOf({ picture, width }: Pick<Plot, 'picture' | 'width'>, time: number): number {
  const { from, to } = picture;
  return Math.min(width, Math.max(0, ((time - from) / (to - from)) * width));
}

/** Fills a rectangle with diagonal lines. */
export function hatch(
  { context }: Plot,
  colour: string,
  [x, y, width, height]: [number, number, number, number],
): void {
  context.save();
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
  context.strokeStyle = colour;
  context.lineWidth = 1;
  context.beginPath();
  for (let at = x - height; at < x + width; at += 5) {
    context.moveTo(at, y + height);
    context.lineTo(at + height, y);
  }
  context.stroke();
  context.restore();
}

/** Fills a rectangle with a light shade of a colour, if there are shades. */
export function shade({ context, colours }: Plot, colour: string, area: [number, number, number, number]): void {
  if (!colours.hasShades) return;
  context.save();
  context.globalAlpha = 0.15;
  context.fillStyle = colour;
  context.fillRect(...area);
  context.restore();
}

/** Draws a vertical line. @param dashes lengths of dashes and gaps; none for a solid line */
export function upright(
  { context }: Plot,
  colour: string,
  [x, from, to]: [number, number, number],
  dashes: number[] = [],
) {
  context.save();
  context.strokeStyle = colour;
  context.lineWidth = 1;
  context.setLineDash(dashes);
  context.beginPath();
  const middle = Math.floor(x) + 0.5;
  context.moveTo(middle, from);
  context.lineTo(middle, to);
  context.stroke();
  context.restore();
}

/** Fills a shape. */
export function polygon({ context }: Plot, colour: string, points: [x: number, y: number][]): void {
  context.fillStyle = colour;
  context.beginPath();
  for (const [x, y] of points) context.lineTo(x, y);
  context.fill();
}
