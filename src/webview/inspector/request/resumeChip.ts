import type { InspectorStrings } from '../../../messages/inspector';
import { isolated } from '../../../text/foreignText';
import { shorten } from '../../../text/textCost';
import { element, format, moveFocus, setText } from '../../shared/dom';

/** Maximum cost of an id that is shown. */
const ID_COST = 400;

/** Says beside Connect behind which event the stream will be resumed: the field for that may be folded away. */
export class ResumeChip {
  readonly #strings: InspectorStrings;
  readonly #chip = element('resumes');
  readonly #remove = element('forgetId');
  #id = '';
  #isRunning = false;

  /** @param onRemove called when the user doesn't want to resume */
  constructor(strings: InspectorStrings, onRemove: () => void) {
    this.#strings = strings;
    this.#remove.addEventListener('click', () => {
      moveFocus(this.#chip, element('connect'));
      onRemove();
    });
  }

  /** @param id that Connect sends; empty if none */
  show(id: string): void {
    this.#id = id;
    this.#draw();
  }

  showStatus({ running }: { running: boolean }): void {
    this.#isRunning = running;
    this.#draw();
  }

  #draw(): void {
    const isHidden = this.#id === '' || this.#isRunning;
    if (isHidden) moveFocus(this.#chip, element('connect'));
    this.#chip.hidden = isHidden;
    const shown = isolated(shorten(this.#id, ID_COST));
    setText(element('resumesBehind'), format(this.#strings.resumesBehind, shown));
    this.#chip.title = `Last-Event-ID ${shown}`;
  }
}
