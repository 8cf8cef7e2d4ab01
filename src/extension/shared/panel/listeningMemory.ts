import { type GenericSchema, integer, is, maxLength, maxValue, minValue, number, object, pipe, string } from 'valibot';
import { env } from 'vscode';
import type { Log } from '../output/log';
import type { WindowMemory } from './panelTitles';
import { listeningKey } from './viewTypes';

/** Maximum number of remembered servers per view type. */
export const MAX_REMEMBERED = 50;
/** Number of loads without its tab after which a server is forgotten; another window of the folder may have the tab. */
const MAX_MISSED = 3;
/** Maximum length of a name, in UTF-16 code units. */
const MAX_NAME = 10_000;

export interface Remembered<State> {
  /** Name of the panel among those of its type. */
  name: string;
  /** VS Code's id of the window session: new after a reload, the same if only the extension host was killed. */
  session: string;
  /** Number of windows loaded since then that had no tab of the panel. */
  missed: number;
  state: State;
}

/** Servers that listen for the panels of one view type, as VS Code keeps them for this window's folder; latest first. */
export class ListeningMemory<State> {
  readonly #key: string;
  readonly #schema: GenericSchema<unknown, Remembered<State>>;
  readonly #memory: WindowMemory;
  readonly #log: Log;

  constructor(type: string, state: GenericSchema<unknown, State>, memory: WindowMemory, log: Log) {
    [this.#key, this.#memory, this.#log] = [listeningKey(type), memory, log];
    const name = pipe(string(), maxLength(MAX_NAME));
    const missed = pipe(number(), integer(), minValue(0), maxValue(MAX_MISSED));
    this.#schema = object({ name, session: name, missed, state });
  }

  /** All entries, without those of another form, written by another version of the extension. */
  get all(): Remembered<State>[] {
    const kept = this.#memory.get<unknown>(this.#key);
    if (!Array.isArray(kept)) return [];
    return kept.slice(0, MAX_REMEMBERED).filter((one): one is Remembered<State> => is(this.#schema, one));
  }

  /**
   * Entries of a window that was reloaded or closed. Those of a killed extension host are left out, since their panels ask
   * the user.
   */
  get left(): Remembered<State>[] {
    return this.all.filter(({ session }) => session !== env.sessionId);
  }

  /** Remembers that the panel's server listens. */
  keep(name: string, state: State): void {
    this.#write([{ name, session: env.sessionId, missed: 0, state }, ...this.#others(name)]);
  }

  /** Forgets the server, which no longer listens. */
  forget(name: string): void {
    this.#write(this.#others(name));
  }

  /** Notes that the server has no tab in this window. */
  noteMissing(missing: Remembered<State>): void {
    const missed = missing.missed + 1;
    const others = this.#others(missing.name);
    this.#write(missed < MAX_MISSED ? [...others, { ...missing, missed }] : others);
  }

  #others(name: string): Remembered<State>[] {
    return this.all.filter((one) => one.name !== name);
  }

  #write(all: Remembered<State>[]): void {
    // With no value stored, nothing is loaded when the next window opens.
    const kept = all.length === 0 ? undefined : all.slice(0, MAX_REMEMBERED);
    if (JSON.stringify(kept) === JSON.stringify(this.#memory.get(this.#key))) return;
    this.#memory.update(this.#key, kept).then(undefined, (error: unknown) => this.#log.error(error));
  }
}
