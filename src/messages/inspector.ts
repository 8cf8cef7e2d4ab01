// Messages between extension and webview about an inspected stream.
import type { FindStrings, FromFind, ToFind } from './find';
import type { FindingStrings, FindingsState, FromFindings, ToFindings } from './findings';
import type { RequestForm } from './requestForm';
import type { FromResults, ResultStrings, ToResults } from './results';
import type { EventRow, RedirectRow, WireLine } from './rows';
import type { FromSecrets, SecretStrings, ToSecrets } from './secrets';
import type { NextStep, Reading, StreamStatus } from './streamStatus';
import type { FromTable, TableStrings, ToTable } from './table';
import type { Between, FromTimeline, TimelineStrings, ToTimeline } from './timeline';

export type { InspectorPageState, RequestForm, RequestReference } from './requestForm';
export type { EventRow, RedirectRow } from './rows';
export type { NextStep, Reading, ResponseFacts, StreamStatus } from './streamStatus';

/**
 * State of the history, as far as it can be shown. Rows and lines are requested by position, which includes the evicted ones
 * and so stays the same while the oldest are evicted.
 */
export interface HistoryState {
  /** Changes with the filter, but not on eviction: in another generation, other rows have the same positions. */
  generation: number;
  /** Number of rows in the table: events that pass the filter and aren't pending. */
  rows: number;
  /** Position of the table's first row: the number of rows evicted or cleared before it. Only grows. */
  evictedRows: number;
  /** Number of events since the last clear, over all connections. */
  events: number;
  /** Bytes of streams since the last clear. */
  bytes: number;
  /** Number of the last event that was cleared; 0 if none was. No event up to this one is shown any more. */
  cleared: number;
  /** Number of the oldest events that were evicted to make room. */
  evicted: number;
  /** Number of rows that have come since the pause, and are pending. */
  pending: number;
  /** Whether the filter is still being applied to the existing events. */
  searching: boolean;
  /** Event types seen so far; undefined if unchanged since they were last sent. */
  eventNames?: string[] | undefined;
  /** Number of lines in the wire view; the last may still grow. */
  wireLines: number;
  /** Position of its first line: the number of lines evicted or cleared before it. Only grows. */
  evictedLines: number;
}

/**
 * Progress of a response's body. `stream`: it is the events. `pending`: nothing has come yet; `coming`: a part has;
 * `none`: it is empty; `unread`: nothing of it could be read; `rest`: not all of it could; `cut`: the rest isn't shown.
 */
export type BodyNote = 'stream' | 'pending' | 'coming' | 'none' | 'unread' | 'rest' | 'cut';

/** Changes of an inspection. Simultaneous ones are sent in one message, so that no frame shows only some of them. */
export type Change =
  | { type: 'status'; status: StreamStatus }
  | { type: 'history'; history: HistoryState }
  /** Head of the response and, if it is no event stream, the beginning of its body, which is cut at 1 MB. */
  | {
      type: 'response';
      status: number;
      statusText: string;
      headers: [string, string][];
      /** Indices of the headers whose value is masked. */
      masked: number[];
      /** Whether its body is the events. */
      isEventStream: boolean;
      /** Empty for an event stream. */
      body: string;
      note: BodyNote | undefined;
    }
  /** No response for this attempt; the one sent before belongs to an earlier attempt. */
  | { type: 'noResponse' }
  /** Redirects that led to the server that responded, or failed to. */
  | { type: 'redirects'; redirects: RedirectRow[] }
  | { type: 'findings'; findings: FindingsState }
  /** Next part of that body, and its note now. */
  | { type: 'body'; text: string; note: BodyNote | undefined };

/** Messages from the extension to the inspector's page. */
export type ToInspectorPage =
  | ToSecrets
  | ToTimeline
  | ToFindings
  | ToResults
  | ToTable
  | ToFind
  /** Response to a `ping`. */
  | { type: 'pong' }
  /** Content for the form; `id` identifies the request to the extension after a reload. */
  | {
      type: 'form';
      form: RequestForm;
      id: string;
      /** Note about the paste that the form was read from, and which replaces all fields; undefined if there was none. */
      pasted?: string | undefined;
    }
  /** Form as last edited, with its secrets masked, for VS Code to keep. */
  | { type: 'keep'; form: RequestForm }
  | { type: 'update'; changes: Change[] }
  /** Requested rows, as far as they exist: `from` is the position of the first. `columns`: as requested. */
  | { type: 'rows'; generation: number; from: number; rows: EventRow[]; columns?: string[] | undefined }
  /** An event in full; `raw` is its block with invisible characters made visible. Both are cut at 1 MB, as `cut` says. */
  | { type: 'detail'; row: EventRow; data: string; raw: string; cut: boolean; omitted: number }
  /** Details of an event that is no longer kept, though its row is still shown. */
  | { type: 'noDetail'; number: number }
  /** Requested lines of the wire view, as far as they exist. */
  | { type: 'wire'; generation: number; from: number; lines: WireLine[] }
  /** Reason why the filter is not applied: it is an invalid regular expression, or one that takes too long. */
  | { type: 'badFilter'; reason: string }
  /** Reason why the form can't be sent. `inFields`: whether the field to be changed is in the collapsible part. */
  | { type: 'badRequest'; reason: string; inFields?: boolean | undefined };

/** Messages from the inspector's page to the extension. */
export type FromInspectorPage =
  | FromSecrets
  | FromTimeline
  | FromFindings
  | FromResults
  | FromTable
  | FromFind
  /** Asks whether the extension host is alive. */
  | { type: 'ping' }
  /** `page` is the nonce of the HTML that sends this. A new page has no filter and no pause. */
  | { type: 'ready'; page: string }
  /** Edited form: only the extension knows its secrets. `done`: the field was left, so that no secret is half typed. */
  | { type: 'edited'; form: RequestForm; done: boolean }
  | { type: 'connect'; form: RequestForm }
  /** Text pasted into the URL field that is more than a URL. Default: the clipboard's. */
  | { type: 'paste'; text?: string | undefined }
  /** Takes an offer of an empty panel: another panel with a recent request, or with the counter's stream. */
  | { type: 'offer'; offer: 'recent' | 'counter' }
  | { type: 'disconnect' }
  /** Takes the offered step. */
  | { type: 'nextStep'; step: NextStep }
  /** Reconnects without waiting for the reconnection time. */
  | { type: 'reconnectNow' }
  /** Requests the visible rows from one position to another, `to` excluded. `columns`: JSON paths of further values. */
  | { type: 'rows'; generation: number; from: number; to: number; columns?: string[] | undefined }
  | { type: 'wire'; generation: number; from: number; to: number }
  | { type: 'select'; number: number }
  /**
   * Shows only events of type `event`, unless it is empty, that contain the text in data, event or id, and that came in the
   * given time, if any. `hidden`: types whose events are not shown.
   */
  | {
      type: 'filter';
      text: string;
      isRegExp: boolean;
      event: string;
      between?: Between | undefined;
      hidden?: string[] | undefined;
    }
  | { type: 'pause'; paused: boolean }
  | { type: 'clear' }
  /** Copies an event: its block as it came, or its data. */
  | { type: 'copyEvent' | 'copyData'; number: number }
  | { type: 'copyCurl' }
  | { type: 'openData'; number: number }
  /** Saves the events; `shown`: only those whose rows are shown. */
  | { type: 'save'; format: SaveFormat; shown?: boolean | undefined }
  /** Asks for a file and starts recording, or stops it. */
  | { type: 'record'; recording: boolean };

export type SaveFormat = 'ndjson' | 'json' | 'sse';

/** Texts of the inspector's script, in the user's language; `{0}` stands for a number or a quantity. */
export interface InspectorStrings {
  secrets: SecretStrings;
  timeline: TimelineStrings;
  findings: FindingStrings;
  results: ResultStrings;
  table: TableStrings;
  find: FindStrings;
  states: Record<StreamStatus['state'], string>;
  connect: string;
  disconnect: string;
  headersAfter: string;
  firstEventAfter: string;
  /** Label of the facts of a response that is no event stream. */
  body: string;
  oneEvent: string;
  events: string;
  rate: string;
  reconnectedOnce: string;
  reconnected: string;
  evicted: string;
  countdown: string;
  pause: string;
  resume: string;
  pending: string;
  /** Label of the choice to save only the `{0}` events of `{1}` that are shown. */
  onlyShown: string;
  searching: string;
  oneNewRow: string;
  newRows: string;
  oneNewLine: string;
  newLines: string;
  giveUrl: string;
  connectToSend: string;
  noEventsYet: string;
  noEvents: string;
  noMatch: string;
  /** Shown if the table has no rows because all of them are pending. */
  allPending: string;
  gap: string;
  cut: string;
  omitted: string;
  /** Shown if the event's data were lost with the extension host. */
  lost: string;
  /** Shown if the extension no longer keeps the event's data either. */
  gone: string;
  recordingTo: string;
  /** The recording to the file `{0}` ended, but not by the user. */
  recordingEnded: string;
  bodyNotes: Record<BodyNote, string>;
  noResponse: string;
  noResponseYet: string;
  nothing: string;
  nothingYet: string;
  unsendable: string;
  /** `{0}` stands for a host. */
  nextSteps: Record<NextStep, string>;
  /** Label of `addAuthorization` if the request has one. */
  changeAuthorization: string;
  /** Connect resumes the stream behind the event with the id `{0}`. */
  resumesBehind: string;
  /** The `{0}` events that a panel had are gone, as the window was reloaded. */
  lostEvents: string;
  /** Label of the button that shows how the response is read: `{0}`. */
  readAs: string;
  readings: Record<Reading, string>;
  /** `{0}` stands for a number of characters. */
  showMore: string;
  /** The text of `{0}` characters. */
  tooLong: string;
  remove: string;
  /** The body is the text of the file `{0}`. */
  bodyFile: string;
  /** Warns that text typed since the extension host was lost is not taken over. */
  notTaken: string;
  /** Labels of the link that goes on once the extension host was lost: with the request, or only with the form. */
  connectAgain: string;
  openAgain: string;
}
