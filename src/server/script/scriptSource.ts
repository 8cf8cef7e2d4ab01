import type { Script } from '../../script/script';
import { STREAM_PATH } from '../oneStream';
import type { PathStream, Publication, StreamSource } from '../source';
import { Playback } from './playback';
import type { Played } from './played';
import type { ScriptControl } from './scriptControl';
import { ScriptPath } from './scriptPath';
import type { ScriptSourceOptions } from './scriptSourceOptions';
import { ScriptStream } from './scriptStream';
import type { ServedScript } from './servedScript';

/** The source of a server that plays scripts to its clients. It needs no disposal: players stop when their connections end. */
export class ScriptSource implements StreamSource {
  readonly #playback: Playback;
  /** The stream of a single script, which is on `/event`; undefined if several are served. */
  readonly #single: ScriptStream | undefined;
  #streams = new Map<string, ScriptStream>();
  #paths = new Map<string, ScriptPath>();

  /** @param script that is on `/event`, and on its own path; undefined if several are served, see `serve` */
  constructor(script: Script | undefined, options: ScriptSourceOptions) {
    this.#playback = new Playback(options);
    this.#single = script && new ScriptStream(script, this.#playback);
    if (this.#single) this.#serveSingle(this.#single);
  }

  get control(): ScriptControl {
    return this.#playback.control;
  }

  get main(): PathStream | undefined {
    return this.#single ? this.#paths.get(STREAM_PATH) : undefined;
  }

  get streams(): readonly PathStream[] {
    return this.main ? [this.main] : [...this.#paths.values()];
  }

  streamOn(path: string): PathStream | undefined {
    return this.#paths.get(path);
  }

  /** The single script, which is played to new connections. @throws {Error} if several are served */
  get script(): Script {
    return this.#onlyOne.script;
  }

  get paused(): boolean {
    return this.#playback.clock.paused;
  }

  /** Whether all connections of a stream share one timeline; else each begins at its file's beginning. Default: false. */
  get shared(): boolean {
    return this.#playback.shared;
  }

  /** Factor by which scripts are played faster than they say, to new connections, unless a client asks for another. */
  get speed(): number {
    return this.#playback.speed;
  }

  set speed(speed: number) {
    if (speed === this.speed) return;
    this.#playback.speed = speed;
    // A timeline has one speed.
    if (this.shared) this.#restartAll();
    else this.#playback.changed();
  }

  /** Number of pending refusals. */
  get refusals(): number {
    return this.#playback.refusals.count;
  }

  /** The open connections, the oldest first. */
  get connections(): Iterable<Played> {
    return this.#playback.played.values();
  }

  /** Plays the single script to connections that are opened from now on; restarts a shared timeline for them. */
  load(script: Script): void {
    const single = this.#onlyOne;
    single.load(script);
    this.#serveSingle(single);
    this.#playback.changed();
  }

  /** Serves scripts in place of those that were served by this; those that haven't changed go on. */
  serve(scripts: readonly ServedScript[]): void {
    const before = this.#streams;
    this.#streams = new Map();
    const paths = new Map<string, ScriptStream[]>();
    for (const one of scripts.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const stream = this.#streamOf(one, before.get(one.name));
      this.#streams.set(one.name, stream);
      paths.set(one.path, [...(paths.get(one.path) ?? []), stream]);
    }
    for (const [name, stream] of before) if (this.#streams.get(name) !== stream) stream.leave();
    this.#servePaths(paths);
    this.#playback.changed();
  }

  /** Pauses the scripts for all connections, or resumes them. Publications are still sent while they are paused. */
  pause(paused: boolean): void {
    const { clock } = this.#playback;
    if (paused) clock.pause();
    else clock.resume();
    for (const { player } of this.connections) if (player.state === 'playing') player.play();
    this.#playback.changed();
  }

  /** Restarts the scripts on every connection. An event in progress is sent to its end first. */
  restart(): void {
    for (const stream of this.#all) stream.refuseAgain();
    for (const path of this.#paths.values()) path.countAnew();
    this.#restartAll();
  }

  /** Sets whether all connections of a stream share one timeline, which then begins at once; else new ones have their own. */
  share(shared: boolean): void {
    this.#playback.shared = shared;
    if (shared) this.#restartAll();
    else this.#playback.changed();
  }

  /**
   * Refuses the next requests for a stream with 503; replaces all pending refusals.
   * @param times number of requests; 0 removes the pending refusals
   * @param reason a sentence for the client
   */
  refuse(times: number, reason = 'Refused, as was asked for.'): void {
    this.#playback.refusals.ask(times, reason);
    this.#playback.changed();
  }

  /** Sends a publication on every connection, or on those of one path; clients that reconnect with one of its ids resume after it. */
  publish(publication: Publication, on?: PathStream): number | undefined {
    const { queuedBytes, options } = this.#playback;
    if (!queuedBytes.fits(publication.bytes)) return undefined;
    const streams = on ? (this.#paths.get(on.path)?.streams ?? []) : this.#all;
    const count = [...streams].reduce((sum, stream) => sum + stream.publish(publication), 0);
    options.onPublish?.(publication, count);
    return count;
  }

  get #onlyOne(): ScriptStream {
    if (!this.#single) throw new Error('Several scripts are served.');
    return this.#single;
  }

  get #all(): Iterable<ScriptStream> {
    return this.#single ? [this.#single] : this.#streams.values();
  }

  #restartAll(): void {
    for (const stream of this.#all) stream.restart();
    this.#playback.changed();
  }

  #serveSingle(single: ScriptStream): void {
    const main = this.#paths.get(STREAM_PATH) ?? new ScriptPath(STREAM_PATH);
    main.alias = single.script.reply.path ?? this.#playback.options.path;
    main.serve([single]);
    this.#paths = new Map([STREAM_PATH, main.alias ?? STREAM_PATH].map((path) => [path, main]));
  }

  #streamOf({ script, json }: ServedScript, before: ScriptStream | undefined): ScriptStream {
    if (before && before.script !== script) before.load(script);
    const stream = before ?? new ScriptStream(script, this.#playback);
    stream.json = json;
    return stream;
  }

  #servePaths(paths: ReadonlyMap<string, readonly ScriptStream[]>): void {
    const before = this.#paths;
    this.#paths = new Map(
      [...paths]
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([path, streams]) => {
          const kept = before.get(path) ?? new ScriptPath(path);
          kept.serve(streams);
          return [path, kept];
        }),
    );
  }
}
