import { encodeRetry, KEEP_ALIVE, KEEP_ALIVE_INTERVAL } from '../../stream/encode';
import type { Turns } from '../../turns/turns';
import { BadOptionError } from '../http/query';
import type { OpenStream, StreamSink } from '../source';
import { type CounterOptions, parseCounterOptions } from './counterOptions';
import { SharedTimers } from './sharedTimers';
import { Ticker } from './ticker';

/** Creates the article's `/event`: every connection has its own count, from 1, once a second, unless options change that. */
export function newCounter(turns: Turns): OpenStream {
  const timers = new SharedTimers(turns);
  // Streams that are opened one after the other mostly have the same options.
  let latest = { query: '', options: parseCounterOptions('') };
  return ({ query, lastEventId }) => {
    try {
      if (query !== latest.query) latest = { query, options: parseCounterOptions(query) };
      const { options } = latest;
      const last = options.limit === undefined ? Number.MAX_SAFE_INTEGER : options.from + options.limit - 1;
      const first = options.id ? resume(options.from, lastEventId) : options.from;
      if (first > last) return { status: 204 };
      return { status: 200, play: (sink) => count(sink, timers, options, first, last) };
    } catch (error) {
      if (error instanceof BadOptionError) return { status: 400, reason: error.message };
      throw error;
    }
  };
}

/** Returns the number to resume at: the one after the last id that the client has seen, if that is a number; else `from`. */
function resume(from: number, lastEventId: string | undefined): number {
  if (lastEventId === undefined || !/^\d+$/.test(lastEventId)) return from;
  return Math.max(from, Number(lastEventId) + 1);
}

function count(sink: StreamSink, timers: SharedTimers, options: CounterOptions, first: number, last: number) {
  const { interval, event, id, retry } = options;
  let number = first;
  if (retry !== undefined) sink.write(encodeRetry(retry));
  const ticker = new Ticker(timers, interval, () => {
    const data = String(number);
    sink.send({ data, event, id: id ? data : undefined });
    if (number === last) void sink.end();
    number += 1;
  });
  const keepAlive =
    interval > KEEP_ALIVE_INTERVAL ? new Ticker(timers, KEEP_ALIVE_INTERVAL, () => sink.write(KEEP_ALIVE)) : undefined;
  return () => {
    ticker.stop();
    keepAlive?.stop();
  };
}
