import type { EventRow, FromInspectorPage, InspectorStrings } from '../../../messages/inspector';
import { EventDetails, type Told } from './eventDetails';

export interface SelectedEventOptions {
  strings: InspectorStrings;
  post(message: FromInspectorPage): void;
  /** The details were closed by the user, or their event is shown no more. */
  onClose(): void;
}

/** The event that is selected in the table, and its details where they are open. */
export class SelectedEvent {
  readonly #post: (message: FromInspectorPage) => void;
  readonly #details: EventDetails;
  #row: EventRow | undefined;
  #isGone = false;

  constructor({ strings, post, onClose }: SelectedEventOptions) {
    this.#post = post;
    this.#details = new EventDetails({
      strings,
      onCopy: (number) => post({ type: 'copyEvent', number }),
      onOpenData: (number) => post({ type: 'openData', number }),
      onClose,
    });
  }

  /** @param open whether to show its details; else they are where they are open */
  select(row: EventRow, open: boolean): void {
    this.#row = row;
    if (open) this.#details.open(row.number);
    this.#show();
  }

  /** @param isGone whether the extension host has gone, and with it what the row doesn't show */
  showHost(isGone: boolean): void {
    this.#isGone = isGone;
    this.#show();
  }

  /** Takes what was told of an event, which may not be this one any more. */
  receive(told: Told): void {
    if (this.#row) this.#details.show(told, this.#row);
  }

  /** Forgets it, and closes its details, if it is of those up to that number. */
  clear(number: number): void {
    if (!this.#row || this.#row.number > number) return;
    this.#row = undefined;
    this.#details.clear();
  }

  #show(): void {
    if (!this.#row || !this.#details.isOpen) return;
    if (this.#isGone) this.#details.showLost(this.#row);
    else this.#post({ type: 'select', number: this.#row.number });
  }
}
