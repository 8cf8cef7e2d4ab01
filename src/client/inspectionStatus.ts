import type { End } from './http/end';
import type { Exchange } from './http/exchange';

/** Facts of an response, once its head is there. Times in milliseconds since the request. */
export interface Answered {
  response: Exchange;
  /** It is read as an event stream. */
  isStream: boolean;
  headersAfter: number;
  /** None where no event has come, or that one was cleared. */
  firstEventAfter?: number | undefined;
}

/** Facts of what is over. */
interface Over {
  /** Why it waits, ended or failed. */
  end: End;
  /** The stream ended in the middle of an event, which was dropped. */
  unfinished: boolean;
}

interface Waiting {
  /** When it reconnects, as `performance.now()` counts. */
  reconnectAt: number;
}

/** States that have none of these facts. */
type Without<Facts> = { [Name in keyof Facts]?: undefined };
type MaybeAnswered = Answered | Without<Answered>;

/**
 * How a stream stands: each state has the facts that can be true in it, and no others. `answered`: the answer is no event
 * stream.
 */
export type InspectionStatus = {
  reconnects: number;
  lastEventId: string;
} & (
  | ({ state: 'idle' } & MaybeAnswered & Without<Over & Waiting>)
  | ({ state: 'connecting' } & Without<Answered & Over & Waiting>)
  | ({ state: 'open' } & Answered & Without<Over & Waiting>)
  | ({ state: 'waiting' } & MaybeAnswered & Over & Waiting)
  | ({ state: 'answered' | 'ended' } & Answered & Over & Without<Waiting>)
  | ({ state: 'failed' } & MaybeAnswered & Over & Without<Waiting>)
);

/** Returns the status before the first request. */
export function idle(): InspectionStatus {
  return { state: 'idle', reconnects: 0, lastEventId: '' };
}

/** Returns the status of another attempt. It has no answer yet: that to the attempt before would stand there as its own. */
export function connecting({ state, reconnects }: InspectionStatus, lastEventId: string): InspectionStatus {
  return { state: 'connecting', reconnects: reconnects + (state === 'waiting' ? 1 : 0), lastEventId };
}

export function answered(status: InspectionStatus, answered: Answered): InspectionStatus {
  const known = { ...figures(status), ...answered };
  if (answered.isStream) return { state: 'open', ...known };
  // It is known already why it is over for a stream, also where its body never ends.
  if (answered.response.status === 204)
    return { state: 'ended', ...known, end: { cause: 'noContent' }, unfinished: false };
  return { state: 'answered', ...known, end: { cause: 'response' }, unfinished: false };
}

/** Returns the status of an attempt that is over so. @param delay until the next, in milliseconds; undefined: there is none */
export function over(status: InspectionStatus, { end, unfinished }: Over, delay?: number): InspectionStatus {
  // Where it doesn't wait, it is the same attempt still.
  if (delay === 0) return connecting(status, status.lastEventId);
  const known = { ...figures(status), end, unfinished };
  const answered = answeredOf(status);
  if (delay !== undefined) return { state: 'waiting', ...known, ...answered, reconnectAt: performance.now() + delay };
  // Without an response, nothing can have come to its end.
  if (end.cause === 'network' || !answered.response) return { state: 'failed', ...known, ...answered };
  return { state: end.cause === 'response' ? 'answered' : 'ended', ...known, ...answered };
}

/** Returns the status of one that the user has left; of what was over by itself, it stays. */
export function left(status: InspectionStatus): InspectionStatus {
  if (!isUnderWay(status)) return status;
  return { state: 'idle', ...figures(status), ...answeredOf(status) };
}

/** Returns the status without the time of an event that was cleared. */
export function cleared(status: InspectionStatus): InspectionStatus {
  return status.response ? { ...status, firstEventAfter: undefined } : status;
}

/** Whether a stream is asked for, read or waited for. */
export function isUnderWay({ state }: InspectionStatus): boolean {
  return state === 'connecting' || state === 'open' || state === 'waiting';
}

function figures({ reconnects, lastEventId }: InspectionStatus) {
  return { reconnects, lastEventId };
}

function answeredOf({ response, isStream, headersAfter, firstEventAfter }: InspectionStatus): MaybeAnswered {
  return response ? { response, isStream, headersAfter, firstEventAfter } : {};
}
