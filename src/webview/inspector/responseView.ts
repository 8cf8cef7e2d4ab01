import type { BodyNote, Change, InspectorStrings, StreamStatus } from '../../messages/inspector';
import type { FromSecrets } from '../../messages/secrets';
import { isolated, withCodes } from '../../text/foreignText';
import { PIECE_COST, shorten } from '../../text/textCost';
import { element, format, moveFocus, setText } from '../shared/dom';
import { LongText } from '../shared/longText';
import { countText } from '../shared/quantities';
import { SecretControl } from './request/secretControl';

export type Response = Extract<Change, { type: 'response' }>;
type MoreBody = Extract<Change, { type: 'body' }>;

/** Maximum cost of the name of a response header. */
const HEADER_NAME_COST = 1000;
/** Number of headers shown at first, and with each click for more. */
const MAX_HEADERS = 200;
/** Maximum cost of the values shown at first, in total: the same as for a long text. */
const VALUES_COST = 100_000;

/** Notes for a body that was being received when the extension host was lost. */
const WITHOUT_HOST: { readonly [Told in BodyNote]?: BodyNote } = { pending: 'unread', coming: 'rest' };

/**
 * Status, headers and, if it is no event stream, body of the response. Drawn only while it is visible, because responses may
 * come often.
 */
export class ResponseView {
  readonly #strings: InspectorStrings;
  readonly #panel = element('response');
  readonly #rows = element('responseHeaders');
  readonly #more = document.createElement('button');
  readonly #text = element('responseBody');
  readonly #body: LongText;
  readonly #post: (message: FromSecrets) => void;
  #response: Response | undefined;
  #secrets: SecretControl[] = [];
  #isRunning = true;
  #isGone = false;
  #isDrawn = true;

  constructor(strings: InspectorStrings, post: (message: FromSecrets) => void) {
    [this.#strings, this.#post] = [strings, post];
    this.#body = new LongText(this.#text, { strings });
    this.#more.type = 'button';
    this.#more.className = 'more';
    this.#more.addEventListener('click', () => this.#addHeaders());
    new MutationObserver(() => this.#draw()).observe(this.#panel, { attributeFilter: ['hidden'] });
  }

  /** Controls of the masked headers. */
  get secrets(): readonly SecretControl[] {
    return this.#secrets;
  }

  /** Shows a response, that there is none, or the next part of a body. */
  receive(change: Response | MoreBody | Extract<Change, { type: 'noResponse' }>): void {
    if (change.type === 'body') this.#add(change);
    else this.#show(change.type === 'response' ? change : undefined);
  }

  /** @param isGone whether the extension host is gone, so that the rest of the body will not come */
  showStatus({ running }: Pick<StreamStatus, 'running'>, isGone: boolean): void {
    [this.#isRunning, this.#isGone] = [running, isGone];
    if (this.#isDrawn) this.#drawNote();
  }

  #show(response: Response | undefined): void {
    this.#response = response;
    this.#isDrawn = false;
    this.#draw();
  }

  /** Appends the next part of the body. */
  #add({ text, note }: MoreBody): void {
    if (!this.#response) return;
    this.#response = { ...this.#response, body: this.#response.body + text, note };
    if (!this.#isDrawn) return;
    this.#body.append(text);
    this.#text.hidden = this.#response.body === '';
    this.#drawNote();
  }

  #draw(): void {
    if (this.#isDrawn || this.#panel.hidden) return;
    this.#isDrawn = true;
    const { status, statusText = '', body = '' } = this.#response ?? {};
    element('statusLine').textContent = `${status ?? ''} ${isolated(shorten(statusText, PIECE_COST))}`.trim();
    moveFocus(this.#rows, this.#panel);
    this.#rows.replaceChildren();
    this.#secrets = [];
    this.#addHeaders();
    this.#body.show(body);
    if (body === '') moveFocus(this.#text, this.#panel);
    this.#text.hidden = body === '';
    this.#drawNote();
  }

  #drawNote(): void {
    const { bodyNotes, noResponse, noResponseYet } = this.#strings;
    const none = this.#isRunning ? noResponseYet : noResponse;
    const told = this.#response?.note;
    const note = told && this.#isGone ? (WITHOUT_HOST[told] ?? told) : told;
    setText(element('responseNote'), this.#response ? (note ? bodyNotes[note] : '') : none);
  }

  #addHeaders(): void {
    const headers = this.#response?.headers ?? [];
    const from = this.#rows.children.length;
    const added = headers.slice(from, from + MAX_HEADERS);
    const room = Math.min(PIECE_COST, VALUES_COST / added.length);
    this.#rows.append(...added.map((header, index) => this.#headerRow(header, from + index, room)));
    const left = headers.slice(from + MAX_HEADERS).reduce((sum, [name, value]) => sum + name.length + value.length, 0);
    if (left > 0) {
      setText(this.#more, format(this.#strings.showMore, countText(left)));
      if (!this.#more.isConnected) this.#rows.closest('table')?.after(this.#more);
    } else if (this.#more.isConnected) {
      moveFocus(this.#more, this.#panel);
      this.#more.remove();
    }
  }

  #headerRow([name, value]: [string, string], index: number, room: number): HTMLElement {
    const row = document.createElement('tr');
    const head = document.createElement('th');
    head.scope = 'row';
    head.textContent = withCodes(shorten(name, HEADER_NAME_COST));
    const cell = document.createElement('td');
    if (shorten(value, room) === value) cell.textContent = value;
    else new LongText(cell, { strings: this.#strings, first: room }).show(value);
    row.append(head, cell);
    if (this.#response?.masked.includes(index)) cell.append(' ', this.#control(name, index).element);
    return row;
  }

  #control(name: string, index: number): SecretControl {
    const place = format(this.#strings.secrets.header, shorten(name, HEADER_NAME_COST));
    const control = new SecretControl({ strings: this.#strings, at: { header: index }, place, post: this.#post });
    this.#secrets.push(control);
    return control;
  }
}
