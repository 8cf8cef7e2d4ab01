import type { InspectorStrings, ToInspectorPage } from '../messages/inspector';
import { LongText } from './longText';
import { element, setText } from './page';
import { PIECE_COST, shorten } from './textCost';

export type Response = Extract<ToInspectorPage, { type: 'response' }>;
export type MoreBody = Extract<ToInspectorPage, { type: 'body' }>;

/** Maximum cost of the name of a response's header. */
const HEADER_NAME_COST = 1000;

/** The answer's status and headers and, where it is no event stream, its body. */
export class ResponseView {
  readonly #strings: InspectorStrings;
  readonly #text = element('responseBody');
  readonly #body: LongText;

  constructor(strings: InspectorStrings) {
    this.#strings = strings;
    this.#body = new LongText(this.#text, { strings });
  }

  show(response: Response): void {
    const { status, statusText, headers, body, cut } = response;
    element('statusLine').textContent = shorten(`${status} ${statusText}`.trim(), PIECE_COST);
    element('responseHeaders').replaceChildren(...headers.map((header) => this.#headerRow(header)));
    this.#body.show(body ?? '');
    this.#text.hidden = body === undefined || body === '';
    const noBody = isEventStream(response) ? this.#strings.bodyIsStream : this.#strings.noBody;
    element('responseNote').textContent = body === undefined ? noBody : this.#note(cut);
  }

  /** Shows what has come of the body since. */
  add({ text, cut }: MoreBody): void {
    this.#text.hidden = false;
    this.#body.append(text);
    setText(element('responseNote'), this.#note(cut));
  }

  #note(cut: boolean): string {
    return cut ? this.#strings.cut : '';
  }

  #headerRow([name, value]: [string, string]): HTMLElement {
    const row = document.createElement('tr');
    const head = document.createElement('th');
    head.scope = 'row';
    head.textContent = shorten(name, HEADER_NAME_COST);
    const cell = document.createElement('td');
    new LongText(cell, { strings: this.#strings, first: PIECE_COST }).show(value);
    row.append(head, cell);
    return row;
  }
}

/** Whether its body is the events. */
export function isEventStream({ headers, body }: Response): boolean {
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  return body === undefined && /^text\/event-stream\b/i.test(type);
}
