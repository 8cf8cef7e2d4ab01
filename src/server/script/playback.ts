import { RandomPauses } from '../../script/randomPauses';
import { SPEED } from '../defaults';
import { QueuedBytes } from '../http/queuedBytes';
import { OldScripts } from './oldScripts';
import type { Played } from './played';
import { Stopwatch } from './player/stopwatch';
import { Refusals } from './refusals';
import { ScriptControl } from './scriptControl';
import type { ScriptSourceOptions } from './scriptSourceOptions';

/** All that the streams of a server share: its clock, its connections and their numbers, and the refusals to come. */
export class Playback {
  readonly options: ScriptSourceOptions;
  readonly clock = new Stopwatch();
  /** The open connections, by their numbers, the oldest first. */
  readonly played = new Map<number, Played>();
  readonly queuedBytes = new QueuedBytes();
  readonly refusals = new Refusals();
  readonly pauses: RandomPauses;
  readonly oldScripts: OldScripts;
  readonly control: ScriptControl;
  /** Whether all connections of a stream share one timeline. */
  shared = false;
  /** Factor by which scripts are played faster than they say, unless a client asks for another. */
  speed: number;
  #count = 0;

  constructor(options: ScriptSourceOptions) {
    this.options = options;
    const { turns, seed, speed = SPEED.default, oldScripts = new OldScripts() } = options;
    [this.speed, this.oldScripts, this.pauses] = [speed, oldScripts, new RandomPauses(seed)];
    const onChange = () => this.changed();
    this.control = new ScriptControl({ played: this.played, refusals: this.refusals, turns, onChange });
  }

  /** Returns the number of the next connection. */
  nextId(): number {
    this.#count += 1;
    return this.#count;
  }

  /** Tells that something has changed that is shown, or waited for. */
  changed(): void {
    this.options.onChange();
    this.control.noteChange();
  }
}
