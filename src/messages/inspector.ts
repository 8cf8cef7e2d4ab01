// What editor/ and webview/ say to each other of an inspected stream.
import type { RequestForm } from './requestForm';
import type { EventRow, RedirectRow } from './rows';
import type { FromSecrets, SecretStrings, ToSecrets } from './secrets';
import type { NextStep, StreamStatus } from './streamStatus';

export type { InspectorPageState, RequestForm, RequestReference } from './requestForm';
export type { EventRow, RedirectRow } from './rows';
export type { NextStep, ResponseFacts, StreamStatus } from './streamStatus';

/**
 * What can be shown of the history. Rows and lines are asked for by their place: it counts those before that were evicted,
 * too, and so stays while the oldest are evicted.
 */
export interface HistoryState {
  /** Changes with the filter, and not as the oldest are evicted: in another generation, other rows have the same places. */
  generation: number;
  /** How many rows the table has: events that pass the filter, not held back. */
  rows: number;
  /** The place of the table's first row: how many were evicted or cleared before it. It only grows. */
  evictedRows: number;
  /** How many events have come since all was cleared, over all connections. */
  events: number;
  /** How many bytes of streams have, since then. */
  bytes: number;
  /** The number of the last event that was cleared; 0: none was. Nothing of those up to it is shown any more. */
  cleared: number;
  /** How many of the oldest were evicted, for want of room. */
  evicted: number;
  /** How many rows have come since the pause, and are held back. */
  held: number;
  /** The filter is still being applied to what is there. */
  searching: boolean;
  /** The types that events have had; none where they are those that were told last. */
  eventNames?: string[] | undefined;
  /** How many lines the wire view has; the last may still grow. */
  wireLines: number;
  /** The place of its first line: how many were evicted or cleared before it. It only grows. */
  evictedLines: number;
}

/**
 * How it stands with an answer's body. `stream`: it is the events. `pending`: nothing has come yet; `coming`: a part has;
 * `none`: it has no bytes; `unread`: nothing of it could be read; `rest`: not all of it could; `cut`: more isn't shown.
 */
export type BodyNote = 'stream' | 'pending' | 'coming' | 'none' | 'unread' | 'rest' | 'cut';

/** Changes of an inspection. All of one moment comes in one message: no frame shows a part of it beside what was. */
export type Change =
  | { type: 'status'; status: StreamStatus }
  | { type: 'history'; history: HistoryState }
  /** The answer's head and, where it is no event stream, the beginning of its body, which is cut at 1 MB. */
  | {
      type: 'response';
      status: number;
      statusText: string;
      headers: [string, string][];
      /** Indices of those whose value is masked. */
      masked: number[];
      /** Its body is the events. */
      isEventStream: boolean;
      /** Nothing of an event stream. */
      body: string;
      note: BodyNote | undefined;
    }
  /** There is no response: the one that was told is of an attempt before. */
  | { type: 'noResponse' }
  /** How the request came to the server that answered, or failed to. */
  | { type: 'redirects'; redirects: RedirectRow[] }
  /** The next part of that body, and what there is to say of it now. */
  | { type: 'body'; text: string; note: BodyNote | undefined };

/** From the extension to the inspector's page. */
export type ToInspectorPage =
  | ToSecrets
  /** The answer to a `ping`. */
  | { type: 'pong' }
  /** What the form shall show; `id` names the request to the extension after a reload. */
  | {
      type: 'form';
      form: RequestForm;
      id: string;
      /** It was read from what was pasted into the page, and takes the place of all that stands there. Undefined: it wasn't. */
      pasted?: string | undefined;
    }
  /** The form as it was last edited, with its secrets masked: what VS Code may keep of it. */
  | { type: 'keep'; form: RequestForm }
  | { type: 'update'; changes: Change[] }
  /** Rows that were asked for, as many as are there: `from` is the place of the first of them. */
  | { type: 'rows'; generation: number; from: number; rows: EventRow[] }
  /** One event as a whole; `raw` is its block with invisible characters made visible. Both are cut at 1 MB, `cut` then says so. */
  | { type: 'detail'; row: EventRow; data: string; raw: string; cut: boolean; leftOut: number }
  /** That event is no longer kept: its row is still shown. */
  | { type: 'noDetail'; number: number }
  /** Lines of the wire view that were asked for, as many as are there. */
  | { type: 'wire'; generation: number; from: number; lines: string[] }
  /** The filter is no regular expression, or one that takes too long. */
  | { type: 'badFilter'; reason: string }
  /** The form can't be sent as it is, and why. `inFields`: what is to be changed stands in the part that can be folded. */
  | { type: 'badRequest'; reason: string; inFields?: boolean | undefined };

/** From the inspector's page to the extension. */
export type FromInspectorPage =
  | FromSecrets
  /** Asks whether the extension is there. */
  | { type: 'ping' }
  /** `page` is the nonce of the HTML that speaks. It shows all events: there is no filter yet, and no pause. */
  | { type: 'ready'; page: string }
  /** The form was edited: only the extension knows what in it is a secret. `done`: the field is left, and no secret half typed. */
  | { type: 'edited'; form: RequestForm; done: boolean }
  | { type: 'connect'; form: RequestForm }
  /** More than a URL was pasted into the URL's field. */
  | { type: 'paste'; text: string }
  | { type: 'disconnect' }
  /** To do what was offered. */
  | { type: 'nextStep'; step: NextStep }
  /** Not to wait for the reconnection time. */
  | { type: 'reconnectNow' }
  /** The rows from one place to another are to be seen, `to` excluded. */
  | { type: 'rows'; generation: number; from: number; to: number }
  | { type: 'wire'; generation: number; from: number; to: number }
  | { type: 'select'; number: number }
  /** Of the type `event`, where it isn't empty, and with the text in data, event or id. */
  | { type: 'filter'; text: string; isRegExp: boolean; event: string }
  | { type: 'pause'; paused: boolean }
  | { type: 'clear' }
  | { type: 'copyEvent'; number: number }
  | { type: 'copyCurl' }
  | { type: 'openData'; number: number }
  | { type: 'save'; format: SaveFormat }
  /** Asks for a file and records; or ends that. */
  | { type: 'record'; recording: boolean };

export type SaveFormat = 'ndjson' | 'json' | 'sse';

/** What the inspector's script shows, in the user's language; `{0}` stands for a number or a quantity. */
export interface InspectorStrings {
  secrets: SecretStrings;
  states: Record<StreamStatus['state'], string>;
  connect: string;
  disconnect: string;
  headersAfter: string;
  firstEventAfter: string;
  /** Facts of an answer that is no event stream. */
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
  held: string;
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
  /** The table has no rows, and those that would be there are held back. */
  allHeld: string;
  gap: string;
  cut: string;
  leftOut: string;
  /** The event's data went with the extension host. */
  lost: string;
  /** Nor is it kept by the extension. */
  gone: string;
  recordingTo: string;
  /** The recording to the file `{0}` has ended without the user. */
  recordingEnded: string;
  bodyNotes: Record<BodyNote, string>;
  noResponse: string;
  noResponseYet: string;
  nothing: string;
  nothingYet: string;
  unsendable: string;
  /** `{0}` stands for a host. */
  nextSteps: Record<NextStep, string>;
  /** `{0}` stands for a number of characters. */
  showMore: string;
  /** The text of `{0}` characters. */
  tooLong: string;
  remove: string;
  /** The body is the text of the file `{0}`. */
  bodyFile: string;
  /** What the user typed since the extension host has gone. */
  notTaken: string;
}
