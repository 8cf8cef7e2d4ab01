import type { ProxyName } from '../../messages/mock';
import { setText } from '../shared/dom';

/** The buttons that copy what has a proxy pass on all that happens, and what is said when one has. */
export class ProxyCures {
  readonly #copied: string;

  /** @param copied what is said @param onCopy called with the proxy whose code is to be copied */
  constructor(copied: string, onCopy: (proxy: ProxyName) => void) {
    this.#copied = copied;
    for (const button of document.querySelectorAll<HTMLElement>('[data-proxy]'))
      button.addEventListener('click', () => {
        // A text that is said twice has to go between.
        this.#say(undefined);
        onCopy(button.dataset['proxy'] as ProxyName);
      });
  }

  /** Says, beside its button, that the code for the proxy has been copied. */
  showCopied(proxy: ProxyName): void {
    this.#say(proxy);
  }

  #say(proxy: ProxyName | undefined): void {
    for (const status of document.querySelectorAll<HTMLElement>('[data-copied]'))
      setText(status, status.dataset['copied'] === proxy ? this.#copied : '');
  }
}
