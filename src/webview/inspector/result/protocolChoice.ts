import type { GivenPath } from '../../../analysis/protocols/byPath';
import type { FromResults, ProtocolChoice, ResultStrings, ResultSummary } from '../../../messages/results';
import { element, format, moveFocus, setText } from '../../shared/dom';
import { PathForm } from './pathForm';

export interface ProtocolFieldOptions {
  strings: ResultStrings;
  post(message: FromResults): void;
  /** Keeps the user's choice over a reload. */
  kept: { protocol: ProtocolChoice | undefined; path: GivenPath | undefined };
}

/** Field in which the user chooses the protocol that the stream is read by, or a JSON path. */
export class ProtocolField {
  readonly #field = element<HTMLSelectElement>('protocol');
  readonly #options: ProtocolFieldOptions;
  readonly #form: PathForm;
  /** Whether a path is to be given, while the choice before still holds. */
  #isAsking = false;

  constructor(options: ProtocolFieldOptions) {
    this.#options = options;
    const { strings, kept, post } = options;
    this.#form = new PathForm(strings, (path) => {
      this.#isAsking = false;
      Object.assign(kept, { protocol: 'path', path });
      post({ type: 'choosePath', path });
    });
    this.#field.addEventListener('change', () => this.#choose(this.#field.value as ProtocolChoice));
  }

  /** Asks for the protocol, or the path, that the user has chosen before the page was loaded again. */
  restore(): void {
    const { kept, post } = this.#options;
    const { protocol, path } = kept;
    if (protocol === 'path' && path) post({ type: 'choosePath', path });
    else if (protocol !== undefined && protocol !== 'path') post({ type: 'chooseProtocol', protocol });
  }

  show({ choice, protocol, path }: ResultSummary): void {
    const { detected, detecting } = this.#options.strings;
    const [auto] = this.#field.options;
    const isDetected = choice === 'auto' && protocol !== undefined;
    if (auto) setText(auto, isDetected ? format(detected, protocol) : detecting);
    if (this.#isAsking) return;
    // While the list is open, a change would close it.
    if (this.#field.value !== choice) this.#field.value = choice;
    if (path) this.#form.show(path);
    else this.#hideForm();
  }

  #choose(protocol: ProtocolChoice): void {
    const { kept, post } = this.#options;
    this.#isAsking = protocol === 'path';
    if (protocol === 'path') {
      this.#form.open();
      return;
    }
    this.#hideForm();
    Object.assign(kept, { protocol, path: undefined });
    post({ type: 'chooseProtocol', protocol });
  }

  #hideForm(): void {
    moveFocus(element('pathForm'), this.#field);
    this.#form.hide();
  }
}
