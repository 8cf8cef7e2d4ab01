import type { ProtocolChoice, ResultStrings, ResultSummary } from '../../../messages/results';
import { element, format, setText } from '../../shared/dom';

/** Field in which the user chooses the protocol that the stream is read by. */
export class ProtocolField {
  readonly #field = element<HTMLSelectElement>('protocol');
  readonly #strings: ResultStrings;

  constructor(strings: ResultStrings, onChoose: (choice: ProtocolChoice) => void) {
    this.#strings = strings;
    this.#field.addEventListener('change', () => onChoose(this.#field.value as ProtocolChoice));
  }

  show({ choice, protocol }: ResultSummary): void {
    const { detected, detecting } = this.#strings;
    const [auto] = this.#field.options;
    const isDetected = choice === 'auto' && protocol !== undefined;
    if (auto) setText(auto, isDetected ? format(detected, protocol) : detecting);
    // While the list is open, a change would close it.
    if (this.#field.value !== choice) this.#field.value = choice;
  }
}
