import { commands, type Memento } from 'vscode';
import { readData, readVisible } from '../../client/history/eventData';
import type { Inspection } from '../../client/inspection';
import type { Change, FromInspectorPage, HistoryState, RequestForm, ToInspectorPage } from '../../messages/inspector';
import type { WireLine } from '../../messages/rows';
import type { Outcome } from '../../messages/streamStatus';
import { visible } from '../../stream/visible';
import { LatestTask } from '../../turns/latestTask';
import type { Turns } from '../../turns/turns';
import { FindPresenter, isAboutFind } from './find/findPresenter';
import { isAboutFindings, type StreamFindings } from './findings/streamFindings';
import type { InspectorPanel } from './inspectorPanel';
import { ResponseChanges } from './response/responseChanges';
import { streamStatus } from './response/streamStatus';
import { isAboutResults, type StreamResults } from './result/streamResults';
import type { RequestSecrets } from './stored/requestSecrets';
import { SecretActions } from './stored/secretActions';
import { EventRows } from './table/eventRows';
import { TableLayouts } from './table/tableLayouts';
import { TimelinePresenter } from './timelinePresenter';

/** Maximum size of the shown part of an event or a body, in bytes. */
const MAX_SHOWN = 1024 * 1024;
/** Maximum number of lines in a message. */
const MAX_LINES = 500;

export interface InspectorPresenterOptions {
  panel: InspectorPanel;
  inspection: Inspection;
  turns: Turns;
  secrets: RequestSecrets;
  requests: { readonly outcome: Outcome };
  /** Explanations of what the stream does. Default: none. */
  findings?: StreamFindings | undefined;
  /** Results of the stream. Default: none are shown. */
  results?: StreamResults | undefined;
  /** Memory of the workspace, which keeps the table's layout. Default: it isn't kept. */
  memory?: Memento | undefined;
}

/** Sends the state of an inspection to the inspector's page, which itself only has the visible part. */
export class InspectorPresenter {
  readonly #panel: InspectorPanel;
  readonly #inspection: Inspection;
  readonly #turns: Turns;
  readonly #timeline: TimelinePresenter;
  /** Number of the event that the page requested last. */
  #selected = 0;
  readonly #requests: InspectorPresenterOptions['requests'];
  readonly #secrets: SecretActions;
  readonly #findings: StreamFindings | undefined;
  readonly #results: StreamResults | undefined;
  readonly #response: ResponseChanges;
  readonly #rows: EventRows;
  readonly #layouts: TableLayouts;
  readonly #find: FindPresenter;
  #shownNames: string[] = [];
  /** Requests of the page that are read in turns: a megabyte each, so that any number at once would fill the memory. */
  readonly #asked = { rows: new LatestTask(), wire: new LatestTask(), detail: new LatestTask() };

  constructor(options: InspectorPresenterOptions) {
    const { panel, inspection, turns, secrets, requests, findings, results, memory } = options;
    this.#panel = panel;
    this.#turns = turns;
    this.#inspection = inspection;
    [this.#requests, this.#findings, this.#results] = [requests, findings, results];
    this.#timeline = new TimelinePresenter(panel, inspection, turns, () => findings?.marks ?? []);
    this.#response = new ResponseChanges(inspection);
    const post = (message: ToInspectorPage) => panel.post(message);
    this.#rows = new EventRows({
      inspection,
      turns,
      post,
      addedBy: (number) => results?.addedBy(number),
      beginningAt: (row) => this.#timeline.beginningAt(row),
    });
    this.#layouts = new TableLayouts(memory, post);
    this.#find = new FindPresenter(inspection, post);
    this.#secrets = new SecretActions({
      secrets,
      isVisible: () => panel.visible,
      response: () => this.#response.shown,
      post,
      focus: () => panel.reveal(),
    });
  }

  /** Sends everything to a new page. */
  showAll(form: RequestForm, id: string): void {
    this.#shownNames = [];
    this.#response.forget();
    this.#findings?.forgetShown();
    this.#results?.forgetShown();
    this.#layouts.forgetShown();
    this.#find.close();
    this.showForm(form, id);
    this.show();
  }

  /** @param pasted see the message */
  showForm(form: RequestForm, id: string, pasted?: string): void {
    this.#panel.post({ type: 'form', form, id, ...(pasted === undefined ? {} : { pasted }) });
    this.#layouts.show(form.url);
    void this.#secrets.list(form);
  }

  /** Has VS Code keep the edited form, with masks. */
  keepForm(form: RequestForm): void {
    this.#panel.post({ type: 'keep', form });
    void this.#secrets.list(form);
  }

  /**
   * Shows that something was copied, and returns the focus from a question to the page.
   * @param note see the message; undefined if nothing was copied
   */
  noteCopied(what: 'curl' | 'event', note: string | undefined): void {
    if (what === 'curl') this.#panel.reveal();
    if (note !== undefined) this.#panel.post({ type: 'copied', what, note });
  }

  /** Ends what it has begun. Can be called repeatedly. */
  close(): void {
    this.#find.close();
  }

  /** Sends the changes; does nothing while the panel is hidden. */
  show(): void {
    if (!this.#panel.visible) return;
    const findings = this.#findings?.change();
    const changes: Change[] = [
      { type: 'status', status: streamStatus(this.#inspection, this.#requests.outcome) },
      { type: 'history', history: this.#history() },
      ...this.#response.take(),
      ...(findings ? [{ type: 'findings' as const, findings }] : []),
    ];
    this.#panel.post({ type: 'update', changes });
    this.#results?.show();
    this.#find.show();
  }

  /** Responds to a request of the page for something to show. */
  async handle(message: FromInspectorPage): Promise<void> {
    if (message.type === 'rows') {
      await this.#asked.rows.run(() => this.#rows.send(message));
    } else if (message.type === 'wire') {
      await this.#asked.wire.run(() => this.#showLines(message));
    } else if (message.type === 'timeline' || message.type === 'jump') {
      await this.#timeline.answer(message);
    } else if (message.type === 'offer') {
      await commands.executeCommand(
        message.offer === 'recent' ? 'sseCounter.inspectRecent' : 'sseCounter.inspectCounter',
      );
    } else if (message.type === 'select') {
      // A missing event also makes an earlier, unfinished request obsolete.
      this.#selected = message.number;
      await this.#asked.detail.run(() => this.#showDetail(message.number));
    } else if (message.type === 'showSecret' || message.type === 'copySecret') {
      await this.#secrets.act(message);
    } else if (message.type === 'keepLayout') {
      await this.#layouts.keep(message.layout);
    } else if (isAboutFind(message)) {
      this.#find.act(message);
    } else if (isAboutFindings(message)) {
      await this.#findings?.act(message);
    } else if (isAboutResults(message)) {
      await this.#results?.act(message);
    }
  }

  async #showLines({ from: first, to }: Extract<FromInspectorPage, { type: 'wire' }>): Promise<void> {
    const { view, history, lines: all } = this.#inspection;
    const from = Math.max(first, history.bytes.firstLine);
    const { generation } = view;
    const lines: WireLine[] = [];
    for (const { bytes, time } of all.between(from, Math.min(to, from + MAX_LINES))) {
      lines.push(time === undefined ? { text: visible(bytes) } : { text: visible(bytes), time });
      if (this.#turns.isOver) await this.#turns.next();
    }
    this.#panel.post({ type: 'wire', generation, from, lines });
  }

  async #showDetail(number: number): Promise<void> {
    const { history } = this.#inspection;
    const event = history.get(number);
    if (!event) {
      this.#panel.post({ type: 'noDetail', number });
      return;
    }
    const [row, { omitted }, { bytes, at }] = [this.#rows.row(event), event, history.snapshot()];
    const place = at(number);
    const shown = { ...place, end: Math.min(place.end, place.start + MAX_SHOWN) };
    const data = await readData(bytes, shown, this.#turns);
    const raw = await readVisible(bytes, shown, this.#turns);
    // Another event may have been selected meanwhile.
    if (number === this.#selected)
      this.#panel.post({ type: 'detail', row, data, raw, cut: shown.end < place.end, omitted });
  }

  #history(): HistoryState {
    const { view, history } = this.#inspection;
    const isEmpty = history.bytes.start === history.bytes.size;
    return {
      generation: view.generation,
      rows: view.rows,
      evictedRows: view.evicted,
      events: history.count - history.cleared,
      bytes: history.bytesSinceClear,
      cleared: history.cleared,
      evicted: history.evicted,
      pending: view.pending,
      searching: view.searching,
      eventNames: this.#newNames([...this.#inspection.eventNames]),
      wireLines: isEmpty ? 0 : history.bytes.lineCount - history.bytes.firstLine,
      evictedLines: history.bytes.firstLine,
    };
  }

  /** Returns the event types, unless the page knows them already: they may be many and long. */
  #newNames(names: string[]): string[] | undefined {
    const known = this.#shownNames;
    if (names.length === known.length && names.every((name, index) => name === known[index])) return undefined;
    this.#shownNames = names;
    return names;
  }
}
