import { format, setText } from './dom';
import { countText } from './quantities';

export interface UnseenBadgeOptions {
  /** Button that shows the number of unseen new lines, and leads to the end. */
  badge: HTMLElement;
  oneNew: string;
  manyNew: string;
}

/** Button that shows how many lines have come at the end of a list that the user hasn't seen. */
export class UnseenBadge {
  readonly #options: UnseenBadgeOptions;
  /** Position of the end when it was last visible. */
  #seen = 0;

  constructor(options: UnseenBadgeOptions) {
    this.#options = options;
  }

  hide(): void {
    this.#options.badge.hidden = true;
  }

  /** @param inSight position after the last line in sight; undefined if new lines are followed @param end that of all */
  show(inSight: number | undefined, end: number): void {
    const { badge, oneNew, manyNew } = this.#options;
    this.#seen = inSight === undefined ? end : Math.max(this.#seen, Math.min(end, inSight));
    const unseen = end - this.#seen;
    badge.hidden = unseen <= 0;
    if (unseen > 0) setText(badge, format(unseen === 1 ? oneNew : manyNew, countText(unseen)));
  }
}
