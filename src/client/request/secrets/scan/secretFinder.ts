import type { Names } from './nameMeanings';

/** A listener for the values in a text. Positions count characters of the text. */
export interface Finder {
  /** Called for a secret value, with its name. */
  secret(name: string, start: number, end: number): void;
  /** Called for a value without a secret name, which may contain names of its own. */
  inside(start: number, end: number): void;
  /** Called for a text that is read like a body. */
  body(start: number, end: number): void;
  /** Meanings of names, shared because nested texts repeat them. */
  readonly names: Names;
}
