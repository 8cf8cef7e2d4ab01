import { Turns } from '../../turns/turns';
import { called } from '../mock/called';
import type { RedisEventStream, RedisLocation, RedisServeOptions } from './redisEventStream';
import { checkRedisOptions, redisStream } from './redisOptions';
import { ServedRedis } from './servedRedis';

/**
 * Serves a Redis stream. Resolves when the server listens.
 * @throws {RedisError} @throws {ServeError} @throws {RangeError} @throws {TypeError}
 */
export async function serveRedis(served: RedisLocation, options: RedisServeOptions): Promise<RedisEventStream> {
  checkRedisOptions(options);
  const turns = new Turns();
  const stream = redisStream(served, options, turns, (problem) => called(options.onProblem, problem));
  const server = new ServedRedis(stream, options, turns);
  await server.listen(options.port ?? 0);
  return server;
}
