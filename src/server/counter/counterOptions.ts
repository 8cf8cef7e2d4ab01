import { Query } from '../http/query';

/** Options of a connection's count: the query options of `/event`. */
export interface CounterOptions {
  /** Time between events, in milliseconds, 10 to 3,600,000. Default 1000. */
  interval: number;
  /** The first number, 0 to 1,000,000,000. Default 1. */
  from: number;
  /** Number of events after which the stream ends, 1 to 1,000,000,000. Default: it doesn't end. */
  limit: number | undefined;
  /** The event's type, one line of 1 to 100 characters. Default: none, which clients dispatch as `message`. */
  event: string | undefined;
  /** Whether each event carries its number as id. Default: no. */
  id: boolean;
  /** The client's reconnection time, in milliseconds, 0 to 3,600,000; sent once, at the beginning. Default: not sent. */
  retry: number | undefined;
}

const NAMES = ['interval', 'from', 'limit', 'event', 'id', 'retry'];
const HOUR = 3_600_000;
const BILLION = 1_000_000_000;

/**
 * Parses the query string of a request to `/event` (without its `?`).
 * @throws {BadOptionError} if an option is unknown, empty, given twice, malformed or out of range.
 */
export function parseCounterOptions(text: string): CounterOptions {
  const query = new Query(text, NAMES);
  return {
    interval: query.wholeNumber('interval', 10, HOUR, ' of milliseconds') ?? 1000,
    from: query.wholeNumber('from', 0, BILLION) ?? 1,
    limit: query.wholeNumber('limit', 1, BILLION),
    event: query.line('event'),
    id: query.single('id', 'only the value 1', (value) => value === '1' || undefined) ?? false,
    retry: query.wholeNumber('retry', 0, HOUR, ' of milliseconds'),
  };
}
