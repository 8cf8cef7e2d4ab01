import { afterBlock, type StartPosition, setsId } from '../../script/position';
import type { Script } from '../../script/script';
import type { StreamSink } from '../source';
import type { LeftPlace } from './leftPlaces';
import type { ScriptPlayer } from './scriptPlayer';

/** A connection that a file is played on. */
export interface Played {
  /** From 1, in the order in which they were opened. */
  id: number;
  connection: StreamSink;
  player: ScriptPlayer;
  /** The id that was published to it last, and the step that came next, by its index in what was played then. */
  published?: { id: string; script: Script; index: number } | undefined;
}

/** How a file is to be played on a connection. */
export interface Playing {
  script: Script;
  beginning: StartPosition;
  speed: number;
  /** Published while the client was away. */
  missed: readonly Uint8Array[];
  /** As of `Played`, for a client that comes again. */
  published: Played['published'];
}

/** Returns the place at which its client goes on with the id that was published to it last; undefined: it has none, or plays another script. */
export function placeBehindPublished({ player, published }: Played, script: Script): LeftPlace | undefined {
  if (published?.script !== script || player.script !== script) return undefined;
  const { index, offset } = player.place;
  // In another round, all that was played of it is behind the id.
  const isInRound = index >= published.index;
  const from = isInRound ? afterBlock(script, published.index) : 0;
  // It says a later id than the published one then, which the script has a place for.
  const hasLaterId = isInRound ? setsId(script, published.index, index) : setsId(script, 0, script.steps.length);
  if (hasLaterId) return undefined;
  return { from, faultsFrom: Math.min(index, script.end ?? index), offset };
}
