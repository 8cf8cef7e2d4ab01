import type { End } from './end';
import type { Exchange } from './exchange';

/** How a stream stands. `answered`: the answer is no event stream. Times in milliseconds, sizes in bytes. */
export interface InspectionStatus {
  state: 'idle' | 'connecting' | 'open' | 'waiting' | 'answered' | 'ended' | 'failed';
  /** Why it waits, ended or failed. */
  end?: End | undefined;
  /** The stream ended in the middle of an event, which was dropped. */
  unfinished: boolean;
  /** When it reconnects, as `performance.now()` counts. */
  reconnectAt?: number | undefined;
  answer?: Exchange | undefined;
  /** The answer is read as an event stream. */
  isStream: boolean;
  headersAfter?: number | undefined;
  firstEventAfter?: number | undefined;
  bytes: number;
  reconnects: number;
  lastEventId: string;
}

/** Returns the status before the first request. */
export function idle(): InspectionStatus {
  return { state: 'idle', unfinished: false, isStream: false, bytes: 0, reconnects: 0, lastEventId: '' };
}

/** Returns the state of a stream that has ended so. */
export function endState({ cause }: End): InspectionStatus['state'] {
  if (cause === 'answer') return 'answered';
  return cause === 'network' ? 'failed' : 'ended';
}
