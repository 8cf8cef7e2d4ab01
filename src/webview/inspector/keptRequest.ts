import type { GivenPath } from '../../analysis/protocols/byPath';
import type {
  InspectorPageState,
  InspectorStrings,
  RequestForm,
  RequestReference,
  StreamStatus,
} from '../../messages/inspector';
import { requestDigest } from '../../messages/requestDigest';
import type { ProtocolChoice } from '../../messages/results';
import { format } from '../shared/dom';
import { countText } from '../shared/quantities';
import type { InspectorApi } from './inspectorApi';
import { resumeId } from './request/resumeId';

/** Time for which the number of events isn't kept again while they come, in milliseconds. */
const KEEP_TIME = 1000;

/** A request with which a new panel continues. */
interface NextRequest {
  form: RequestForm;
  /** States for the new panel, ever shorter ones. */
  states: object[];
  /** Whether it isn't sent. */
  isUnsent: boolean;
}

/** The request that VS Code keeps for the page, with which a new panel will continue, and how the user has set up the views. */
export class KeptRequest {
  readonly #vscode: InspectorApi;
  #form: RequestForm | undefined;
  /** Id by which the extension knows the request. */
  #id = '';
  /** URL of the last form that the extension sent, which it does at Connect and Disconnect. */
  #url = '';
  #timeline: boolean | undefined;
  /** Number of events that are here now, as last kept, and the time at which it was kept. */
  #events = 0;
  #keptAt = 0;
  /** Says that the events are gone that were here before the page was loaded, as far as is known; empty if none were. */
  readonly lost: string;
  #protocol: ProtocolChoice | undefined;
  #path: GivenPath | undefined;

  constructor(vscode: InspectorApi, { lostEvents }: Pick<InspectorStrings, 'lostEvents'>) {
    this.#vscode = vscode;
    this.#events = vscode.getState()?.events ?? 0;
    this.lost = this.#events > 0 ? format(lostEvents, countText(this.#events)) : '';
    this.#timeline = vscode.getState()?.timeline;
    this.#protocol = vscode.getState()?.protocol;
    this.#path = vscode.getState()?.path;
  }

  /** Whether the user has opened the timeline, or closed it; undefined if neither. */
  get timeline(): boolean | undefined {
    return this.#timeline;
  }

  set timeline(isOpen: boolean | undefined) {
    this.#timeline = isOpen;
    if (this.#form) this.keep(this.#form);
  }

  /** Protocol that the user has chosen; undefined if none. */
  get protocol(): ProtocolChoice | undefined {
    return this.#protocol;
  }

  set protocol(protocol: ProtocolChoice | undefined) {
    this.#protocol = protocol;
    if (this.#form) this.keep(this.#form);
  }

  /** JSON path that the user has given with that choice; undefined if none. */
  get path(): GivenPath | undefined {
    return this.#path;
  }

  set path(path: GivenPath | undefined) {
    this.#path = path;
    if (this.#form) this.keep(this.#form);
  }

  /** Keeps how many events there are, for a page that is loaded when they are gone. At most once a second, as they come. */
  noteEvents({ events }: { events: number }, status: Pick<StreamStatus, 'recording' | 'state'> | undefined): void {
    const now = status?.recording ? 0 : events;
    // Until a request is made, the events of before are remembered.
    if (!this.#form || now === this.#events || (now === 0 && status?.state === 'idle' && !status.recording)) return;
    if (now > 0 && performance.now() - this.#keptAt < KEEP_TIME) return;
    [this.#events, this.#keptAt] = [now, performance.now()];
    this.keep(this.#form);
  }

  /** Keeps a form that the extension has sent to be shown. */
  show(form: RequestForm, id: string): void {
    [this.#id, this.#url] = [id, form.url];
    this.keep(form);
  }

  /** Keeps the form as last edited. */
  keep(form: RequestForm): void {
    this.#form = form;
    const [timeline, protocol, path] = [this.#timeline, this.#protocol, this.#path];
    const result = { ...(protocol !== undefined && { protocol }), ...(path !== undefined && { path }) };
    const view = { ...(timeline !== undefined && { timeline }), ...result };
    this.#vscode.setState({ form, id: this.#id, ...view, ...(this.#events > 0 && { events: this.#events }) });
  }

  /**
   * Returns the request to continue with; undefined if there is none. A page that was rebuilt after the host was lost only
   * has the state that VS Code kept. A request that isn't sent now isn't sent then, as a question about it may be open.
   */
  next(status: StreamStatus | undefined): NextRequest | undefined {
    const form = this.#form && { ...this.#form, lastEventId: resumeId(this.#form, status, this.#url) };
    const state = form ? { form, id: this.#id } : keptState(this.#vscode);
    if (!state) return undefined;
    const { lastEventId } = state.form;
    const reference: RequestReference = { id: state.id, digest: requestDigest(state.form), lastEventId };
    const isUnsent = status?.state === 'idle';
    const states = [state, reference].map((one) => ({ ...one, ...(isUnsent && { isUnsent }) }));
    return { form: state.form, states, isUnsent };
  }
}

/** Returns the state that VS Code has kept; undefined if it has no form, as that of another version may. */
function keptState(vscode: InspectorApi): InspectorPageState | undefined {
  const state = vscode.getState();
  const { url, method, headers, body, lastEventId } = state?.form ?? {};
  const isForm = [url, method, headers, body, lastEventId].every((text) => typeof text === 'string');
  return isForm ? state : undefined;
}
