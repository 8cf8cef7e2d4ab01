import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { type ExtensionContext, l10n, type QuickPickItem, Uri, type WebviewPanel, window } from 'vscode';
import { RecordedFiles } from '../../client/files/recordedFiles';
import { MAX_TEXT } from '../../client/request/requestLimits';
import { mask } from '../../client/request/secrets/secrets';
import { notesOn } from '../../client/requestNotes';
import type { RequestReference } from '../../messages/inspector';
import { PIECE_COST, shorten } from '../../text/textCost';
import { ReadingLimit } from '../../turns/readingLimit';
import type { Turns } from '../../turns/turns';
import type { Log } from '../shared/output/log';
import { askForText, pickOne, tellWarning } from '../shared/output/tell';
import { fieldsOf } from '../shared/panel/fields';
import { PanelTitles } from '../shared/panel/panelTitles';
import { INSPECTOR_PANEL } from '../shared/panel/viewTypes';
import { selectedText } from '../shared/selectedText';
import { DismissedFindings } from './findings/dismissedFindings';
import { BoxText } from './form/boxText';
import { toForm } from './form/requestForm';
import { InspectorSession } from './inspectorSession';
import type { InspectorSessionOptions } from './inspectorSessionOptions';
import type { Pasted } from './pasted/pastedRequest';
import { RequestReader } from './pasted/requestReader';
import { activeFolder } from './pasted/workspaceFile';
import { DataDocuments } from './saving/dataDocuments';
import { SaveDialog } from './saving/saveDialog';
import { type RecentRequest, RequestStore } from './stored/requestStore';
import { readReference, readStored } from './stored/storedRequest';
import { menuMessage } from './table/menuMessage';

/** Maximum length of a body in the list of recent requests, in UTF-16 code units. */
const MAX_BODY_SHOWN = 200;

/** The inspector's commands and open sessions. */
export class InspectorCommands {
  readonly #context: ExtensionContext;
  readonly #log: Log;
  readonly #turns: Turns;
  /** Time limit for reading, shared by the streams of all panels. */
  readonly #reading: ReadingLimit;
  readonly #store: RequestStore;
  readonly #titles: PanelTitles;
  readonly #dialog = new SaveDialog();
  readonly #documents = new DataDocuments();
  readonly #recorded = new RecordedFiles();
  readonly #dismissed: DismissedFindings;
  readonly #reader: RequestReader;
  #isClosed = false;
  readonly #sessions = new Set<InspectorSession>();

  constructor(context: ExtensionContext, log: Log, turns: Turns) {
    [this.#context, this.#log, this.#turns] = [context, log, turns];
    this.#reading = new ReadingLimit(turns);
    this.#store = new RequestStore(context.globalState, context.secrets, log);
    this.#store.forgetLeftOver().catch((error: unknown) => log.error(error));
    this.#dismissed = new DismissedFindings(context.workspaceState);
    this.#titles = new PanelTitles(INSPECTOR_PANEL, context.workspaceState, log);
    const file = Uri.joinPath(context.extensionUri, 'dist', 'requestThread.cjs').fsPath;
    this.#reader = new RequestReader({ file, log });
  }

  /**
   * Asks for a URL or a curl command, connects, and opens a panel with the focus.
   * @param given text to inspect without asking; if it can't be, the user is asked after all
   * @returns the session; undefined if the user cancels, or enters nothing: then the panel is empty, and offers ways to begin
   */
  async inspect(given?: string): Promise<InspectorSession | undefined> {
    // Before the panel takes the editor's place.
    const folder = activeFolder();
    const read = given ? await this.#reader.read(given) : undefined;
    const pasted = read?.parsed ? read : await this.#askFor(given);
    if (!pasted || this.#isClosed) return undefined;
    if (pasted !== 'nothing') return this.#inspect(pasted, folder);
    this.#open({
      request: { id: randomUUID(), form: toForm({ method: 'GET', url: '', headers: [], insecure: false }) },
    });
    return undefined;
  }

  /** Asks what a diagnosis may do. @param url see `record` */
  async diagnose(url?: string): Promise<void> {
    const session = await this.#sessionFor(url);
    session?.findings.askDiagnosis();
  }

  /** Does what was chosen in the menu of the panel that the user works in. @param name see `menuMessage` */
  actOnPlace(name: string, place: unknown): void {
    const message = menuMessage(name, place);
    if (message) this.#active?.panel.post(message);
  }

  /**
   * Records a stream. Asks for the file.
   * @param url stream to inspect for that. Default: that of the panel that the user works in; else the user is asked for one
   */
  async record(url?: string): Promise<void> {
    const session = await this.#sessionFor(url);
    await session?.record();
  }

  /** Inspects the selection in the active editor; if it is empty, the line of the cursor. */
  async inspectSelection(): Promise<void> {
    const { document, selection } = window.activeTextEditor ?? {};
    if (!document || !selection) return void (await this.inspect());
    const range = selection.isEmpty ? document.lineAt(selection.active).range : selection;
    // A longer text is read no further than to be reported as too long.
    const text = selectedText({ document, selection: range }, MAX_TEXT + 2);
    await this.inspect(text.length > MAX_TEXT ? text : text.trim());
  }

  /** Offers the most recent requests. */
  async inspectRecent(): Promise<void> {
    const { recent } = this.#store;
    if (recent.length === 0) {
      await this.inspect();
      return;
    }
    const items = recent.map((request): QuickPickItem & { request: RecentRequest } => {
      const { method, url, headers, body } = request.form;
      const detail = [headers.replaceAll('\n', ' · '), body.slice(0, MAX_BODY_SHOWN)].filter(Boolean).join(' · ');
      return { label: url, description: method, detail, request };
    });
    const placeHolder = l10n.t('Choose a request that was inspected before');
    const picked = await pickOne(items, { placeHolder });
    if (!picked) return;
    // A new id, because two panels with the same one would take each other's secrets for theirs. And invalid certificates
    // are accepted only for the request that said so.
    const request = { id: randomUUID(), form: { ...picked.request.form, insecure: false } };
    await this.#open({ request, secrets: await this.#store.secrets(picked.request.id) }).connect();
  }

  /** Restores a panel that VS Code kept while the window was reloaded; it connects when the user says so. */
  restore(panel: WebviewPanel, state: unknown): Promise<void> | undefined {
    const request = readStored(state);
    if (request) {
      if (this.#sessionOf(request.id)) return this.#restoreBeside(panel, request);
      this.#open({ request, restored: panel });
      return undefined;
    }
    // There is no state if the page was not loaded far enough to save it.
    if (state) this.#log.warn(l10n.t('A panel can’t be restored and is closed.'));
    panel.dispose();
    return undefined;
  }

  /** Connects in a new panel with a page's state, unless its panel is open. @throws if the state is invalid */
  async goOn(state: unknown): Promise<void> {
    const request = readStored(state) ?? this.#find(readReference(state));
    // Before it opens: VS Code 1.100 recreates its tabs when a panel opens, which would make the known one invalid.
    if (!this.#sessionOf(request.id)) await this.#titles.closeLeft(request.id);
    if (this.#isClosed) return;
    const open = this.#sessionOf(request.id);
    if (open) return open.panel.reveal();
    const session = this.#open({ request });
    // A request that wasn't sent may lack values that were being asked for.
    if (fieldsOf(state)['isUnsent'] !== true) await session.connect();
  }

  /** Ends all requests. Leaves the panels to the window. */
  dispose(): void {
    this.#isClosed = true;
    for (const session of this.#sessions) session.close();
    for (const part of [this.#reader, this.#documents]) part.dispose();
  }

  get #active(): InspectorSession | undefined {
    return [...this.#sessions].find(({ panel }) => panel.active);
  }

  async #sessionFor(url: string | undefined): Promise<InspectorSession | undefined> {
    return url === undefined ? (this.#active ?? (await this.inspect())) : this.inspect(url);
  }

  #find(reference: RequestReference | undefined): RecentRequest {
    if (!reference) throw new Error(l10n.t('The panel’s state can’t be read.'));
    const found = this.#store.find(reference);
    if (!found)
      throw new Error(
        l10n.t(
          'The request is too large to go on with, as it has changed since it was sent. “Inspect Recent Event Stream…” has it as it was.',
        ),
      );
    return found;
  }

  #sessionOf(id: string): InspectorSession | undefined {
    return [...this.#sessions].find((session) => session.isOf(id));
  }

  /**
   * Restores a panel whose request another one has: the panel that a killed host has left, and the one that continued its
   * request, may both be restored. Gives it an id of its own.
   */
  async #restoreBeside(restored: WebviewPanel, { id, form }: RecentRequest): Promise<void> {
    const secrets = await this.#store.secrets(id);
    await this.#open({ request: { id: randomUUID(), form }, secrets, restored }).keep();
  }

  /**
   * Asks for a text to inspect.
   * @param given an invalid text, which can be edited; if the input box would hang with it, only its problem is shown
   */
  async #askFor(given = ''): Promise<Pasted | 'nothing' | undefined> {
    const isShort = shorten(given, PIECE_COST) === given;
    const prompt = l10n.t('A URL, or a curl command as a browser or an API’s docs give it');
    const problem = isShort ? undefined : (await this.#reader.read(given)).problem;
    const box = new BoxText(given);
    const line = await askForText({
      title: l10n.t('Inspect Event Stream'),
      prompt: problem === undefined ? prompt : l10n.t('The given text can’t be used: {0}', problem),
      placeHolder: 'https://example.com/events',
      value: isShort ? given : '',
      problemOf: async (text) => (text.trim() === '' ? undefined : this.#reader.problemOf(await box.whole(text))),
    });
    if (line?.trim() === '') return 'nothing';
    const read = line === undefined ? undefined : await this.#reader.read(await box.whole(line));
    return read?.parsed ? read : undefined;
  }

  /** Opens a panel, and asks there for the values that the request lacks. @param folder see `InspectorSession.take` */
  async #inspect(pasted: Pasted, folder: string | undefined): Promise<InspectorSession> {
    const { request, notes } = pasted.parsed;
    const { request: masked, secrets } = mask(request);
    const isAsking = notes.some(({ code }) => code === 'placeholder' || code === 'file');
    const session = this.#open({ request: { id: randomUUID(), form: toForm(masked, request) }, secrets, isAsking });
    const remarks = notesOn(l10n.t, notes);
    // The request was searched for secrets just now, and will be again: too much for one turn.
    await setImmediate();
    const done = isAsking ? session.take(pasted, folder) : session.connect();
    if (remarks !== undefined) void tellWarning(l10n.t('Pasted request: {0}', remarks));
    await done;
    return session;
  }

  #open(given: Pick<InspectorSessionOptions, 'request' | 'secrets' | 'restored' | 'isAsking'>): InspectorSession {
    const { extensionUri, workspaceState: memory } = this.#context;
    const onClose = () => void this.#sessions.delete(session);
    const [log, store, titles, turns] = [this.#log, this.#store, this.#titles, this.#turns];
    const [reader, reading, dialog, recorded] = [this.#reader, this.#reading, this.#dialog, this.#recorded];
    const [documents, dismissed] = [this.#documents, this.#dismissed];
    const shared = { log, store, titles, turns, reader, reading, dialog, documents, recorded, dismissed };
    const options = { extensionUri, memory, ...shared, ...given, onClose };
    const session = new InspectorSession(options);
    this.#sessions.add(session);
    return session;
  }
}
