import type { Inspection } from '../../client/inspection';
import type { EventRow } from '../../messages/inspector';
import type { FromTimeline, TimelineMark } from '../../messages/timeline';
import type { InspectorPanel } from './inspectorPanel';

/** Sends the timeline of an inspection as the inspector's page asks for it. */
export class TimelinePresenter {
  readonly #panel: InspectorPanel;
  readonly #inspection: Inspection;
  readonly #marks: () => TimelineMark[];

  /** @param marks returns the findings that hang on it. Default: none do */
  constructor(panel: InspectorPanel, inspection: Inspection, marks = (): TimelineMark[] => []) {
    [this.#panel, this.#inspection, this.#marks] = [panel, inspection, marks];
  }

  /** Responds to a request of the page; does nothing while the panel is hidden. */
  answer(message: FromTimeline): void {
    if (!this.#panel.visible) return;
    const { timeline, view } = this.#inspection;
    if (message.type === 'timeline') {
      const { range, width } = message;
      this.#panel.post({ type: 'timeline', view: timeline.view(range, width), marks: this.#marks() });
    } else {
      const row = view.nearest(message.time);
      if (row === undefined) return;
      this.#panel.post({ type: 'jumpTo', generation: view.generation, place: view.evicted + row });
    }
  }

  /** Returns the connection that begins with a row; undefined if none does, or there is no row before it. */
  beginningAt(row: number): EventRow['begins'] {
    const { timeline, view } = this.#inspection;
    const [number, before] = [view.numberAt(row), view.numberAt(row - 1)];
    if (number === undefined || before === undefined) return undefined;
    const connection = timeline.connectionOf(number);
    if (!connection || connection.number === timeline.connectionOf(before)?.number) return undefined;
    return { connection: connection.number, behind: connection.lastEventId };
  }
}
