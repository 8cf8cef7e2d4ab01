import { l10n, StatusBarAlignment, type StatusBarItem, window } from 'vscode';

/** The item that says, while the server runs, where and for how many; a click shows the panel. */
export class StatusBar {
  readonly #item: StatusBarItem;
  readonly #address: string;
  readonly #port: string;

  /** @param address the stream's URL */
  constructor(address: string, connectionCount: number) {
    this.#address = address;
    this.#port = new URL(address).port;
    this.#item = window.createStatusBarItem('sseCounter', StatusBarAlignment.Left);
    this.#item.name = 'SSE Counter';
    // While it runs, that shows the panel.
    this.#item.command = 'sseCounter.start';
    this.showConnections(connectionCount);
    this.#item.show();
  }

  showConnections(count: number): void {
    this.#item.text = `$(broadcast) ${this.#port} · ${count}`;
    const text = l10n.t('SSE Counter on {0}, connections: {1}. Show the panel.', this.#address, count);
    this.#item.tooltip = text;
    this.#item.accessibilityInformation = { label: text };
  }

  dispose(): void {
    this.#item.dispose();
  }
}
