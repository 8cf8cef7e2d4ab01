/** Classes of groups, and of those that are far away (see the stylesheet). */
const GROUP = 'group';
export const FAR = 'far-group';

/** Distance from the visible part that counts as near, relative to its size. */
const NEAR = '100%';

/**
 * Groups of elements that scroll together. One that is far from the visible part keeps its height, but displays nothing: for
 * a selection, a browser lays out all that may be displayed, however far away.
 */
export class FarGroups {
  readonly #nearness: IntersectionObserver;
  readonly #groups = new Set<Element>();

  constructor(scroller: HTMLElement) {
    this.#nearness = new IntersectionObserver((groups) => groups.forEach(display), {
      root: scroller,
      rootMargin: NEAR,
    });
    // A group that becomes displayed far away, as all do with the scroller, would not be told of.
    new ResizeObserver(() => {
      this.#nearness.disconnect();
      for (const group of this.#groups) this.#nearness.observe(group);
    }).observe(scroller);
  }

  /** Returns a new group. Its elements are within its only child: a browser finds the style of each child of a far one. */
  add(...elements: HTMLElement[]): HTMLElement {
    const group = document.createElement('div');
    group.className = GROUP;
    group.append(document.createElement('div'));
    group.firstElementChild?.append(...elements);
    this.#groups.add(group);
    this.#nearness.observe(group);
    return group;
  }

  /** Forgets all groups. */
  clear(): void {
    this.#nearness.disconnect();
    this.#groups.clear();
  }
}

/** Displays the groups around a node, so that it can be scrolled to. */
export function openGroups(node: Node): void {
  const element = node instanceof Element ? node : node.parentElement;
  for (let far = element?.closest(`.${FAR}`); far; far = far.closest(`.${FAR}`)) toggle(far, '');
}

/** Closes a group that is far away, unless it has the focus or an end of the selection, which would be lost. */
function display({ target, isIntersecting, boundingClientRect: { width, height } }: IntersectionObserverEntry): void {
  const selection = document.getSelection();
  const used = [document.activeElement, selection?.anchorNode ?? null, selection?.focusNode ?? null];
  if (isIntersecting) toggle(target, '');
  // The group has no width if what surrounds it is hidden.
  else if (width > 0 && !used.some((node) => node && target.contains(node))) toggle(target, `${height}px`);
}

/** @param height of a group that is closed, as a CSS value; none opens it */
function toggle(group: Element, height: string): void {
  group.classList.toggle(FAR, height !== '');
  if (group instanceof HTMLElement) group.style.height = height;
}
