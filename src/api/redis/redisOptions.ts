import { KEEP, MAX_CONNECTIONS, PORT, REDIS_TIME } from '../../server/defaults';
import { readAddress, shownAddress, streamName } from '../../server/redis/link/redisAddress';
import { RedisStream } from '../../server/redis/redisStream';
import type { Turns } from '../../turns/turns';
import { wholeNumber } from '../options/checkedOption';
import type { RedisLocation, RedisServeOptions } from './redisEventStream';

/** Time that a read waits for entries, in milliseconds: so a dead connection is noticed. */
const BLOCK = 15_000;
/** Default of the time that Redis may take for an answer, in milliseconds. */
const TIMEOUT = 5000;

/** Throws unless options are as they should be. @throws {RangeError} @throws {TypeError} */
export function checkRedisOptions(options: RedisServeOptions): void {
  const { port, maxConnections, keep, commentInterval, redisTimeout } = options;
  const numbers = [
    ['port', port, PORT],
    ['maxConnections', maxConnections, MAX_CONNECTIONS],
    ['keep', keep, KEEP],
    ['commentInterval', commentInterval, REDIS_TIME],
    ['redisTimeout', redisTimeout, REDIS_TIME],
  ] as const;
  for (const [name, value, range] of numbers) if (value !== undefined) wholeNumber(name, value, range);
}

/**
 * Returns a stream that isn't open yet.
 * @throws {TypeError} if the location is none
 */
export function redisStream(
  { redis, stream }: RedisLocation,
  { keep = KEEP.default, redisTimeout = TIMEOUT }: Pick<RedisServeOptions, 'keep' | 'redisTimeout'>,
  turns: Turns,
  onProblem: (problem: string | undefined) => void,
): RedisStream {
  const address = readAddress(String(redis));
  const name = streamName(stream);
  const shown = shownAddress(address);
  return new RedisStream({
    address,
    stream: name,
    keep,
    timeout: redisTimeout,
    block: BLOCK,
    turns,
    onProblem: (reason) =>
      onProblem(reason && `Redis on ${shown} is gone: ${reason}. Streams stay open; it is tried again.`),
  });
}
