import type { StreamFormat } from '../stream/streamParser';
import type { End } from './http/end';
import type { Exchange } from './http/exchange';

/** Facts about a response, known once its head has come. Times in milliseconds since the request. */
export interface Answered {
  response: Exchange;
  /** Whether the response is read as a stream. */
  isStream: boolean;
  /** Whether it is read as JSON lines rather than as an event stream. Default: false. */
  isLines?: boolean | undefined;
  headersAfter: number;
  /** Time of the first event; undefined if none has come, or it was cleared. */
  firstEventAfter?: number | undefined;
}

type HeadFacts = Pick<Answered, 'response' | 'headersAfter'>;

/** Facts about an attempt that is over. */
interface Over {
  /** Reason why the stream waits, ended or failed. */
  end: End;
  /** Whether the stream ended in the middle of an event, which was discarded. */
  unfinished: boolean;
}

interface Waiting {
  /** Time of the reconnect, by the clock of `performance.now()`. */
  reconnectAt: number;
}

/** The given facts, all undefined: for states that have none of them. */
type Without<Facts> = { [Name in keyof Facts]?: undefined };
type MaybeAnswered = Answered | Without<Answered>;

/**
 * The status of a stream: each state has exactly the facts that can be known in it. `answered`: the response isn't an
 * event stream.
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

/** Returns the status of a new attempt, without the previous response, which would look like that of this attempt. */
export function connecting({ state, reconnects }: InspectionStatus, lastEventId: string): InspectionStatus {
  return { state: 'connecting', reconnects: reconnects + (state === 'waiting' ? 1 : 0), lastEventId };
}

/** Returns the status when the head of a response has come. @param format that it is read in; undefined if it is no stream */
export function answered(
  status: InspectionStatus,
  { format, response, headersAfter }: HeadFacts & { format: StreamFormat | undefined },
): InspectionStatus {
  const isStream = format !== undefined;
  const known = { ...figures(status), response, isStream, isLines: format === 'lines', headersAfter };
  if (isStream) return { state: 'open', ...known };
  // The head already says why there is no stream, even if the body never ends.
  if (response.status === 204) return { state: 'ended', ...known, end: { cause: 'noContent' }, unfinished: false };
  return { state: 'answered', ...known, end: { cause: 'response' }, unfinished: false };
}

/**
 * Returns the status of an attempt that has ended.
 * @param delay time until the next attempt, in milliseconds; undefined if there is none
 */
export function over(status: InspectionStatus, { end, unfinished }: Over, delay?: number): InspectionStatus {
  // Without a wait, it still counts as the same attempt.
  if (delay === 0) return connecting(status, status.lastEventId);
  const known = { ...figures(status), end, unfinished };
  const answered = answeredOf(status);
  if (delay !== undefined) return { state: 'waiting', ...known, ...answered, reconnectAt: performance.now() + delay };
  // Without a response, there is no stream that could have ended.
  if (end.cause === 'network' || !answered.response) return { state: 'failed', ...known, ...answered };
  return { state: end.cause === 'response' ? 'answered' : 'ended', ...known, ...answered };
}

/** Returns the status after the user has disconnected; the same status if the stream was already over. */
export function left(status: InspectionStatus): InspectionStatus {
  if (!isUnderWay(status)) return status;
  return { state: 'idle', ...figures(status), ...answeredOf(status) };
}

/** Returns the status without the time of the first event, which was cleared. */
export function cleared(status: InspectionStatus): InspectionStatus {
  return status.response ? { ...status, firstEventAfter: undefined } : status;
}

/** Whether a stream is being requested, read or waited for. */
export function isUnderWay({ state }: InspectionStatus): boolean {
  return state === 'connecting' || state === 'open' || state === 'waiting';
}

function figures({ reconnects, lastEventId }: InspectionStatus) {
  return { reconnects, lastEventId };
}

function answeredOf({ response, isStream, isLines, headersAfter, firstEventAfter }: InspectionStatus): MaybeAnswered {
  return response ? { response, isStream, isLines, headersAfter, firstEventAfter } : {};
}
