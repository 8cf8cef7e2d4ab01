// Messages between extension and webview about an inspected stream's timeline.
import type { TimelineRange, TimelineView } from '../analysis/timeline/timelineView';

/** Finding that hangs on the timeline. */
export interface TimelineMark {
  /** Time of it, as `Date.now()` counts. */
  at: number;
  /** Id of the finding. */
  id: string;
}

/** Times of the first and the last event, as `Date.now()` counts. */
export interface Between {
  from: number;
  to: number;
}

/** Messages from the extension to the inspector's page. */
export type ToTimeline =
  /** Timeline as asked for. `marks`: findings in the order of time; none if undefined. */
  | { type: 'timeline'; view: TimelineView; marks?: TimelineMark[] | undefined }
  /** Row that came nearest to the time of a `jump`, by its position. */
  | { type: 'jumpTo'; generation: number; place: number };

/** Messages from the inspector's page to the extension. */
export type FromTimeline =
  /** Asks for a timeline of that many columns; for 0, the summary alone. */
  | { type: 'timeline'; range: TimelineRange; width: number }
  /** Asks for the row that came nearest to a time, as `Date.now()` counts. */
  | { type: 'jump'; time: number };

/** Texts of the page, in the user's language. */
export interface TimelineStrings {
  /** `{0}` stands for events, `{1}` for a duration. */
  inTime: string;
  /** `{0}` stands for a duration. */
  medianGap: string;
  longestSilence: string;
  oneConnection: string;
  connections: string;
  oneComment: string;
  comments: string;
  /** `{0}` stands for a number of seconds. */
  silentFor: string;
  /** `{0}` stands for a time, `{1}` for a later one. */
  between: string;
  /** `{0}` stands for the number of a connection. */
  connection: string;
  /** `{0}` stands for the number of a connection, `{1}` for an id. */
  resumed: string;
}
