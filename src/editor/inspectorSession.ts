import { env, type LogOutputChannel, l10n, type Uri, ViewColumn, type WebviewPanel, window, workspace } from 'vscode';
import { toCurl } from '../inspector/curl';
import type { EventFilter } from '../inspector/historyView';
import { Inspection } from '../inspector/inspection';
import { mask, unmask } from '../inspector/secrets';
import type { StreamRequest } from '../inspector/streamRequest';
import type { FromInspectorPage, RequestForm, SaveFormat } from '../messages/inspector';
import type { Turns } from '../turns/turns';
import { endReason } from './endReason';
import { saveEvents } from './exportEvents';
import { InspectorPage } from './inspectorPage';
import { InspectorPanel } from './inspectorPanel';
import { reasonOf } from './reason';
import { Recording } from './recording';
import { BadFormError, fromForm, maskForm, toForm, withoutMasks } from './requestForm';
import type { RecentRequest, RequestStore } from './requestStore';

/** A longer id is not asked for, in characters. */
const MAX_ID = 8000;

export interface InspectorSessionOptions {
  extensionUri: Uri;
  log: LogOutputChannel;
  store: RequestStore;
  turns: Turns;
  /** With masks for its secrets. */
  request: RecentRequest;
  /** The panel that VS Code kept while the window was reloaded. Default: a new one, with the focus. */
  restored?: WebviewPanel | undefined;
  onClose(): void;
}

/** One panel and the stream that it inspects. Closing the panel ends the request. */
export class InspectorSession {
  readonly #options: InspectorSessionOptions;
  readonly #panel: InspectorPanel;
  readonly #page: InspectorPage;
  readonly #inspection = new Inspection(() => this.#page.show());
  readonly #recording: Recording;
  #form: RequestForm;
  #secrets: string[] | undefined;
  /** The request whose events are shown, with masks: the form may have been edited since. */
  #shown: StreamRequest | undefined;
  #closed = false;

  constructor(options: InspectorSessionOptions) {
    this.#options = options;
    this.#form = options.request.form;
    this.#recording = new Recording({
      inspection: this.#inspection,
      turns: options.turns,
      save: () => this.#save('sse'),
      onError: (error) => this.#tell(error),
    });
    const handlers = {
      onReady: () => this.#welcome(),
      onVisible: () => this.#page.show(),
      onMessage: (message: FromInspectorPage) => this.#receive(message),
      onDispose: () => {
        this.close();
        options.onClose();
      },
    };
    this.#panel = new InspectorPanel(options.extensionUri, handlers, options.restored);
    this.#page = new InspectorPage(this.#panel, this.#inspection, () => this.#reason);
    this.#setTitle();
  }

  /** Makes the request that the form shows. */
  connect(): Promise<void> {
    return this.#connect(this.#form);
  }

  /** Ends the request, and a recording. Twice is fine. */
  close(): void {
    this.#closed = true;
    this.#inspection.close();
    this.#recording.close();
  }

  /** A page that is made anew has no filter, and no pause. */
  #welcome(): void {
    const { view } = this.#inspection;
    view.filter({ event: '', text: '', isRegExp: false });
    view.pause(false);
    this.#page.showAll(this.#form, this.#options.request.id);
  }

  #receive(message: FromInspectorPage): void {
    this.#act(message).catch((error: unknown) => this.#tell(error));
  }

  #tell(error: unknown): void {
    this.#options.log.error(reasonOf(error));
    void window.showErrorMessage(`SSE Counter: ${reasonOf(error)}`);
  }

  async #act(message: FromInspectorPage): Promise<void> {
    const { view } = this.#inspection;
    switch (message.type) {
      case 'connect':
        return this.#connect(message.form);
      case 'edited':
        return this.#keep(message.form);
      case 'disconnect':
        return this.#disconnect();
      case 'reconnectNow':
        return this.#inspection.reconnectNow();
      case 'filter':
        return this.#filter(message);
      case 'pause':
        return view.pause(message.paused);
      case 'clear':
        return this.#inspection.clear();
      case 'copyEvent':
        return this.#copyEvent(message.number);
      case 'copyCurl':
        return env.clipboard.writeText(toCurl(fromForm(this.#form)));
      case 'openData':
        return this.#openData(message.number);
      case 'save':
        return this.#save(message.format);
      case 'record':
        return message.recording ? this.#recording.start(this.#form.url) : this.#recording.stop();
      default:
        return this.#page.answer(message);
    }
  }

  async #connect(form: RequestForm): Promise<void> {
    try {
      const {
        store,
        request: { id },
        log,
      } = this.#options;
      const known = await this.#knownSecrets();
      if (this.#closed) return;
      const { request, secrets } = mask(fromForm(form), known);
      this.#secrets = secrets;
      this.#form = { ...toForm(request), lastEventId: form.lastEventId, reconnect: form.reconnect };
      this.#setTitle();
      this.#page.showForm(this.#form, id);
      log.info(l10n.t('Inspecting {0} {1}', request.method, request.url));
      this.#start(request, withoutMasks(unmask(request, secrets)));
      await store.remember({ id, form: this.#form }, secrets);
    } catch (error) {
      if (!(error instanceof BadFormError)) throw error;
      this.#panel.post({ type: 'badRequest', reason: error.message });
    }
  }

  /** What was typed outlives a reload: what is secret of it in SecretStorage. */
  async #keep(form: RequestForm): Promise<void> {
    const { store, request } = this.#options;
    const masked = maskForm(form, await this.#knownSecrets());
    this.#secrets = masked.secrets;
    this.#form = masked.form;
    await store.keepSecrets(request.id, masked.secrets);
    this.#panel.post({ type: 'keep', form: masked.form });
  }

  async #knownSecrets(): Promise<string[]> {
    const { store, request } = this.#options;
    return this.#secrets ?? (await store.secrets(request.id));
  }

  #save(format: SaveFormat): Promise<void> {
    const [inspection, request, { turns }] = [this.#inspection, this.#shown ?? fromForm(this.#form), this.#options];
    return saveEvents({ inspection, request, format, turns });
  }

  /** @param masked the same request, for eyes */
  #start(masked: StreamRequest, request: StreamRequest): void {
    const text = (one?: StreamRequest) => JSON.stringify({ ...one, insecure: undefined });
    // Another stream begins anew; the same one goes on.
    if (text(masked) !== text(this.#shown)) this.#inspection.clear();
    this.#shown = masked;
    this.#inspection.connect(request, this.#form);
  }

  #disconnect(): void {
    this.#inspection.disconnect();
    // Connect goes on where this stops; no server takes an id that is larger than its headers may be.
    const { lastEventId } = this.#inspection.status;
    if (lastEventId.length <= MAX_ID) this.#form = { ...this.#form, lastEventId };
    this.#page.showForm(this.#form, this.#options.request.id);
  }

  #filter(filter: EventFilter): void {
    try {
      const reason = l10n.t('The regular expression takes too long. It is not applied.');
      this.#inspection.view.filter(filter, () => this.#panel.post({ type: 'badFilter', reason }));
    } catch (error) {
      this.#panel.post({ type: 'badFilter', reason: reasonOf(error) });
    }
  }

  async #copyEvent(number: number): Promise<void> {
    const block = this.#page.block(number);
    if (block !== undefined) await env.clipboard.writeText(block);
  }

  async #openData(number: number): Promise<void> {
    const data = this.#page.data(number);
    if (data === undefined) return;
    const document = await workspace.openTextDocument({ content: data, language: isJson(data) ? 'json' : 'plaintext' });
    await window.showTextDocument(document, ViewColumn.Beside);
  }

  get #reason(): string | undefined {
    const { end, unfinished, answer } = this.#inspection.status;
    if (!end || !this.#shown) return undefined;
    const reason = endReason(end, this.#shown.url, answer);
    return unfinished ? `${reason} ${l10n.t('Its last event was not complete, and was dropped.')}` : reason;
  }

  #setTitle(): void {
    const { url } = this.#form;
    const title = URL.canParse(url) ? `${new URL(url).host}${new URL(url).pathname}` : url;
    this.#panel.title = title === '' ? l10n.t('Event Stream') : title;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    // It is no JSON, and no fault.
    return false;
  }
}
