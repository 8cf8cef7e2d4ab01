import type { EventRow, FromInspectorPage, InspectorStrings } from '../../../messages/inspector';
import { type DetailMessage, EventDetails } from './eventDetails';

export interface SelectedEventOptions {
  strings: InspectorStrings;
  post(message: FromInspectorPage): void;
  /** Gets the focus when the user has closed the details, or their event was cleared. */
  table: { focus(): void };
  /** Marks the time of the selected event; undefined when it was cleared. */
  timeline: { mark(time: number | undefined): void };
  /** Leads to the piece of the result that the event adds. */
  result: { reveal(at: [result: number, item: number]): void };
}

/** The selected event of the table, and its details if they are open. */
export class SelectedEvent {
  readonly #post: (message: FromInspectorPage) => void;
  readonly #timeline: SelectedEventOptions['timeline'];
  readonly #details: EventDetails;
  #row: EventRow | undefined;
  #isGone = false;

  constructor({ strings, post, table, timeline, result }: SelectedEventOptions) {
    [this.#post, this.#timeline] = [post, timeline];
    this.#details = new EventDetails({
      strings,
      onCopy: (number) => post({ type: 'copyEvent', number }),
      onOpenData: (number) => post({ type: 'openData', number }),
      onShowResult: (at) => result.reveal(at),
      onClose: () => table.focus(),
    });
  }

  /** @param open whether to open the details; if false, they are only updated */
  select(row: EventRow, open: boolean): void {
    this.#row = row;
    this.#timeline.mark(row.time);
    if (open) this.#details.open(row.number);
    this.#show();
  }

  /** @param isGone whether the extension host is gone, and with it the data that the row doesn't show */
  showHost(isGone: boolean): void {
    this.#isGone = isGone;
    this.#show();
  }

  /** Handles details, which may be of an event that is no longer selected. */
  receive(message: DetailMessage): void {
    if (this.#row) this.#details.show(message, this.#row);
  }

  /** Forgets the event and closes its details, if its number is not above the given one. */
  clear(number: number): void {
    if (!this.#row || this.#row.number > number) return;
    this.#row = undefined;
    this.#timeline.mark(undefined);
    this.#details.clear();
  }

  #show(): void {
    if (!this.#row || !this.#details.isOpen) return;
    if (this.#isGone) this.#details.showLost(this.#row);
    else this.#post({ type: 'select', number: this.#row.number });
  }
}
