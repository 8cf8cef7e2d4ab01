import { afterBlock, setsId } from '../../script/position';
import type { Script } from '../../script/script';
import type { StreamConnection } from '../control/streamConnection';
import type { StreamSink } from '../source';
import type { LeftPosition } from './leftPositions';
import type { ScriptPlayer } from './player/scriptPlayer';

/** A connection that a script is played on. */
export interface Played {
  /** Number of the connection, from 1, in the order of opening. */
  id: number;
  connection: StreamSink;
  /** The same for others, who may keep it when it has ended. */
  opened: StreamConnection;
  player: ScriptPlayer;
  /** The id that was published to it last, and the next step at that time, by its round and its index in the script played then. */
  published?: { id: string; script: Script; index: number; round: number } | undefined;
}

/** Returns the resume position after the last published id; undefined if there is none, or another script is played. */
export function positionAfterPublished({ player, published }: Played, script: Script): LeftPosition | undefined {
  if (published?.script !== script || player.script !== script) return undefined;
  const { index, round, offset } = player.position;
  // If the loop has begun another round, all that was played of it comes after the id.
  const isInRound = round === published.round && index >= published.index;
  const from = isInRound ? afterBlock(script, published.index) : 0;
  // In this case, the client will send that later id, which the script has a resume point for.
  const hasLaterId = isInRound ? setsId(script, published.index, index) : setsId(script, 0, script.steps.length);
  if (hasLaterId) return undefined;
  return { from, faultsFrom: Math.min(index, script.end ?? index), round, offset };
}

/** Disconnects a client. A full socket is cut off: its unsent data would keep the whole script in memory. */
export function disconnect(connection: StreamSink): void {
  if (connection.isFull) connection.cutOff();
  else void connection.breakOff();
}
