import type { LineRange } from '../../shared/lineCache';
import type { VirtualLines } from '../../shared/virtualLines';

/** Rows of a table: their positions, and what is drawn of them. */
export interface Rows extends LineRange {
  lines: Pick<VirtualLines, 'firstVisible' | 'perPage'>;
}

/**
 * Returns the position that a key leads to, which may be out of range; undefined for a key that moves nowhere.
 * @param place where the user is; undefined for the visible rows
 */
export function rowOfKey(key: string, place: number | undefined, { first, end, lines }: Rows): number | undefined {
  const { firstVisible, perPage } = lines;
  switch (key) {
    case 'ArrowDown':
      return place === undefined ? firstVisible : place + 1;
    case 'ArrowUp':
      return place === undefined ? firstVisible + perPage - 1 : place - 1;
    case 'PageDown':
      return (place ?? firstVisible) + perPage;
    case 'PageUp':
      return (place ?? firstVisible) - perPage;
    case 'Home':
      return first;
    case 'End':
      return end - 1;
    default:
      return undefined;
  }
}
