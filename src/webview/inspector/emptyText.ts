import type { HistoryState, InspectorStrings, StreamStatus } from '../../messages/inspector';
import { isUnderWay } from './goneStatus';

/** All that tells why a table has no rows. */
export interface TableState {
  /** Undefined before it was told. */
  history: HistoryState | undefined;
  state: StreamStatus['state'];
  /** Whether there is something in the URL's field. */
  hasUrl: boolean;
  isFiltering: boolean;
  /** Whether the extension host has gone. */
  isGone: boolean;
}

/** Returns why the table is empty; an empty text where it isn't, or where there is nothing to say. */
export function emptyText(table: TableState, strings: InspectorStrings): string {
  const { history, state, hasUrl, isFiltering, isGone } = table;
  if (history && history.rows > 0) return '';
  if (history?.searching) return isGone ? '' : strings.searching;
  if (history && history.held > 0) return isGone ? '' : strings.allHeld;
  if (isFiltering && history && history.events > 0) return strings.noMatch;
  if (state === 'idle' && isGone) return '';
  if (state === 'idle') return hasUrl ? strings.connectToSend : strings.giveUrl;
  return isUnderWay(state) ? strings.noEventsYet : strings.noEvents;
}
