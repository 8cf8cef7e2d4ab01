import { l10n } from 'vscode';
import { StatusItem } from '../shared/output/tell';
import type { StreamAddress } from '../shared/server/streamAddress';

/** Command that lists the open tabs, and shows the picked one. */
const SHOW_TABS = 'workbench.action.showAllEditors';

/** A file that is served without a panel, because its tab was not shown since the window was loaded. */
export interface UnseenFile {
  name: string;
  address: StreamAddress;
}

/** Status bar item for served files whose panels can't report: those listening behind hidden tabs, and those that aren't. */
export class ServedStatus {
  #item: StatusItem | undefined;

  get isShown(): boolean {
    return this.#item !== undefined;
  }

  /** @param silent names of the files that don't listen until their tabs are shown, or their panels are reopened */
  show(listening: readonly UnseenFile[], silent: readonly string[]): void {
    if (listening.length + silent.length === 0) {
      this.dispose();
      return;
    }
    this.#item ??= new StatusItem('sseCounter.served', l10n.t('SSE Counter: Served Files'), SHOW_TABS);
    const files = listening.map(({ name, address }) => l10n.t('{0} on {1}', name, address.url)).join(', ');
    const tooltip = [
      ...(silent.length > 0
        ? [l10n.t('Not listening until their tabs are shown, or serve again: {0}.', silent.join(', '))]
        : []),
      ...(listening.length > 0 ? [l10n.t('Listening, not shown since the window was loaded: {0}.', files)] : []),
      l10n.t('Show the tabs.'),
    ].join(' ');
    const ports = listening.map(({ address }) => new URL(address.url).port).join(', ');
    if (silent.length > 0) this.#item.show('circle-slash', l10n.t('{0} not listening', silent.length), tooltip);
    else this.#item.show('broadcast', ports, tooltip);
  }

  dispose(): void {
    this.#item?.dispose();
    this.#item = undefined;
  }
}
