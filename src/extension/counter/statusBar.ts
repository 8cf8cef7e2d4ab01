import { l10n } from 'vscode';
import { StatusItem } from '../shared/output/tell';

/** Item that shows the port and the number of connections while the server runs; a click shows the panel. */
export class StatusBar {
  // While the server runs, that command shows the panel.
  readonly #item = new StatusItem('sseCounter', 'SSE Counter', 'sseCounter.start');
  readonly #address: string;
  readonly #port: string;

  /** @param address the stream's URL */
  constructor(address: string, connectionCount: number) {
    this.#address = address;
    this.#port = new URL(address).port;
    this.showConnections(connectionCount);
  }

  showConnections(count: number): void {
    const tooltip = l10n.t('SSE Counter on {0}, connections: {1}. Show the panel.', this.#address, count);
    this.#item.show('broadcast', `${this.#port} · ${count}`, tooltip);
  }

  dispose(): void {
    this.#item.dispose();
  }
}
