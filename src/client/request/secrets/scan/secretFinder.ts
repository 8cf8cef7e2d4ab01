import type { Names } from './nameMeanings';

/** Listener to the values in a text. Places count characters of it. */
export interface Finder {
  /** The value of that name is a secret. */
  secret(name: string, start: number, end: number): void;
  /** A value of no secret name, which may have names of its own in it. */
  inside(start: number, end: number): void;
  /** A text that may be as a body is. */
  body(start: number, end: number): void;
  /** What names mean: a text in a text has the same ones again. */
  readonly names: Names;
}
