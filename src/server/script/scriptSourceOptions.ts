import type { Turns } from '../../turns/turns';
import type { OpenedConnection, Publication, StreamSink } from '../source';
import type { OldScripts } from './oldScripts';

export interface ScriptSourceOptions {
  /** Old scripts of all servers of the process. Default: of this server alone. */
  oldScripts?: OldScripts | undefined;
  /** Path of the stream beside `/event`, unless its script names one. Default: none. */
  path?: string | undefined;
  /** Called with the number of clients disconnected because the old versions played to them took too much memory. */
  onGiveUp?(count: number): void;
  /** Turns shared by all servers of the process. */
  turns: Turns;
  /** Called, possibly often, when any public property has changed. */
  onChange(): void;
  /** Time a client may take to drain its socket, in milliseconds. Default: 30,000. */
  drainTimeout?: number;
  /** Factor by which the script is played faster than it says, unless a client asks for another. Default: 1. */
  speed?: number | undefined;
  /** Seed of the pauses of random length: the same for the same seed, connection by connection. Default: a random one. */
  seed?: number | undefined;
  /** Returns whether the script's own headers are left out. Default: false. */
  ignoresHeaders?(): boolean;
  /** Called when a connection was opened, before anything is sent on it. Default: none. */
  onOpen?(connection: OpenedConnection, sink: StreamSink): void;
  /** Called when something was published, with the number of its recipients. Default: none. */
  onPublish?(publication: Publication, connections: number): void;
}
