import type { GivenPath } from '../analysis/protocols/byPath';
import type { ProtocolChoice } from './results';

/**
 * Request for a stream, as the inspector's form shows it. Secrets are masked, and unchanged masks are sent back as they are.
 */
export interface RequestForm {
  method: string;
  url: string;
  /** Header lines, `Name: value`. */
  headers: string;
  body: string;
  /**
   * Paths of the files that the body is read from, as named by a pasted command. Their text is never in a form.
   * Default: none.
   */
  bodyFile?: string | undefined;
  /** `Last-Event-ID` of the first request; empty if none. */
  lastEventId: string;
  /** Whether invalid TLS certificates are accepted, for this request only. */
  insecure: boolean;
  /** Whether to reconnect when the stream ends or breaks. */
  reconnect: boolean;
}

/** State of the inspector's page that VS Code keeps while the window is reloaded; its secrets are masked. */
export interface InspectorPageState {
  form: RequestForm;
  id: string;
  /** Number of events that a panel showed, and that no recording has; undefined if none. */
  events?: number | undefined;
  /** Whether the user has opened the timeline, or closed it; undefined if neither. */
  timeline?: boolean | undefined;
  /** Protocol that the user has chosen for the result; undefined if none. */
  protocol?: ProtocolChoice | undefined;
  /** JSON path that the user has given with that choice; undefined if none. */
  path?: GivenPath | undefined;
}

/** Reference that a page passes on to a request too large for a link: the extension has it among the recent ones. */
export interface RequestReference {
  id: string;
  /** Result of `requestDigest`. */
  digest: string;
  lastEventId: string;
}
