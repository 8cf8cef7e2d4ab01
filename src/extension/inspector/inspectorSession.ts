import { l10n, ViewColumn } from 'vscode';
import { Inspection } from '../../client/inspection';
import { asSent } from '../../client/request/streamRequest';
import type { FromInspectorPage, NextStep, RequestForm, SaveFormat } from '../../messages/inspector';
import { tellFailure } from '../shared/output/tell';
import { applyFilter } from './applyFilter';
import { StreamFindings } from './findings/streamFindings';
import { BadFormError, fromForm, isTooLarge, toForm } from './form/requestForm';
import { requestTitle } from './form/requestTitle';
import { type InspectorPanel, openInspectorPanel } from './inspectorPanel';
import { InspectorPresenter } from './inspectorPresenter';
import type { InspectorSessionOptions } from './inspectorSessionOptions';
import { forgottenText } from './pasted/bodyFiles';
import { copyCurl } from './pasted/curlCopy';
import { PastedForm } from './pasted/pastedForm';
import type { Pasted } from './pasted/pastedRequest';
import { type ClickPermissions, RequestMaker } from './requestMaker';
import { StreamResults } from './result/streamResults';
import { ResumePoint } from './resumePoint';
import { EventActions } from './saving/eventActions';
import { Recording } from './saving/recording';
import { saveEvents } from './saving/saveEvents';
import { RequestSecrets } from './stored/requestSecrets';

/** A panel and the stream that it inspects. Closing the panel ends the request. */
export class InspectorSession {
  readonly #options: InspectorSessionOptions;
  readonly panel: InspectorPanel;
  readonly #page: InspectorPresenter;
  readonly #inspection = new Inspection(() => this.#show());
  readonly #recording: Recording;
  readonly #secrets: RequestSecrets;
  readonly #requests: RequestMaker;
  readonly #resume: ResumePoint;
  readonly #events: EventActions;
  readonly #pasted: PastedForm;
  readonly findings: StreamFindings;
  /** Records the stream to a file that the user chooses. */
  readonly record = () => this.#recording.start(this.#form.url);
  #form: RequestForm;
  /** Reason why the form can't be sent, and whether the field is in the collapsible part; undefined if it can be sent. */
  #problem: { reason: string; inFields: boolean } | undefined;
  #closed = false;

  constructor(options: InspectorSessionOptions) {
    const { extensionUri, store, titles, request, secrets, log, restored, isAsking } = options;
    [this.#options, this.#form] = [options, request.form];
    this.#recording = new Recording({
      ...options,
      inspection: this.#inspection,
      save: () => this.#save('sse'),
      onError: (error) => tellFailure(error, log),
    });
    this.#events = new EventActions(this.#inspection, options, () => this.#form.url);
    this.#secrets = new RequestSecrets(store, request.id, secrets);
    this.#pasted = new PastedForm({
      reader: options.reader,
      secrets: this.#secrets,
      show: (form, pasted) => this.#showPasted(form, pasted),
      showProblem: (reason, inFields) => this.#showProblem(reason, inFields),
    });
    this.#resume = new ResumePoint(request.form);
    this.#requests = new RequestMaker(this.#inspection, log, options.reading);
    this.panel = openInspectorPanel({
      extensionUri,
      log,
      restored,
      place: isAsking ? { viewColumn: ViewColumn.Active, preserveFocus: true } : undefined,
      named: { titles, name: request.id },
      onReady: () => this.#welcome(),
      onVisible: () => this.#page.show(),
      onMessage: (message) => this.#watch(this.#act(message)),
      onDispose: () => {
        this.#end();
        // Until all data are in its file, `close` can finish it synchronously.
        this.#watch(this.#recording.leave().finally(options.onClose));
        this.#watch(store.release(request.id));
      },
    });
    this.#watch(store.hold(request.id));
    const parts = { ...options, panel: this.panel, inspection: this.#inspection, requests: this.#requests };
    const [onChange, disconnect] = [() => this.#page.show(), () => this.#disconnect()];
    this.findings = new StreamFindings({ ...parts, onChange, disconnect });
    const results = new StreamResults(parts);
    this.#page = new InspectorPresenter({ ...parts, secrets: this.#secrets, findings: this.findings, results });
    this.panel.title = requestTitle(this.#form.url);
    if (restored && this.#form.bodyFile !== undefined) this.#showProblem(forgottenText(this.#form.bodyFile), true);
  }

  /** Whether the panel is open and belongs to that request. */
  isOf(id: string): boolean {
    return !this.#closed && this.#options.request.id === id;
  }

  /** Sends the request that the form shows. */
  connect(): Promise<void> {
    return this.#connect(this.#form);
  }

  /** Asks for the values that the pasted request lacks, then sends it, and takes the focus. @param folder as of `PastedForm.take` */
  async take(pasted: Pasted, folder: string | undefined): Promise<void> {
    if (await this.#pasted.take(pasted, folder)) await this.connect();
    if (!this.#closed) this.panel.reveal();
  }

  /** Stores the request for a reload, including its secrets, without sending it. */
  readonly keep = () => this.#secrets.keep(this.#form);

  /** Ends the request and the recording. Can be called repeatedly. */
  close(): void {
    this.#end();
    this.#recording.close();
  }

  #end(): void {
    this.#closed = true;
    for (const part of [this.#inspection, this.findings, this.#requests, this.#page, this.#pasted]) part.close();
  }

  /** Sends everything to a new page, which has no filter and no pause. */
  #welcome(): void {
    const { view } = this.#inspection;
    view.filter({ event: '', text: '', isRegExp: false });
    view.pause(false);
    this.#page.showAll(this.#form, this.#options.request.id);
    if (this.#problem) this.panel.post({ type: 'badRequest', ...this.#problem });
  }

  #show(): void {
    if (!this.#closed) {
      this.#requests.logRedirects();
      this.#keep(this.#resume.ended(this.#inspection, this.#requests.made, this.#form));
    }
    this.#page.show();
  }

  /** Reports a failure to the user. */
  #watch(done: Promise<void>): void {
    done.catch((error: unknown) => tellFailure(error, this.#options.log));
  }

  async #act(message: FromInspectorPage): Promise<void> {
    const { view } = this.#inspection;
    switch (message.type) {
      case 'connect':
        return this.#connect(message.form);
      case 'paste':
        return message.text === undefined && !this.panel.visible ? undefined : this.#pasted.paste(message.text);
      case 'edited':
        return this.#edited(message.form, message.done);
      case 'disconnect':
        return this.#disconnect();
      case 'nextStep':
        return this.#takeStep(message.step);
      case 'reconnectNow':
        return this.#inspection.reconnectNow();
      case 'filter':
        return applyFilter(view, message, (reason) => this.panel.post({ type: 'badFilter', reason }));
      case 'pause':
        return view.pause(message.paused);
      case 'clear':
        return this.#requests.clear();
      case 'copyEvent':
      case 'copyData':
        return this.#page.noteCopied('event', await this.#events.copy(message.number, message.type));
      case 'copyCurl':
        return this.#page.noteCopied('curl', await copyCurl(() => this.#form, this.#secrets));
      case 'openData':
        return this.#events.openData(message.number);
      case 'save':
        return this.#save(message.format, message.shown);
      case 'record':
        return message.recording ? this.record() : this.#recording.stop();
      default:
        return this.#page.handle(message);
    }
  }

  async #connect(form: RequestForm, permissions?: ClickPermissions): Promise<void> {
    this.#problem = undefined;
    try {
      const { store, request, log } = this.#options;
      const filled = await this.#pasted.filled(form);
      const ready = filled && (await this.#secrets.ready(filled));
      if (this.#closed || !ready) return;
      const { masked } = ready;
      const shown = toForm(masked);
      const lastEventId = form.lastEventId || shown.lastEventId;
      this.#form = this.#resume.check({ ...shown, lastEventId, reconnect: form.reconnect });
      this.panel.title = requestTitle(this.#form.url);
      this.#page.showForm(this.#form, request.id);
      log.info(l10n.t('Inspecting {0} {1}', masked.method, masked.url));
      this.findings.restart();
      this.#requests.make({ ...ready, lastEventId: this.#form.lastEventId, reconnect: form.reconnect }, permissions);
      await store.remember({ id: request.id, form: this.#form }, await this.#secrets.of(this.#form));
    } catch (error) {
      if (!(error instanceof BadFormError)) throw error;
      this.#showProblem(error.message, form.bodyFile !== undefined);
    }
  }

  #showPasted(form: RequestForm, pasted: string | undefined): void {
    if (this.#closed) return;
    [this.#form, this.#problem] = [this.#resume.check(form), undefined];
    this.#page.showForm(this.#form, this.#options.request.id, pasted);
  }

  /** Shows at the form why it isn't sent. */
  #showProblem(reason: string, inFields = false): void {
    this.#problem = { reason, inFields };
    this.panel.post({ type: 'badRequest', reason, inFields });
  }

  async #takeStep(step: NextStep): Promise<void> {
    const taken = await this.#secrets.settled().then(() => this.#requests.take(step, this.#form));
    if (taken) await this.#connect(taken.form, taken.permissions);
  }

  /** Keeps the edited form over a reload, with its secrets in SecretStorage. */
  async #edited(edited: RequestForm, done: boolean): Promise<void> {
    // A form that is too large can't be sent, and searching it for secrets at each pause in typing takes too long.
    if (this.#closed || isTooLarge(edited)) return;
    const form = this.#resume.check(await this.#secrets.edited(edited, done));
    if (this.#closed) return;
    if (done) this.#form = this.#pasted.edited(form);
    // While the method is being typed, the checkbox follows it.
    if (form.method === this.#requests.made?.method) this.#inspection.reconnect = form.reconnect;
    this.#page.keepForm(form);
  }

  #save(format: SaveFormat, shown = false): Promise<void> {
    const request = () => this.#requests.sent ?? asSent(fromForm(this.#form), this.#form.lastEventId);
    return saveEvents({ ...this.#options, inspection: this.#inspection, request, format, shown });
  }

  #disconnect(): void {
    if (!this.#inspection.running) return;
    this.#requests.leave();
    const url = this.#requests.made?.url ?? this.#form.url;
    this.#form = this.#resume.leave(url, this.#inspection.status.lastEventId, this.#form);
    this.#page.showForm(this.#form, this.#options.request.id);
  }

  #keep(form: RequestForm): void {
    if (form === this.#form) return;
    this.#form = form;
    this.#page.showForm(form, this.#options.request.id);
  }
}
