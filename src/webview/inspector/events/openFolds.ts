import { isNested, membersOf, stringAt } from '../../../text/jsonMembers';
import { childPath } from './columns/jsonPaths';

/** Maximum number of paths that are remembered: the latest. */
const MAX_PATHS = 500;
/** Maximum number of members of one that is opened because it was before, and of all of them together. */
const [MAX_MEMBERS, BUDGET] = [100, 300];
/** Maximum number of characters that are read to open them: each level reads all that is within it, several times. */
const MAX_READ = 8_000_000;

/** JSON paths that the user has opened or closed: they are so in the next event, too. */
export class OpenFolds {
  readonly #isOpen = new Map<string, boolean>();

  note(path: string, isOpen: boolean): void {
    this.#isOpen.delete(path);
    this.#isOpen.set(path, isOpen);
    const [oldest] = this.#isOpen.size > MAX_PATHS ? this.#isOpen.keys() : [];
    if (oldest !== undefined) this.#isOpen.delete(oldest);
  }

  /**
   * Returns the offsets of the objects and arrays that are open.
   * @param text JSON
   * @param root offset of the outermost
   * @param first those that are open at first
   */
  openIn(text: string, root: number, first: ReadonlySet<number>): ReadonlySet<number> {
    if (this.#isOpen.size === 0) return first;
    const open = new Set<number>();
    let left = BUDGET;
    const queue: { at: number; path: string | undefined; level: number }[] = [{ at: root, path: '', level: 0 }];
    for (const { at, path, level } of queue) {
      if (!isNested(text, at) || level * text.length > MAX_READ) continue;
      const remembered = path === undefined ? undefined : this.#isOpen.get(path);
      if (!(remembered ?? first.has(at))) continue;
      const { keys, values } = membersOf(text, at);
      const isTooMuch = values.length > MAX_MEMBERS || left < values.length;
      if (isTooMuch && !first.has(at)) continue;
      left -= values.length;
      open.add(at);
      for (const [index, value] of values.entries()) {
        // The first ones are looked for: of a hundred thousand, each would take its time.
        if (index >= BUDGET && !first.has(value)) continue;
        // Other values have no fold; reading their keys would take time.
        if (!isNested(text, value)) continue;
        const key = keys[index];
        const step = key === undefined ? index : stringAt(text, key);
        queue.push({ at: value, path: childPath(path, step), level: level + 1 });
      }
    }
    return open;
  }
}
