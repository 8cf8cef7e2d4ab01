import { l10n } from 'vscode';
import { cut } from '../shared/output/plainText';
import { pickOne, StatusItem } from '../shared/output/tell';

/** Maximum number of files that the tooltip names, of each kind, and of characters of each name and URL. */
const MAX_NAMED = 5;
const MAX_NAME = 60;

/** A file whose stream is served, or was until the extension host was killed. */
export interface Served {
  /** URI of the file. */
  file: string;
  name: string;
  /** URL of its stream; undefined if it doesn't listen until its tab is shown, or it is served again. */
  url: string | undefined;
  /** Number of clients that are connected. */
  connections: number;
}

/** Status bar item for all files that are served; a click shows the panel, or a list of several. */
export class ServedStatus {
  #item: StatusItem | undefined;

  get isShown(): boolean {
    return this.#item !== undefined;
  }

  show(served: readonly Served[]): void {
    if (served.length === 0) {
      this.dispose();
      return;
    }
    this.#item ??= new StatusItem('sseCounter.served', l10n.t('SSE Counter: Served Files'), 'sseCounter.showServed');
    const silent = served.filter(({ url }) => url === undefined);
    const urls = served.flatMap(({ url }) => url ?? []);
    const text = [
      ...(urls.length > 0 ? [listeningText(urls)] : []),
      ...(silent.length > 0 ? [l10n.t('{0} not listening', silent.length)] : []),
    ];
    this.#item.show(silent.length > 0 ? 'circle-slash' : 'broadcast', text.join(' · '), tooltip(served));
  }

  dispose(): void {
    this.#item?.dispose();
    this.#item = undefined;
  }
}

/** Lets the user choose a served file. Resolves with undefined if they don't. */
export async function pickServed(served: readonly Served[]): Promise<Served | undefined> {
  const items = served.map((one) => ({ label: one.name, ...described(one), one }));
  const placeHolder = l10n.t('Show the panel of a served file');
  return (await pickOne(items, { title: l10n.t('Served Files'), placeHolder }))?.one;
}

function described({ url, connections }: Served): { description: string; detail?: string } {
  if (url === undefined) return { description: l10n.t('Not listening. Serve again') };
  const text = connections === 1 ? l10n.t('{0} connection', connections) : l10n.t('{0} connections', connections);
  return { description: url, detail: text };
}

function listeningText(urls: readonly string[]): string {
  const [url = ''] = urls;
  return urls.length === 1 ? l10n.t('SSE :{0}', new URL(url).port) : l10n.t('SSE {0} files', urls.length);
}

/** Returns the tooltip, of bounded length: VS Code lays out all of it. */
function tooltip(served: readonly Served[]): string {
  const silent = served.flatMap(({ name, url }) => (url === undefined ? cut(name, MAX_NAME) : []));
  const listening = served.flatMap(({ name, url }) =>
    url === undefined ? [] : l10n.t('{0} on {1}', cut(name, MAX_NAME), cut(url, MAX_NAME)),
  );
  const hasOne = served.length === 1 && silent.length === 0;
  return [
    ...(silent.length > 0
      ? [l10n.t('Not listening until their tabs are shown, or serve again: {0}.', listed(silent))]
      : []),
    ...(listening.length > 0 ? [l10n.t('SSE Counter serves {0}.', listed(listening))] : []),
    hasOne ? l10n.t('Show the panel.') : l10n.t('Choose one of them.'),
  ].join(' ');
}

function listed(all: readonly string[]): string {
  const named = all.slice(0, MAX_NAMED).join(', ');
  return all.length > MAX_NAMED ? l10n.t('{0} and {1} more', named, all.length - MAX_NAMED) : named;
}
