import type { Inspection } from '../../client/inspection';
import type { EventRow } from '../../messages/inspector';
import type { FromTimeline, TimelineMark } from '../../messages/timeline';
import { LatestTask } from '../../turns/latestTask';
import type { Turns } from '../../turns/turns';
import type { InspectorPanel } from './inspectorPanel';

/** Sends the timeline of an inspection as the inspector's page asks for it. */
export class TimelinePresenter {
  readonly #panel: InspectorPanel;
  readonly #inspection: Inspection;
  readonly #turns: Turns;
  readonly #marks: () => TimelineMark[];
  /** Requests of the page: each takes milliseconds, so that hundreds at once would take a second. */
  readonly #asked = { timeline: new LatestTask(), jump: new LatestTask() };

  /** @param marks returns the findings that hang on it */
  constructor(panel: InspectorPanel, inspection: Inspection, turns: Turns, marks: () => TimelineMark[]) {
    [this.#panel, this.#inspection, this.#turns, this.#marks] = [panel, inspection, turns, marks];
  }

  /** Responds to a request of the page, the latest of each type; does nothing while the panel is hidden. */
  async answer(message: FromTimeline): Promise<void> {
    if (!this.#panel.visible) return;
    await this.#asked[message.type].run(async () => {
      await this.#turns.next();
      if (message.type === 'jump') await this.#searched();
      this.#answer(message);
    });
  }

  /** Resolves when it is known which rows pass the filter, or the panel is hidden. */
  async #searched(): Promise<void> {
    while (this.#inspection.view.searching && this.#panel.visible) await this.#turns.next();
  }

  #answer(message: FromTimeline): void {
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
