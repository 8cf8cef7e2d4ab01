import type { ProxyName } from '../../messages/mock';
import { setText } from '../shared/dom';

/** Buttons that copy code for proxies, and the messages that it was copied. */
export class ProxyCures {
  readonly #copied: string;

  /** @param copied message to show @param onCopy called with the proxy whose code is to be copied */
  constructor(copied: string, onCopy: (proxy: ProxyName) => void) {
    this.#copied = copied;
    for (const button of document.querySelectorAll<HTMLElement>('[data-proxy]'))
      button.addEventListener('click', () => {
        // Cleared first, so that a repeated message is announced again.
        this.#say(undefined);
        onCopy(button.dataset['proxy'] as ProxyName);
      });
  }

  /** Shows next to its button that the code for the proxy has been copied. */
  showCopied(proxy: ProxyName): void {
    this.#say(proxy);
  }

  #say(proxy: ProxyName | undefined): void {
    for (const status of document.querySelectorAll<HTMLElement>('[data-copied]'))
      setText(status, status.dataset['copied'] === proxy ? this.#copied : '');
  }
}
