import type { Fill } from './fill';
import type { IdTemplate } from './idTemplate';
import type { PlaceName } from './place';

/** The places of a line. */
export interface LineFills {
  /** Their ranges are in the bytes of the line. */
  fills: readonly Fill[];
  /** The id that the line sets with a place in it; undefined if it sets none. */
  id: IdTemplate | undefined;
  problems: readonly PlaceProblem[];
}

/** An error about a place. */
export interface PlaceProblem {
  code: 'place' | 'placeInName' | 'placeInId' | 'tooManyPlaces';
  /** With `place`, the place that is unknown or malformed. */
  place: PlaceName | 'unknown' | undefined;
  /** Column in UTF-16 code units, with a byte order mark. */
  column: number;
  /** The part of the line that has the problem. */
  text: string;
}
