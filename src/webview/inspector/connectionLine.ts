import type { HistoryState, InspectorStrings, StreamStatus } from '../../messages/inspector';
import { isolated, withCodes } from '../../text/foreignText';
import { shorten } from '../../text/textCost';
import { Countdown } from '../shared/countdown';
import { element, format, moveFocus, oncePerFrame, setText } from '../shared/dom';
import { countText, durationText, sizeText } from '../shared/quantities';

/** Maximum cost of an id, a content type or a reason, which are drawn ten times a second, and above all else. */
const FACT_COST = 2000;

/** Line about the connection. Changes of its state are announced; its numbers are only shown. */
export class ConnectionLine {
  readonly #strings: InspectorStrings;
  #status: StreamStatus | undefined;
  #receivedAt = 0;
  #history: HistoryState | undefined;
  readonly #countdown: Countdown;

  readonly #draw = oncePerFrame(() => this.#drawNow());

  constructor(strings: InspectorStrings) {
    this.#strings = strings;
    this.#countdown = new Countdown(element('countdown'), strings.countdown);
  }

  /** @param receivedAt time at which the extension sent it, as `performance.now()` counts */
  showStatus(status: StreamStatus, receivedAt = performance.now()): void {
    [this.#status, this.#receivedAt] = [status, receivedAt];
    this.#draw();
  }

  showHistory(history: HistoryState): void {
    this.#history = history;
    this.#draw();
  }

  #drawNow(): void {
    const status = this.#status;
    if (!status) return;
    // The stylesheet shows a shape for each state.
    element('connection').dataset['state'] = status.state;
    setText(element('state'), this.#strings.states[status.state]);
    setText(element('reason'), withCodes(shorten(status.reason ?? '', FACT_COST)));
    element('notVerified').hidden = !status.insecure;
    setText(element('facts'), this.#facts(status).join(' · '));
    this.#drawCountdown(status);
  }

  #drawCountdown({ reconnectIn }: StreamStatus): void {
    const waiting = element('waiting');
    // The button is about to be hidden. Its focus goes to no other button, because a second press would end the stream.
    if (reconnectIn === undefined) moveFocus(waiting, element('connection'));
    waiting.hidden = reconnectIn === undefined;
    this.#countdown.show(reconnectIn === undefined ? undefined : this.#receivedAt + reconnectIn);
  }

  #facts(status: StreamStatus): string[] {
    const strings = this.#strings;
    const facts = [...this.#response(status), ...this.#amounts(status)];
    if (status.reconnects > 0)
      facts.push(
        status.reconnects === 1 ? strings.reconnectedOnce : format(strings.reconnected, countText(status.reconnects)),
      );
    if (status.lastEventId !== '') {
      const unsendable = status.unsendable ? ` (${strings.unsendable})` : '';
      facts.push(`Last-Event-ID ${isolated(shorten(status.lastEventId, FACT_COST))}${unsendable}`);
    }
    return facts;
  }

  #response({ response, bodySize }: StreamStatus): string[] {
    if (!response) return [];
    const { headersAfter, firstEventAfter, body } = this.#strings;
    const facts = [String(response.status)];
    if (response.contentType) facts.push(isolated(shorten(response.contentType, FACT_COST)));
    facts.push(format(headersAfter, durationText(response.headersAfter)));
    if (response.firstEventAfter !== undefined)
      facts.push(format(firstEventAfter, durationText(response.firstEventAfter)));
    if (bodySize !== undefined) facts.push(format(body, sizeText(bodySize)));
    return facts;
  }

  /** Returns events and bytes, both counted over all connections since the last clear. */
  #amounts({ state, rate }: StreamStatus): string[] {
    const { events = 0, bytes = 0, evicted = 0 } = this.#history ?? {};
    const strings = this.#strings;
    // Nothing has been counted yet.
    if ((state === 'idle' || state === 'answered') && bytes === 0) return [];
    const amounts = [format(events === 1 ? strings.oneEvent : strings.events, countText(events))];
    if (evicted > 0) amounts.push(format(strings.evicted, countText(evicted)));
    amounts.push(sizeText(bytes));
    if (rate !== undefined) amounts.push(format(strings.rate, countText(rate)));
    return amounts;
  }
}
