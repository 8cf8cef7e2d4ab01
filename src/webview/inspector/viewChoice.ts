import type { Response } from './responseView';

/** A panel's view. */
export type View = 'events' | 'wire' | 'response';

/**
 * Chooses the view of an answer. One that is no event stream is shown without being asked for, if the user hasn't chosen a view
 * since the request: a server that is asked again and again would choose it each time. The one that is shown was.
 */
export class ViewChoice {
  #mayShow = true;
  #isShown = false;

  /** The user has had a request sent: its answer is what they want to see. */
  asked(): void {
    this.#mayShow = true;
  }

  /** The user has chosen a view. */
  chosen(): void {
    [this.#isShown, this.#mayShow] = [false, false];
  }

  /** Returns the view to be shown; undefined where it stays. @param shown the view that is there */
  viewFor(response: Response, shown: View | undefined): View | undefined {
    // The keys that come next would go with the focus.
    if (document.activeElement?.closest('[role="tabpanel"], .while-events')) return undefined;
    if (response.isEventStream) {
      const wasShown = this.#isShown;
      this.#isShown = false;
      return wasShown ? 'events' : undefined;
    }
    if (!this.#mayShow) return undefined;
    this.#isShown ||= shown !== 'response';
    this.#mayShow = false;
    return 'response';
  }
}
