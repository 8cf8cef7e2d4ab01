import type { HistoryState, InspectorStrings, StreamStatus } from '../messages/inspector';
import { isolated, withCodes } from '../text/foreignText';
import { PIECE_COST, shorten } from '../text/textCost';
import { element, format, inNextFrame, passFocus, setText } from './page';
import { countText, durationText, sizeText } from './quantities';

/** Maximum cost of an id or a content type: it is drawn ten times a second. */
const FACT_COST = 2000;

/** What the connection is doing, in a line: its state is a status that is said when it changes, its numbers are not. */
export class ConnectionLine {
  readonly #strings: InspectorStrings;
  #status: StreamStatus | undefined;
  #toldAt = 0;
  #events = 0;
  #dropped = 0;
  #tick: number | undefined;

  readonly #draw = inNextFrame(() => this.#drawNow());

  constructor(strings: InspectorStrings) {
    this.#strings = strings;
  }

  /** @param toldAt when the extension told it, as `performance.now()` counts */
  showStatus(status: StreamStatus, toldAt = performance.now()): void {
    [this.#status, this.#toldAt] = [status, toldAt];
    clearInterval(this.#tick);
    if (status.reconnectIn !== undefined) this.#tick = window.setInterval(this.#draw, 1000);
    this.#draw();
  }

  showHistory({ events, dropped }: HistoryState): void {
    this.#events = events;
    this.#dropped = dropped;
    this.#draw();
  }

  #drawNow(): void {
    const status = this.#status;
    if (!status) return;
    // The stylesheet shows for each state its shape.
    element('connection').dataset['state'] = status.state;
    setText(element('state'), this.#strings.states[status.state]);
    setText(element('reason'), withCodes(shorten(status.reason ?? '', PIECE_COST)));
    element('notVerified').hidden = !status.insecure;
    setText(element('facts'), this.#facts(status).join(' · '));
    this.#drawCountdown(status.reconnectIn);
  }

  #drawCountdown(reconnectIn: number | undefined): void {
    const waiting = element('waiting');
    // The button goes: what had the focus leaves it to what does nothing, since a second press would end the stream.
    if (reconnectIn === undefined) passFocus(waiting, element('connection'));
    waiting.hidden = reconnectIn === undefined;
    if (reconnectIn === undefined) return;
    const seconds = Math.max(0, Math.ceil((this.#toldAt + reconnectIn - performance.now()) / 1000));
    setText(element('countdown'), format(this.#strings.countdown, seconds));
  }

  #facts(status: StreamStatus): string[] {
    const strings = this.#strings;
    const facts: string[] = [];
    if (status.status !== undefined) facts.push(String(status.status));
    if (status.contentType) facts.push(isolated(shorten(status.contentType, FACT_COST)));
    if (status.headersAfter !== undefined) facts.push(format(strings.headersAfter, durationText(status.headersAfter)));
    if (status.firstEventAfter !== undefined)
      facts.push(format(strings.firstEventAfter, durationText(status.firstEventAfter)));
    if (status.state !== 'idle' || this.#events > 0) facts.push(...this.#amounts(status));
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

  #amounts({ state, bytes, rate }: StreamStatus): string[] {
    const { oneEvent, events, dropped } = this.#strings;
    const amounts = [format(this.#events === 1 ? oneEvent : events, countText(this.#events)), sizeText(bytes)];
    if (this.#dropped > 0) amounts.splice(1, 0, format(dropped, countText(this.#dropped)));
    if (state === 'open') amounts.push(format(this.#strings.rate, countText(rate)));
    return amounts;
  }
}
