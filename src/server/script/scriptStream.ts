import { AskedValues } from '../../script/fill/askedValues';
import { NO_NAMES } from '../../script/fill/fill';
import { Filling } from '../../script/fill/filling';
import { seededRandom } from '../../script/fill/random';
import { resumePosition } from '../../script/position';
import type { Script } from '../../script/script';
import { StreamConnection } from '../control/streamConnection';
import { DRAIN_TIMEOUT } from '../http/blockWriter';
import { BadOptionError } from '../http/query';
import type { Play, Publication, Refusal, StreamAnswer, StreamMethod, StreamRequest, StreamSink } from '../source';
import type { ScriptKeeper } from './oldScripts';
import type { Playback } from './playback';
import { disconnect, type Played } from './played';
import { ScriptPlayer } from './player/scriptPlayer';
import { readSpeed } from './speed';
import { type Playing, StartPositions } from './startPositions';

const NO_ID: Refusal = {
  status: 405,
  reason: 'GET resumes this stream: send a Last-Event-ID. POST begins it.',
  allow: 'POST',
};

/** A script that is played to every client that asks for it. It needs no disposal: players stop when their connections end. */
export class ScriptStream implements ScriptKeeper {
  readonly #playback: Playback;
  readonly #positions = new StartPositions();
  /** Its open connections, by their numbers, the oldest first. */
  readonly #played = new Map<number, Played>();
  /** Response to a POST that doesn't ask for a stream, by `"stream": true` in its JSON. Default: the stream. */
  json: Uint8Array | undefined;
  #script: Script;
  /** Whether it is served no more. */
  #hasLeft = false;
  /** Time at which the shared timeline began, on the clock. */
  #sharedStart = 0;

  constructor(script: Script, playback: Playback) {
    [this.#script, this.#playback] = [script, playback];
    playback.refusals.begin(this, script);
  }

  /** The script that is played to new connections. */
  get script(): Script {
    return this.#script;
  }

  /** Methods of requests for it; GET after POST resumes it. */
  get methods(): readonly StreamMethod[] {
    const { method, reply } = this.#script;
    return reply.resumesByGet ? ['POST', 'GET'] : [method];
  }

  /** Plays the script to connections that are opened from now on; restarts a shared timeline for them. */
  load(script: Script): void {
    const { clock, oldScripts, refusals } = this.#playback;
    const old = this.#script;
    this.#script = script;
    this.#sharedStart = clock.now;
    if (old !== script) {
      oldScripts.add(old, this);
      this.#positions.clear();
    }
    refusals.begin(this, script);
  }

  /** Forgets what is to come: the stream is served no more. Connections are played to their ends. */
  leave(): void {
    const { oldScripts, refusals } = this.#playback;
    oldScripts.add(this.#script, this);
    refusals.forget(this);
    this.#hasLeft = true;
  }

  /** Whether a client can resume behind the id. */
  knows(id: string): boolean {
    return resumePosition(this.#script, id) !== undefined || this.#positions.knows(id);
  }

  plays(script: Script): boolean {
    return [...this.#played.values()].some(({ player }) => player.plays(script));
  }

  giveUp(script: Script): void {
    const { turns, onGiveUp } = this.#playback.options;
    const given = [...this.#played.values()].filter(({ player }) => player.plays(script));
    for (const { connection } of given) turns.add(() => disconnect(connection));
    if (given.length > 0) onGiveUp?.(given.length);
  }

  /** Refuses the first requests again that the file's top says. */
  refuseAgain(): void {
    this.#playback.refusals.begin(this, this.#script);
  }

  /** Restarts the script on every connection. An event in progress is sent to its end first. */
  restart(): void {
    const { clock, shared, speed } = this.#playback;
    this.#sharedStart = clock.now;
    for (const { player } of this.#played.values())
      player.restart(this.#script, this.#sharedStart, shared ? speed : undefined);
  }

  /** Sends a publication on every connection; clients that reconnect with one of its ids resume after it. */
  publish(publication: Publication): number {
    this.#positions.publish(publication, this.#playback.clock.now);
    const id = publication.ids.at(-1)?.id;
    const takers = [...this.#played.values()].filter(({ player }) => player.publish(publication));
    // An empty id resets the previous one.
    for (const taker of id === undefined ? [] : takers) {
      const { script, position } = taker.player;
      taker.published = id ? { id, script, index: position.index, round: position.round } : undefined;
    }
    return takers.length;
  }

  /** Returns the answer to a request. */
  open(request: StreamRequest): StreamAnswer {
    const { method, query, lastEventId, body } = request;
    const { refusals, shared, speed } = this.#playback;
    if (method === 'GET' && this.#script.reply.resumesByGet && !lastEventId) return NO_ID;
    try {
      const asked = readSpeed(query);
      if (shared && asked !== undefined)
        throw new BadOptionError('`speed` is not available while connections share one timeline.');
      const refusal = refusals.next(this);
      // A HEAD request gets the next refusal, but doesn't consume it.
      if (refusal && method !== 'HEAD') {
        refusals.shift(this);
        this.#playback.changed();
      }
      if (refusal) return refusal;
      if (this.json !== undefined && method === 'POST' && !asksForStream(body)) return { status: 200, body: this.json };
      return this.#reply(asked ?? speed, request);
    } catch (error) {
      if (error instanceof BadOptionError) return { status: 400, reason: error.message };
      throw error;
    }
  }

  #reply(speed: number, { lastEventId = '', query, body }: StreamRequest): StreamAnswer {
    const { fill, reply } = this.#script;
    const { headers, headDelay } = reply;
    const playing = this.#playing(speed, lastEventId);
    if ('status' in playing) return playing;
    // Now, so that the body isn't kept while the head waits.
    const values = new AskedValues(fill ?? NO_NAMES, { query, body });
    const play: Play = (connection) => {
      // The script begins with the head, however late that comes; a shared timeline may have ended meanwhile.
      const begun = headDelay > 0 ? this.#playing(speed, lastEventId) : playing;
      if ('beginning' in begun) return this.#play(connection, begun, { lastEventId, values });
      void connection.end();
      return () => {};
    };
    return {
      status: 200,
      headers: this.#playback.options.ignoresHeaders?.() ? [] : headers,
      headDelay: headDelay / speed,
      play,
    };
  }

  #playing(ownSpeed: number, lastEventId: string): Playing | Refusal {
    const { shared, pauses, clock } = this.#playback;
    const [speed, sharedStart] = shared ? [this.#playback.speed, this.#sharedStart] : [ownSpeed, undefined];
    const sharedDelays = pauses.shared(this.#script);
    const timeline = { script: this.#script, speed, now: clock.now, sharedStart, sharedDelays };
    return this.#positions.of(lastEventId, timeline, this.#played.values());
  }

  #play(
    connection: StreamSink,
    playing: Playing,
    { lastEventId, values }: { lastEventId: string; values: AskedValues },
  ): ReturnType<Play> {
    this.#positions.take(playing);
    const { played: all, control, options } = this.#playback;
    const id = this.#playback.nextId();
    const filling = new Filling(values, seededRandom(this.#playback.pauses.seed, id));
    const player = this.#newPlayer(id, connection, playing, filling);
    const opened = new StreamConnection(id, connection, lastEventId);
    const played: Played = { id, connection, opened, player, published: playing.published };
    for (const connections of [all, this.#played]) connections.set(id, played);
    options.onOpen?.(opened, connection);
    control.noteOpened(opened);
    for (const blocks of playing.missed) player.publish(blocks);
    player.play();
    return () => {
      this.#positions.leave(played, this.#script);
      player.stop();
      opened.close();
      this.#played.delete(id);
      if (all.delete(id)) this.#playback.changed();
    };
  }

  #newPlayer(id: number, sink: StreamSink, { script, speed, beginning }: Playing, filling: Filling): ScriptPlayer {
    const playback = this.#playback;
    const { clock, pauses, queuedBytes, refusals, control, options } = playback;
    const { turns, drainTimeout = DRAIN_TIMEOUT } = options;
    return new ScriptPlayer({
      script,
      speed,
      beginning,
      sink,
      clock,
      filling,
      isShared: () => playback.shared,
      delaysOf: pauses.of(id, () => playback.shared),
      turns,
      drainTimeout,
      queuedBytes,
      onStatus: (step) => !this.#hasLeft && refusals.add(this, step, id) && playback.changed(),
      onChange: () => playback.changed(),
      onTurn: () => control.noteChange(),
    });
  }
}

function asksForStream(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'stream' in body && body.stream === true;
}
