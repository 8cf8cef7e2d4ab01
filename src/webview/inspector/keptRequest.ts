import type { InspectorPageState, RequestForm, RequestReference, StreamStatus } from '../../messages/inspector';
import { requestDigest } from '../../messages/requestDigest';
import type { InspectorApi } from './inspectorApi';
import { resumeId } from './request/resumeId';

/** The request that VS Code keeps while the window is reloaded, and whether the timeline is open. */
export class KeptRequest {
  readonly #api: InspectorApi;
  #form: RequestForm | undefined;
  /** URL of the last form that the extension sent, which it does at Connect and Disconnect. */
  #shownUrl = '';
  /** Id by which the extension knows the request. */
  #id = '';
  #timeline: boolean | undefined;

  constructor(api: InspectorApi) {
    this.#api = api;
    this.#timeline = api.getState()?.timeline;
  }

  /** Whether the user has opened the timeline, or closed it; undefined if neither. */
  get timeline(): boolean | undefined {
    return this.#timeline;
  }

  set timeline(isOpen: boolean | undefined) {
    this.#timeline = isOpen;
    this.#keep();
  }

  /** Keeps a form as the extension sent it. */
  show(form: RequestForm, id: string): void {
    [this.#id, this.#shownUrl] = [id, form.url];
    this.edit(form);
  }

  /** Keeps the form as last edited, with masks. */
  edit(form: RequestForm): void {
    this.#form = form;
    this.#keep();
  }

  /**
   * Returns the state with which a new panel will continue, and a reference to it; undefined if there is none. A page that
   * was rebuilt after the host was lost only has the state that VS Code kept.
   */
  continuation(
    status: StreamStatus | undefined,
  ): { state: InspectorPageState; reference: RequestReference } | undefined {
    const [form, id] = [this.#form, this.#id];
    const state = form
      ? { form: { ...form, lastEventId: resumeId(form, status, this.#shownUrl) }, id }
      : this.#api.getState();
    if (!state) return undefined;
    const { lastEventId } = state.form;
    return { state, reference: { id: state.id, digest: requestDigest(state.form), lastEventId } };
  }

  #keep(): void {
    if (!this.#form) return;
    const timeline = this.#timeline;
    this.#api.setState({ form: this.#form, id: this.#id, ...(timeline !== undefined && { timeline }) });
  }
}
