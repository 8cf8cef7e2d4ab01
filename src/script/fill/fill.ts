import type { JsonPointer } from '../request/jsonPointer';

/** A value that is filled in when an event is sent. */
export type Filler =
  /** The number of the event; the time, as text or in milliseconds since 1970; a UUID. */
  | { by: 'n' | 'now' | 'now ms' | 'uuid' }
  /** A whole number, both ends included. */
  | { by: 'random'; minimum: number; maximum: number }
  /** A value of the request, by its index in `AskedNames`. */
  | { by: 'query' | 'body'; index: number }
  /** Nothing: two of the four braces that stand for a literal `{{`. */
  | { by: 'nothing' };

/**
 * Surroundings of a place, which decide how a value is written. `string`: a string in JSON; `data`: any other place in data;
 * `line`: a line that a value must not end, such as a comment.
 */
export type Surroundings = 'string' | 'data' | 'line';

/** A place of a script, with what is filled in there. */
export interface Fill {
  /** Range in the bytes that it is a part of. */
  start: number;
  end: number;
  filler: Filler;
  within: Surroundings;
}

/** The places of a step, which all belong to one event, or stand before it. */
export interface StepFills {
  /** Number of the event in its round, from 1. */
  event: number;
  /** In ascending order, without overlaps. */
  places: readonly Fill[];
}

/** Values of a request that the places of a script ask for. */
export interface AskedNames {
  /** Names of values in the query. */
  queries: readonly string[];
  /** Pointers into the body. */
  pointers: readonly JsonPointer[];
}

/** The names of a script whose places ask for nothing. */
export const NO_NAMES: AskedNames = { queries: [], pointers: [] };
