import type { TimelinePicture } from '../../../src/analysis/timeline/timelineView';
import type { Plot } from '../../../src/webview/inspector/timeline/plot';

/** Width of a letter, in pixels. */
const LETTER = 5;

/** A call of the canvas, with the colours that it had: of `fillRect`, for example, `['fillRect', 'open', 0, 73, 100, 8]`. */
export type Drawn = (string | number)[];

/**
 * Returns a surface of 600 pixels that stands for 60 s, and what is drawn on it. Colours are called by their names.
 * @param more of the picture
 */
export function notedPlot(more: Partial<TimelinePicture>): { plot: Plot; drawn: Drawn[] } {
  const drawn: Drawn[] = [];
  const context: Record<string, unknown> = { fillStyle: '', strokeStyle: '' };
  const note =
    (name: string, colour?: string) =>
    (...values: number[]) =>
      void drawn.push([name, ...(colour === undefined ? [] : [String(context[colour])]), ...values]);
  for (const name of ['save', 'restore', 'setLineDash', 'beginPath', 'clip', 'rect', 'moveTo', 'lineTo', 'arc'])
    context[name] = note(name);
  for (const name of ['fill', 'fillRect', 'fillText']) context[name] = note(name, 'fillStyle');
  for (const name of ['stroke', 'strokeRect']) context[name] = note(name, 'strokeStyle');
  context['measureText'] = (text: string) => ({ width: LETTER * text.length });
  const colours = new Proxy({}, { get: (_, name) => (name === 'hasShades' ? true : String(name)) });
  const picture = { from: 0, to: 60_000, now: 60_000, silences: [], bursts: [], connections: [], ...more };
  return { plot: { context, picture, colours, width: 600 } as unknown as Plot, drawn };
}
