// The sentences about a reading that is over, in English, without secrets of the request.
import { endReason } from '../../client/endReason';
import type { End } from '../../client/http/end';
import type { Exchange } from '../../client/http/exchange';
import { KnownValues } from '../../client/request/secrets/knownValues';
import { maskedData } from '../../client/request/secrets/maskedData';
import { veiled } from '../../client/request/secrets/secrets';
import { withCodes } from '../../text/foreignText';
import { inEnglish } from '../../text/translate';
import type { ReadyRequest } from './readyRequest';
import type { EndCause } from './streamEvent';

/** Maximum length of a sentence, in characters: a part of it is the server's. */
const MAX_LENGTH = 1000;

/** Facts about an attempt that is over. */
export interface OverAttempt {
  end: End;
  response: Exchange | undefined;
  /** Whether the stream ended in the middle of an event, which was discarded. */
  unfinished: boolean;
}

/** Returns why an attempt is over. */
export function attemptSentence({ masked, secret }: ReadyRequest, { end, response, unfinished }: OverAttempt): string {
  // The server may repeat a secret in its status line, even a short one, which could be one of our words.
  const said = response && { ...response, statusText: maskedData(response.statusText, secret.values) };
  const reason = endReason(inEnglish, end, masked.url, said).slice(0, MAX_LENGTH);
  const shown = withCodes(veiled(reason, undefined, new KnownValues(secret.values)));
  const sentence = /[.?…]$/.test(shown) ? shown : `${shown}.`;
  return unfinished ? `${sentence} Its last event was incomplete and was discarded.` : sentence;
}

/** The extent of a reading that is over. */
export interface Extent {
  events: number;
  /** Number of events that were wanted; undefined for all. */
  count: number | undefined;
  reconnect: boolean;
  /** Whether it was read as JSON lines. Default: false. */
  isLines?: boolean | undefined;
  /** Whether it is of another type, and its body is JSON lines by the look of it. Default: false. */
  looksLikeLines?: boolean | undefined;
}

/**
 * Returns the sentence about a failure: what happened, and what to do.
 * @param reason why the last attempt is over
 */
export function failureSentence(cause: EndCause, reason: string, extent: Extent): string {
  const { events, count, reconnect } = extent;
  const came = count === undefined ? '' : ` ${eventsOf(events, count)} came.`;
  switch (cause) {
    case 'end':
      return `The stream ended after ${eventsOf(events, count)}.`;
    case 'noContent':
      return events === 0 && !reconnect
        ? `${reason} Check whether the stream has begun.`
        : `The server answered 204 after ${eventsOf(events, count)}: there is nothing more to come.`;
    case 'cut':
      return `${reason}${came}${cutAdvice(extent)}`;
    case 'status':
    case 'type':
      if (extent.looksLikeLines === true)
        return `${reason}${came} Its body looks like JSON lines. Set readAs to lines to read it so.`;
      return `${reason}${came} Check the URL, the method and the headers of the request.`;
    default:
      return `${reason}${came}`;
  }
}

function cutAdvice({ reconnect, isLines = false }: Extent): string {
  if (isLines) return reconnect ? ' JSON lines are not asked for again: they have no IDs to go on behind.' : '';
  return reconnect ? '' : ' Set reconnect to read on, as an EventSource does.';
}

/** Why a reading isn't over. `silent`: no response came to the last request; a sentence: it waits to reconnect. */
export type ReadingState = 'silent' | 'open' | { reason: string };

/**
 * Returns the sentence about a timeout.
 * @param timeout in milliseconds
 */
export function timeoutSentence(timeout: number, state: ReadingState, extent: Extent): string {
  const [within, { events, count }] = [`${timeout / 1000} s`, extent];
  const silence = 'Is the server busy, or the timeout too short?';
  if (state === 'silent' && events === 0) return `No response came within ${within}. ${silence}`;
  const came = `${eventsOf(events, count)} came within ${within}`;
  if (state === 'silent') return `${came}, and no response to the last request. ${silence}`;
  if (state === 'open') return `${came}, and the stream is still open. Allow more time, or wait for fewer events.`;
  return `${came}. It was about to reconnect: ${state.reason}`;
}

/** Returns a number of events, as "2 of 3 events". */
function eventsOf(events: number, count: number | undefined): string {
  if (count !== undefined) return `${events} of ${count} ${count === 1 ? 'event' : 'events'}`;
  return `${events} ${events === 1 ? 'event' : 'events'}`;
}
