import type { createClient } from 'redis';
import { RedisError } from './redisError';

/** The parts of the package `redis` that are used. */
export interface RedisPackage {
  createClient: typeof createClient;
}

/**
 * Loads the package `redis`, an optional peer: only who shares a stream by Redis needs it.
 * @throws {RedisError} if it isn't installed
 */
export async function loadRedis(load: () => Promise<RedisPackage> = () => import('redis')): Promise<RedisPackage> {
  try {
    return await load();
  } catch (error) {
    if (!isMissing(error)) throw error;
    throw new RedisError('The package redis is not installed. Install it beside this one: npm install redis', 'unsent');
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
}
