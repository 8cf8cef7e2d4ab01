import { type GenericSchema, integer, is, maxLength, maxValue, minValue, number, object, pipe, string } from 'valibot';
import { env } from 'vscode';
import type { Log } from '../output/log';
import type { WindowMemory } from './panelTitles';
import { listeningKey } from './viewTypes';

/** Maximum number of servers of a view type that are remembered. */
export const MAX_REMEMBERED = 50;
/** A server whose tab was missing so often is forgotten: not at once, as another window of the folder may have the tab. */
const MAX_MISSED = 3;
/** Maximum length of a name, in UTF-16 code units. */
const MAX_NAME = 10_000;

export interface Remembered<State> {
  /** Which panel of its type it is. */
  name: string;
  /** VS Code's name for the window as it was loaded then: a new one after a reload, the same where the extension host was killed. */
  session: string;
  /** How many windows were loaded since then that had no tab of it. */
  missed: number;
  state: State;
}

/** The servers that listen for the panels of one view type, as VS Code keeps them for this window's folder; the latest first. */
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

  /** Leaves out entries of another form: another version of the extension has written them. */
  get all(): Remembered<State>[] {
    const kept = this.#memory.get<unknown>(this.#key);
    if (!Array.isArray(kept)) return [];
    return kept.slice(0, MAX_REMEMBERED).filter((one): one is Remembered<State> => is(this.#schema, one));
  }

  /** Those of a window that was reloaded or closed; nothing of one whose extension host was killed: its panels ask the user. */
  get left(): Remembered<State>[] {
    return this.all.filter(({ session }) => session !== env.sessionId);
  }

  /** The panel's server listens. */
  keep(name: string, state: State): void {
    this.#write([{ name, session: env.sessionId, missed: 0, state }, ...this.#others(name)]);
  }

  /** It listens no more. */
  forget(name: string): void {
    this.#write(this.#others(name));
  }

  /** It has no tab in this window. */
  miss(missing: Remembered<State>): void {
    const missed = missing.missed + 1;
    const others = this.#others(missing.name);
    this.#write(missed < MAX_MISSED ? [...others, { ...missing, missed }] : others);
  }

  #others(name: string): Remembered<State>[] {
    return this.all.filter((one) => one.name !== name);
  }

  #write(all: Remembered<State>[]): void {
    // Where none is left, nothing is loaded as the next window opens.
    const kept = all.length === 0 ? undefined : all.slice(0, MAX_REMEMBERED);
    if (JSON.stringify(kept) === JSON.stringify(this.#memory.get(this.#key))) return;
    this.#memory.update(this.#key, kept).then(undefined, (error: unknown) => this.#log.error(error));
  }
}
