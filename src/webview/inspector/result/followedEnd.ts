/** Distance that counts as the end, in pixels. */
const NEAR = 8;

/** Keeps the end of content that grows in view, until the user scrolls up; and again once they have scrolled to the end. */
export class FollowedEnd {
  readonly #scroller: HTMLElement;
  #isFollowing = true;
  #top = 0;
  #height = 0;

  constructor(scroller: HTMLElement, content: HTMLElement) {
    this.#scroller = scroller;
    scroller.addEventListener('scroll', () => this.#onScroll(), { passive: true });
    // Parts get their height when they come near the visible ones.
    new ResizeObserver(() => this.#scroll()).observe(content);
  }

  /** Begins anew, with other content. */
  restart(): void {
    this.#isFollowing = true;
  }

  /** Stays where the user was led. */
  stop(): void {
    this.#isFollowing = false;
  }

  #scroll(): void {
    if (this.#isFollowing && !this.#scroller.hidden) this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }

  #onScroll(): void {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    // Without the user, growth takes the end away, and parts that turn out lower than assumed move all up.
    if (scrollTop < this.#top && scrollHeight === this.#height) this.#isFollowing = false;
    if (scrollHeight - scrollTop - clientHeight < NEAR) this.#isFollowing = true;
    [this.#top, this.#height] = [scrollTop, scrollHeight];
  }
}
