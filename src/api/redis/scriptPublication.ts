import { RedisError } from '../../server/redis/link/redisError';
import type { RedisStream } from '../../server/redis/redisStream';
import { Turns } from '../../turns/turns';
import { ScriptError } from '../mock/scriptError';
import { ScriptFile } from '../mock/scriptFile';
import { leftOutOf } from './leftOut';
import { PlayedScript } from './playedScript';
import type { RedisLocation } from './redisEventStream';
import { redisStream } from './redisOptions';

/** Maximum number of events of a transaction. */
const MAX_EVENTS = 1000;

export interface PublicationOptions {
  /** Whether the file begins again at its end. */
  loop: boolean;
  /** Factor by which it is played faster than it says. */
  speed: number;
  /** Seed of pauses of random length; undefined for a random one. */
  seed: number | undefined;
  /** Number of entries that are kept, about. */
  keep: number;
  /** Ends it. */
  signal: AbortSignal;
  /** Called, before anything is published, with what of the file is left out, in words. */
  onReady(leftOut: readonly string[]): void;
  /** Called with a sentence when Redis is gone, or events may be lost; with undefined when it is back. */
  onProblem(problem: string | undefined): void;
}

/** Numbers of a publication. */
export interface PublishedScript {
  events: number;
  /** Number of events of which nobody knows whether they were stored. */
  unsure: number;
}

/**
 * Publishes a file's events on a Redis stream at their times, until its end, or until the signal. While Redis is gone, it waits.
 * @throws {ScriptError} @throws {RedisError} @throws {TypeError}
 */
export async function publishScript(
  file: string,
  location: RedisLocation,
  options: PublicationOptions,
): Promise<PublishedScript> {
  const turns = new Turns();
  const scriptFile = new ScriptFile(file, turns);
  const script = await scriptFile.read();
  if (options.loop && script.duration === 0 && script.randomPauses.length === 0)
    throw new ScriptError(`${scriptFile.name} has no pause: to loop it needs one, such as :@ wait 1s at its end.`);
  const stream = redisStream(location, { keep: options.keep }, turns, options.onProblem);
  try {
    await stream.open();
    options.onReady(leftOutOf(script));
    return await publishAll(new PlayedScript(script, options), stream, options);
  } finally {
    stream.close();
  }
}

async function publishAll(
  script: PlayedScript,
  stream: RedisStream,
  { signal, onProblem }: PublicationOptions,
): Promise<PublishedScript> {
  const done = { events: 0, unsure: 0 };
  for await (const events of script.events())
    for (let at = 0; at < events.length && !signal.aborted; at += MAX_EVENTS) {
      const some = events.slice(at, at + MAX_EVENTS);
      const isStored = await store(stream, some, signal);
      if (isStored === undefined) return done;
      done[isStored ? 'events' : 'unsure'] += some.length;
      if (!isStored) onProblem('Redis went while an event was stored: it may be missing, and is not sent again.');
    }
  return done;
}

/** Stores events, when Redis is there. Resolves with false if nobody knows whether they are stored, undefined by the signal. */
async function store(
  stream: RedisStream,
  events: Parameters<RedisStream['add']>[0],
  signal: AbortSignal,
): Promise<boolean | undefined> {
  while (!signal.aborted) {
    try {
      await stream.add(events);
      return true;
    } catch (error) {
      if (!(error instanceof RedisError) || error.failure === 'refused') throw error;
      if (error.failure === 'unsure') return false;
      await upAgain(stream, signal);
    }
  }
  return undefined;
}

/** Resolves when Redis is back, or the signal has ended the wait. Leaves no listener on the signal: Redis may go often. */
async function upAgain(stream: RedisStream, signal: AbortSignal): Promise<void> {
  // The signal may have come while the event was on its way.
  if (signal.aborted) return;
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  signal.addEventListener('abort', end);
  await Promise.race([stream.commands.up(), ended]);
  signal.removeEventListener('abort', end);
}
