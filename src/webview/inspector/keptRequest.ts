import type { InspectorPageState, RequestForm, RequestReference, StreamStatus } from '../../messages/inspector';
import { requestDigest } from '../../messages/requestDigest';
import type { InspectorApi } from './inspectorApi';
import { resumeId } from './request/resumeId';

/** The request that VS Code keeps for the page, and with which a new panel will continue. */
export class KeptRequest {
  readonly #vscode: InspectorApi;
  #form: RequestForm | undefined;
  /** Id by which the extension knows the request. */
  #id = '';
  /** URL of the last form that the extension sent, which it does at Connect and Disconnect. */
  #url = '';

  constructor(vscode: InspectorApi) {
    this.#vscode = vscode;
  }

  /** Keeps a form that the extension has sent to be shown. */
  show(form: RequestForm, id: string): void {
    [this.#id, this.#url] = [id, form.url];
    this.keep(form);
  }

  /** Keeps the form as last edited. */
  keep(form: RequestForm): void {
    this.#form = form;
    this.#vscode.setState({ form, id: this.#id });
  }

  /**
   * Returns the request to continue with; undefined if there is none. A page that was rebuilt after the host was lost only
   * has the state that VS Code kept.
   */
  next(status: StreamStatus | undefined): { state: InspectorPageState; reference: RequestReference } | undefined {
    const form = this.#form && { ...this.#form, lastEventId: resumeId(this.#form, status, this.#url) };
    const state = form ? { form, id: this.#id } : this.#vscode.getState();
    if (!state) return undefined;
    const { lastEventId } = state.form;
    return { state, reference: { id: state.id, digest: requestDigest(state.form), lastEventId } };
  }
}
