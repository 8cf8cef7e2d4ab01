import type { Delays } from '../../../script/delays';
import type { Filling } from '../../../script/fill/filling';
import type { StartPosition } from '../../../script/position';
import type { Script, StatusStep } from '../../../script/script';
import type { Turns } from '../../../turns/turns';
import type { BlockWriterOptions } from '../../http/blockWriter';
import type { Stopwatch } from './stopwatch';

/** Options of a player of a script on a connection. */
export interface ScriptPlayerOptions extends BlockWriterOptions {
  script: Script;
  /** The clock; while it is paused, nothing is played. */
  clock: Stopwatch;
  beginning: StartPosition;
  /** Turns shared by all players. */
  turns: Turns;
  /** Factor by which the script is played faster than it says. */
  speed: number;
  /** Fills in the places of the scripts. */
  filling: Filling;
  /** Returns whether all connections share one timeline, on which rounds that are skipped count, too. */
  isShared(): boolean;
  /** Returns the delays of a round of the script that begins with that step. */
  delaysOf(script: Script, from: number): Delays;
  /** Called with a status that the next request for a stream is to be refused with. */
  onStatus(step: StatusStep): void;
  /** Called when `event` or `state` has changed. */
  onChange(): void;
  /** Called at the end of each turn, whatever was played in it. */
  onTurn(): void;
}
