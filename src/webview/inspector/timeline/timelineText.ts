import type { TimelinePicture, TimelineSummary } from '../../../analysis/timeline/timelineView';
import type { InspectorStrings } from '../../../messages/inspector';
import type { Between } from '../../../messages/timeline';
import { format } from '../../shared/dom';
import { countText, durationText, timeText } from '../../shared/quantities';

/** Returns the sentence that says the same as the picture: how many events, how far apart, over how many connections. */
export function summaryText(summary: TimelineSummary, strings: InspectorStrings): string {
  const { events, span, medianGap, longest, connections } = summary;
  const words = strings.timeline;
  const facts = [format(words.inTime, amount(events, strings.oneEvent, strings.events), durationText(span))];
  if (medianGap !== undefined) facts.push(format(words.medianGap, durationText(medianGap)));
  if (longest !== undefined) facts.push(format(words.longestSilence, durationText(longest)));
  facts.push(amount(connections, words.oneConnection, words.connections));
  return facts.join(' · ');
}

/** Returns a time, or the times of a part of the picture, and what came then. @param around time on each side that counts */
export function partText(
  picture: TimelinePicture,
  { from, to }: Between,
  strings: InspectorStrings,
  around = 0,
): string {
  const { oneComment, comments } = strings.timeline;
  const columns = columnsOf(picture, { from: from - around, to: to + around });
  const facts = [
    from === to ? timeText(from) : betweenText({ from, to }, strings),
    amount(sumOf(picture.events, columns), strings.oneEvent, strings.events),
  ];
  const ignored = sumOf(picture.comments, columns);
  if (ignored > 0) facts.push(amount(ignored, oneComment, comments));
  return facts.join(' · ');
}

export function betweenText({ from, to }: Between, strings: InspectorStrings): string {
  return format(strings.timeline.between, timeText(from), timeText(to));
}

/** Returns the columns from one to another, both included. */
function columnsOf({ events, from, to }: TimelinePicture, part: Between): [first: number, last: number] {
  const columnOf = (time: number) =>
    Math.min(events.length - 1, Math.max(0, Math.floor(((time - from) / (to - from)) * events.length)));
  return [columnOf(part.from), columnOf(part.to)];
}

function sumOf(counts: number[], [first, last]: [number, number]): number {
  return counts.slice(first, last + 1).reduce((sum, count) => sum + count, 0);
}

function amount(count: number, one: string, many: string): string {
  return format(count === 1 ? one : many, countText(count));
}
