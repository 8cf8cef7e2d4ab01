import type { Response } from './responseView';

/** A panel's view. */
export type View = 'events' | 'wire' | 'response';

/**
 * Chooses the view for a response. One that is no event stream is shown automatically, unless the user has chosen a view
 * since the request: with repeated requests, it would otherwise be shown each time.
 */
export class ViewChoice {
  #mayShow = true;
  #isShown = false;

  /** Records that the user has sent a request, whose response they want to see. */
  noteRequest(): void {
    this.#mayShow = true;
  }

  /** Records that the user has chosen a view. */
  noteChoice(): void {
    [this.#isShown, this.#mayShow] = [false, false];
  }

  /** Returns the view to show; undefined if it should stay. @param shown current view */
  viewFor(response: Response, shown: View | undefined): View | undefined {
    // A change of the view would take the focus, and with it the next keys.
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
