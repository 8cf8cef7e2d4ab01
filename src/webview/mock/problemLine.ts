import { element } from '../shared/dom';

/** Line that says what is wrong with the file. An error in the file is a link to its place. */
export class ProblemLine {
  readonly #line: HTMLElement;
  readonly #link = document.createElement('button');
  #shown = '';

  /** @param line id of the element @param tooltip of the link @param onOpen called when the error's place is to be shown */
  constructor(line: string, tooltip: string, onOpen: () => void) {
    this.#line = element(line);
    [this.#link.type, this.#link.className, this.#link.title] = ['button', 'link', tooltip];
    this.#link.addEventListener('click', onOpen);
  }

  /**
   * @param problem empty if there is none @param isLink whether it is an error in the file
   * @param around text with `{0}` for the problem
   */
  show(problem: string, isLink: boolean, around = '{0}'): void {
    const shown = JSON.stringify([problem, isLink, around]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    const hadFocus = document.activeElement === this.#link;
    const [before = '', after = ''] = around.split('{0}');
    this.#link.textContent = problem;
    const parts = problem === '' ? [] : [before, isLink ? this.#link : problem, after];
    this.#line.replaceChildren(...parts.filter((part) => part !== ''));
    if (hadFocus && document.hasFocus()) (this.#link.isConnected ? this.#link : element('file')).focus();
  }
}
