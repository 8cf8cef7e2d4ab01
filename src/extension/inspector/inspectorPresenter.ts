import { readData, readVisible } from '../../client/history/eventData';
import { MAX_NAME } from '../../client/history/eventNames';
import type { RecordedEvent } from '../../client/history/history';
import type { Exchange } from '../../client/http/exchange';
import type { Inspection } from '../../client/inspection';
import type {
  BodyNote,
  Change,
  EventRow,
  FromInspectorPage,
  HistoryState,
  RequestForm,
} from '../../messages/inspector';
import type { Outcome } from '../../messages/streamStatus';
import { visible } from '../../stream/visible';
import type { Turns } from '../../turns/turns';
import type { InspectorPanel } from './inspectorPanel';
import { bodyNote } from './response/bodyNote';
import { redirectRows } from './response/redirectLog';
import { headOf } from './response/responseHead';
import { streamStatus } from './response/streamStatus';
import type { RequestSecrets } from './stored/requestSecrets';
import { SecretActions } from './stored/secretActions';
import { TimelinePresenter } from './timelinePresenter';

/** Maximum size of the shown part of an event or a body, in bytes. */
const MAX_SHOWN = 1024 * 1024;
/** Maximum number of rows or lines in a message. */
const MAX_ROWS = 500;

export interface InspectorPresenterOptions {
  panel: InspectorPanel;
  inspection: Inspection;
  turns: Turns;
  secrets: RequestSecrets;
  outcome(): Outcome;
}

/** Sends the state of an inspection to the inspector's page, which itself only has the visible part. */
export class InspectorPresenter {
  readonly #panel: InspectorPanel;
  readonly #inspection: Inspection;
  readonly #turns: Turns;
  readonly timeline: TimelinePresenter;
  /** Number of the event that the page requested last. */
  #selected = 0;
  readonly #outcome: () => Outcome;
  readonly #secrets: SecretActions;
  /** Response that was shown last, the number of bytes shown of its body, and their decoder. */
  #shownResponse: Exchange | undefined;
  #shownBody = 0;
  #shownRedirects = '[]';
  #shownNote: BodyNote | undefined;
  #decoder = new TextDecoder();
  #shownNames: string[] = [];

  constructor({ panel, inspection, turns, secrets, outcome }: InspectorPresenterOptions) {
    this.#panel = panel;
    this.#turns = turns;
    this.#inspection = inspection;
    this.#outcome = outcome;
    this.timeline = new TimelinePresenter(panel, inspection);
    this.#secrets = new SecretActions({
      secrets,
      isVisible: () => panel.visible,
      response: () => this.#shownResponse,
      post: (message) => panel.post(message),
      focus: () => panel.reveal(),
    });
  }

  /** Sends everything to a new page. */
  showAll(form: RequestForm, id: string): void {
    [this.#shownResponse, this.#shownRedirects, this.#shownNames] = [undefined, '[]', []];
    this.showForm(form, id);
    this.show();
  }

  /** @param pasted see the message */
  showForm(form: RequestForm, id: string, pasted?: string): void {
    this.#panel.post({ type: 'form', form, id, ...(pasted === undefined ? {} : { pasted }) });
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

  /** Sends the changes; does nothing while the panel is hidden. */
  show(): void {
    if (!this.#panel.visible) return;
    const changes: Change[] = [
      { type: 'status', status: streamStatus(this.#inspection, this.#outcome()) },
      { type: 'history', history: this.#history() },
      ...this.#newRedirects(),
      ...this.#newResponse(),
    ];
    this.#panel.post({ type: 'update', changes });
  }

  /** Responds to a request of the page for something to show. */
  async handle(message: FromInspectorPage): Promise<void> {
    const { view, history } = this.#inspection;
    if (message.type === 'rows') {
      await this.#showRows(message.from, message.to);
    } else if (message.type === 'wire') {
      const from = Math.max(message.from, history.bytes.firstLine);
      const { generation } = view;
      const lines: string[] = [];
      for (const line of history.bytes.lines(from, Math.min(message.to, from + MAX_ROWS))) {
        lines.push(visible(line));
        if (this.#turns.isOver) await this.#turns.next();
      }
      this.#panel.post({ type: 'wire', generation, from, lines });
    } else if (message.type === 'timeline' || message.type === 'jump') {
      this.timeline.answer(message);
    } else if (message.type === 'select') {
      await this.#showDetail(message.number);
    } else if (message.type === 'showSecret' || message.type === 'copySecret') {
      await this.#secrets.act(message);
    }
  }

  /** Sends rows, read again from the bytes in turns: an event of 8 KB takes a millisecond. */
  async #showRows(first: number, end: number): Promise<void> {
    const { view } = this.#inspection;
    const { generation } = view;
    let from = Math.max(first, view.evicted);
    const to = Math.min(end, from + MAX_ROWS, view.evicted + view.rows);
    let rows: EventRow[] = [];
    for (let place = from; place < to; place += 1) {
      const event = view.at(place - view.evicted);
      const begins = this.timeline.beginningAt(place - view.evicted);
      if (event) rows.push({ ...this.#row(event), ...(begins && { begins }) });
      // The oldest may have been evicted meanwhile.
      else [from, rows] = [place + 1, []];
      if (this.#turns.isOver) await this.#turns.next();
      // After a change of the filter, the page requests the new rows.
      if (view.generation !== generation) return;
    }
    this.#panel.post({ type: 'rows', generation, from, rows });
  }

  async #showDetail(number: number): Promise<void> {
    const { history } = this.#inspection;
    const event = history.get(number);
    // A missing event also makes an earlier, unfinished request obsolete.
    this.#selected = number;
    if (!event) {
      this.#panel.post({ type: 'noDetail', number });
      return;
    }
    const [row, { omitted }, { bytes, at }] = [this.#row(event), event, history.snapshot()];
    const place = at(number);
    const shown = { ...place, end: Math.min(place.end, place.start + MAX_SHOWN) };
    const data = await readData(bytes, shown, this.#turns);
    const raw = await readVisible(bytes, shown, this.#turns);
    // Another event may have been selected meanwhile.
    if (number === this.#selected)
      this.#panel.post({ type: 'detail', row, data, raw, cut: shown.end < place.end, omitted });
  }

  #row(event: RecordedEvent): EventRow {
    const { number, time, gap, burst, start, end } = event;
    const preview = this.#inspection.history.preview(event);
    const [name, id] = [event.event.slice(0, MAX_NAME), event.id?.slice(0, MAX_NAME)];
    return { number, time, gap, burst, event: name, id, preview, size: end - start };
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

  #newRedirects(): Change[] {
    const redirects = redirectRows(this.#inspection.status);
    const text = JSON.stringify(redirects);
    if (text === this.#shownRedirects) return [];
    this.#shownRedirects = text;
    return [{ type: 'redirects', redirects }];
  }

  /** Returns the event types, unless the page knows them already: they may be many and long. */
  #newNames(names: string[]): string[] | undefined {
    const known = this.#shownNames;
    if (names.length === known.length && names.every((name, index) => name === known[index])) return undefined;
    this.#shownNames = names;
    return names;
  }

  /** Returns a new response once; for a growing body, only the new part. */
  #newResponse(): Change[] {
    const { response, isStream } = this.#inspection.status;
    const isNew = response !== this.#shownResponse;
    if (isNew) [this.#shownResponse, this.#shownBody, this.#decoder] = [response, 0, new TextDecoder()];
    if (!response) return isNew ? [{ type: 'noResponse' }] : [];
    const { body } = this.#inspection;
    const text = this.#decoder.decode(body.bytes.subarray(this.#shownBody), { stream: body.state === 'coming' });
    this.#shownBody = body.bytes.length;
    const note = bodyNote(isStream, body);
    const hasChanged = text !== '' || note !== this.#shownNote;
    this.#shownNote = note;
    if (isNew) return [{ type: 'response', ...headOf(response), isEventStream: isStream, body: text, note }];
    return hasChanged ? [{ type: 'body', text, note }] : [];
  }
}
