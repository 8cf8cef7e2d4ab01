import type { HistoryState, InspectorStrings, StreamStatus } from '../../messages/inspector';
import { isUnderWay } from './goneStatus';

/** State that determines why a table has no rows. */
export interface TableState {
  /** Undefined before the first one was received. */
  history: HistoryState | undefined;
  state: StreamStatus['state'];
  /** Whether the URL field has a text. */
  hasUrl: boolean;
  isFiltering: boolean;
  /** Whether the extension host is gone. */
  isGone: boolean;
  /** Says that a reload of the window has lost events; empty if it hasn't. Default: empty. */
  lost?: string;
}

/** Returns the reason why the table is empty; an empty text if it isn't, or there is nothing to say. */
export function emptyText(table: TableState, strings: InspectorStrings): string {
  const { history, state, hasUrl, isFiltering, isGone, lost = '' } = table;
  if (history && history.rows > 0) return '';
  if (history?.searching) return isGone ? '' : strings.searching;
  if (history && history.pending > 0) return isGone ? '' : strings.allPending;
  if (isFiltering && history && history.events > 0) return strings.noMatch;
  if (state === 'idle' && isGone) return '';
  if (state === 'idle' && lost !== '') return lost;
  if (state === 'idle') return hasUrl ? strings.connectToSend : strings.giveUrl;
  return isUnderWay(state) ? strings.noEventsYet : strings.noEvents;
}
