import type { ResultSummary } from '../../messages/results';
import { element } from '../shared/dom';
import { Tabs } from '../shared/tabs';
import type { Response } from './responseView';

/** A panel's view. */
export type View = 'events' | 'result' | 'wire' | 'response';

/** Time from the request within which a protocol has to be recognised for its result to be shown, in milliseconds. */
const SOON = 2000;

/**
 * Views of a panel, which the user chooses, or a response. One that is no event stream is shown automatically, unless the user
 * has chosen a view since the request: with repeated requests, it would otherwise be shown each time. A result is shown
 * automatically only if the user has never chosen a view.
 */
export class ViewChoice {
  readonly #views: Tabs<View>;
  #mayShow = true;
  /** Whether a response is shown automatically. */
  #isShown = false;
  #hasChosen = false;
  /** Whether a result is shown automatically. */
  #isResultShown = false;
  /** Called when a view is shown. */
  #onShow = () => {};
  /** Generation of the results that were looked at. */
  #generation = -1;

  constructor() {
    this.#views = new Tabs<View>(element('views'), (view, byUser) => {
      document.body.dataset['view'] = view;
      if (byUser) this.#noteChoice();
      this.#onShow();
    });
  }

  get shown(): View | undefined {
    return this.#views.shown;
  }

  /** @param listen called whenever a view is shown */
  onShow(listen: () => void): void {
    this.#onShow = listen;
  }

  show(view: View): void {
    this.#views.show(view);
  }

  /** Records that the user has sent a request, whose response they want to see. */
  noteRequest(): void {
    this.#mayShow = true;
  }

  /** Shows the view of a response if it is no event stream; the events, once there is a stream again. */
  noteResponse({ isEventStream }: Pick<Response, 'isEventStream'>): void {
    if (isInUse()) return;
    if (isEventStream) {
      if (this.#isShown) this.show('events');
      this.#isShown = false;
    } else if (this.#mayShow) {
      this.#isShown ||= this.#views.shown !== 'response';
      this.#mayShow = false;
      this.show('response');
    }
  }

  /** Shows the result of a stream whose protocol was recognised soon; the events, if that of the next one isn't. */
  noteResult({ generation, protocol, recognisedAfter = Infinity, isAssembled, ...summary }: ResultSummary): void {
    if (this.#hasChosen || generation === this.#generation || isInUse()) return;
    if (protocol !== undefined) {
      this.#generation = generation;
      if (recognisedAfter > SOON || !isAssembled) return;
      this.#isResultShown = true;
      this.show('result');
    } else if (summary.isDecided && this.#isResultShown) {
      this.#isResultShown = false;
      this.show('events');
    }
  }

  #noteChoice(): void {
    [this.#isShown, this.#mayShow, this.#hasChosen] = [false, false, true];
  }
}

/** Whether the user works in a view, or in a part that goes with it: a change would take the focus, and the next keys. */
function isInUse(): boolean {
  return document.activeElement?.closest('[role="tabpanel"], .while-events, .while-wire, #find') !== null;
}
