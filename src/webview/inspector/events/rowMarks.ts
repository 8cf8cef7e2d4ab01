import type { EventRow, InspectorStrings } from '../../../messages/inspector';
import { isolated, withCodes } from '../../../text/foreignText';
import { shorten } from '../../../text/textCost';
import { format } from '../../shared/dom';

/** Maximum cost of an id in a mark. */
const ID_COST = 400;
/** A gap is large if it is that many times the median, as soon as there are a few, and at least a second. */
const TIMES = 5;
const FEW = 4;
const LEAST = 1000;

/** A row with its neighbours, as far as they are known. */
export interface Neighbours {
  row: EventRow;
  before: EventRow | undefined;
  after: EventRow | undefined;
}

/** Returns the gap from which on one is marked, in milliseconds. @param median of all gaps @param count number of them */
export function largeGap(median = 0, count = 0): number {
  return count < FEW ? LEAST : Math.max(LEAST, median * TIMES);
}

/** Removes the marks of a row. To be called before its texts are set. */
export function unmark(line: HTMLElement): void {
  for (const name of ['burst', 'tint', 'gap', 'begins', 'error']) delete line.dataset[name];
  line.querySelector('.begins')?.remove();
}

/**
 * Marks a row: for the stylesheet, where in its burst it is and which of two tints that has, and whether the gap before it is
 * large; at a connection's first row, which one begins. Texts are only set if they differ.
 */
export function mark(
  line: HTMLElement,
  { row, before, after }: Neighbours,
  large: number,
  strings: InspectorStrings,
): void {
  const isJoined = before !== undefined && before.burst === row.burst && !row.begins;
  const isContinued = after !== undefined && after.burst === row.burst && !after.begins;
  const burst = isJoined ? (isContinued ? 'middle' : 'last') : isContinued ? 'first' : undefined;
  set(line, 'burst', burst);
  set(line, 'tint', burst && (row.burst % 2 === 0 ? 'even' : 'odd'));
  set(line, 'gap', row.gap !== undefined && row.gap >= large ? 'large' : undefined);
  set(line, 'error', row.adds?.isError || row.isError ? 'reported' : undefined);
  set(line, 'begins', row.begins && 'connection');
  if (row.begins && !line.querySelector('.begins')) showBeginning(line, row.begins, strings);
}

/** Says before the data which connection begins, and behind which event it was resumed. */
function showBeginning(line: HTMLElement, begins: NonNullable<EventRow['begins']>, strings: InspectorStrings): void {
  const { connection, resumed } = strings.timeline;
  const text = document.createElement('span');
  text.className = 'begins';
  const behind = isolated(shorten(begins.behind, ID_COST));
  text.textContent = format(begins.behind === '' ? connection : resumed, begins.connection, behind);
  // In a narrow table it is cut.
  text.title = text.textContent;
  line.querySelector('.data')?.prepend(text, ' ');
}

/** Shows the beginning of the data in a tooltip, if the row tells what it adds or changes instead. @param cost maximum of the tooltip */
export function showWhole(line: HTMLElement, row: EventRow | undefined, cost: number): void {
  const cell = line.querySelector<HTMLElement>('.data');
  if (row?.adds || row?.differs !== undefined) cell?.setAttribute('title', shorten(withCodes(row.preview), cost));
  else cell?.removeAttribute('title');
}

function set(line: HTMLElement, name: string, value: string | undefined): void {
  if (value === undefined) delete line.dataset[name];
  else if (line.dataset[name] !== value) line.dataset[name] = value;
}
